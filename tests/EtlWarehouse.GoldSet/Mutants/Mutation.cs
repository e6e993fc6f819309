using System.Globalization;
using EtlWarehouse.GoldSet.Composition;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.GoldSet.Mutants;

/// <summary>What a damage left of a document.</summary>
/// <param name="IsDecidable">Exactly one reading satisfies form and equations.</param>
public readonly record struct Damage(bool IsDecidable)
{
    public static readonly Damage Decidable = new(true);

    public static readonly Damage Undecidable = new(false);
}

/// <summary>
/// One way in which published reports are damaged or vary, done to the document before it is rendered, so that it comes
/// in every format. Digits are lost, moved, split or joined, never changed; the truth says what is still printed.
/// </summary>
/// <param name="NeedsBorders">It is about cells, which text without borders has not.</param>
public sealed record Mutation(string Name, Func<GoldDocument, Random, Damage?> Apply, bool NeedsBorders = false)
{
    /// <summary>All kinds. Each gives null where the document has no place for it.</summary>
    public static readonly IReadOnlyList<Mutation> All =
    [
        new("none", (_, _) => Damage.Decidable),
        new("label typo", (document, random) => Label(document, random, (text, at) => text[..at] + "某" + text[(at + 1)..])),
        new("label letter lost", (document, random) => Label(document, random, (text, at) => text.Remove(at, 1))),
        new("label lost", LabelLost),
        new("radicals", Radicals),
        new("value lost", (document, random) => OnNumbers(document, random, cells => cells.RemoveAt(random.Next(cells.Count)), isLost: true)),
        new("empty cell put in", (document, random) => OnNumbers(document, random, cells => cells.Insert(random.Next(cells.Count + 1), ""))),
        new("number put in", (document, random) => OnNumbers(document, random, cells => cells.Insert(random.Next(cells.Count + 1), random.Next(1, 10).ToString(CultureInfo.InvariantCulture)))),
        new("digits set apart", DigitsApart),
        new("number split over cells", (document, random) => OnNumbers(document, random, cells => Split(cells, random))),
        new("cells merged", (document, random) => OnNumbers(document, random, cells => Join(cells, random.Next(cells.Count - 1)), keepsSpan: random.Next(2) == 0)),
        new("values blanked", Blanked, NeedsBorders: true),
        new("rows swapped", RowsSwapped),
        new("row lost", RowLost),
        new("row twice", (document, random) => RowTwice(document, random, isOther: false)),
        new("row twice with other numbers", (document, random) => RowTwice(document, random, isOther: true)),
        new("label displaced", Displaced, NeedsBorders: true),
        new("page break", (document, random) => PageBreak(document, random, "- 5 -")),
        new("page number between rows", PageNumber),
        new("header again", HeaderAgain),
        new("columns swapped", ColumnsSwapped, NeedsBorders: true),
        new("headings lost", HeadingsLost),
        new("wrong span", WrongSpan, NeedsBorders: true),
    ];

    private static (GoldTable Table, GoldRow Row)? Any(GoldDocument document, Random random, Func<GoldRow, bool> where)
    {
        var rows = document.ValueRows.Where(pair => where(pair.Row)).ToList();
        return rows.Count == 0 ? null : rows[random.Next(rows.Count)];
    }

    /// <summary>Whether an equation ties the row to others, so that it can be told what it is.</summary>
    private static bool IsTied(GoldDocument document, GoldRow row) =>
        row.Values.Any(value => document.Form.Checks.Any(check => check.Left.Contains(value.Code!) || check.Right.Contains(value.Code!)));

    private static Damage? Label(GoldDocument document, Random random, Func<string, int, string> change)
    {
        if (Any(document, random, row => row.Label is { Text.Length: > 3 }) is not { } found)
            return null;
        var label = found.Row.Label!;
        // The ordinal stays: what has another one is another row.
        var start = label.Text.IndexOfAny(['、', '.', '）', ')']) is >= 0 and < 4 and var end ? end + 1 : 0;
        if (label.Text.Length - start < 2)
            return null;
        var at = random.Next(start, label.Text.Length);
        label.Text = change(label.Text, at);
        // A wrong letter in a short word makes another word.
        return new Damage(label.Text.Count(char.IsLetter) >= 5);
    }

    private static Damage? LabelLost(GoldDocument document, Random random)
    {
        if (Any(document, random, row => row.Label is not null) is not { } found)
            return null;
        found.Row.Label!.Text = "";
        // Its neighbours tell which row it is, and only equations tell that it is that row.
        return new Damage(new RowReadings(document).IsConfirmed([.. found.Row.Values.Select(value => value.Code!)]) && document.Form.Code != "2014");
    }

    private static Damage? Radicals(GoldDocument document, Random random)
    {
        foreach (var cell in document.Tables.SelectMany(table => table.Rows).SelectMany(row => row.Cells))
            cell.Text = GoldText.Radicals(cell.Text);
        foreach (var paragraph in document.Blocks.OfType<GoldParagraph>())
            paragraph.Text = GoldText.Radicals(paragraph.Text);
        return Damage.Decidable;
    }

    /// <summary>Changes the numbers of one row that prints several; its other cells stay.</summary>
    /// <param name="keepsSpan">What was joined spans the cells it was joined from.</param>
    private static Damage? OnNumbers(GoldDocument document, Random random, Action<List<string>> change, bool isLost = false, bool? keepsSpan = null)
    {
        // Without an equation, a row that lost a cell is the row that is printed: its numbers stand below other columns now.
        var needsEquation = isLost || keepsSpan is false;
        if (Any(document, random, row => row.Values.Count() > 1 && (!needsEquation || IsTied(document, row))
            && row.Values.All(value => value.Text.Length > 0 && value.Text.All(char.IsAsciiDigit))) is not { } found)
            return null;
        var row = found.Row;
        var values = row.Values.ToList();
        var before = values.ConvertAll(value => value.Text);
        var after = before.ToList();
        change(after);
        if (after.SequenceEqual(before))
            return null;
        var codes = values.ConvertAll(value => value.Code!);
        var isUnique = new RowReadings(document).AreUnique(codes, after);
        var first = row.Cells.FindIndex(cell => cell.Role == CellRole.Value);
        row.Cells.RemoveAll(cell => cell.Role == CellRole.Value);
        row.Cells.InsertRange(first, after.Select(text => new GoldCell(CellRole.Value, text)));
        var joined = after.Count < before.Count ? Enumerable.Range(0, after.Count).First(index => index == after.Count - 1 || after[index] != before[index]) : -1;
        if (isLost)
        {
            // Which of two equal neighbours went is the same.
            var lost = Enumerable.Range(0, before.Count).First(index => index == after.Count || after[index] != before[index]);
            document.Truth[codes[lost]] = GoldTruth.Missing;
        }
        else if (keepsSpan == true && joined >= 0)
        {
            row.Cells[first + joined].Columns = 2;
        }

        return new Damage(isUnique);
    }

    private static void Split(List<string> cells, Random random)
    {
        var longer = Enumerable.Range(0, cells.Count).Where(index => cells[index].Length > 1).ToList();
        if (longer.Count == 0)
            return;
        var at = longer[random.Next(longer.Count)];
        var cut = random.Next(1, cells[at].Length);
        cells.Insert(at + 1, cells[at][cut..]);
        cells[at] = cells[at][..cut];
    }

    private static void Join(List<string> cells, int index)
    {
        cells[index] += cells[index + 1];
        cells.RemoveAt(index + 1);
    }

    /// <summary>A blank between the digits of one number.</summary>
    private static Damage? DigitsApart(GoldDocument document, Random random)
    {
        if (Any(document, random, row => row.Values.All(value => value.Text.All(char.IsAsciiDigit)) && row.Values.Any(value => value.Text.Length > 1)) is not { } found)
            return null;
        var values = found.Row.Values.Where(value => value.Text.Length > 1).ToList();
        var value = values[random.Next(values.Count)];
        var cut = random.Next(1, value.Text.Length);
        var printed = found.Row.Values.SelectMany(other => other == value ? [value.Text[..cut], value.Text[cut..]] : new[] { other.Text }).ToList();
        value.Text = value.Text.Insert(cut, " ");
        return new Damage(new RowReadings(document).AreUnique([.. found.Row.Values.Select(cell => cell.Code!)], printed) && IsTied(document, found.Row));
    }

    private static Damage? Blanked(GoldDocument document, Random random)
    {
        if (Any(document, random, row => row.Values.Count() > 1) is not { } found)
            return null;
        foreach (var value in found.Row.Values.Where(_ => random.Next(3) == 0))
        {
            value.Text = "";
            document.Truth[value.Code!] = new GoldTruth(CellState.Blank, null);
        }

        // Where a cell is nothing but a tab, blanks at both ends of a row may be anything.
        return new Damage(found.Row.Values.First().Text.Length > 0 && found.Row.Values.Last().Text.Length > 0);
    }

    private static Damage? RowsSwapped(GoldDocument document, Random random)
    {
        var places = document.Tables.SelectMany(table => Enumerable.Range(0, table.Rows.Count - 1)
            .Where(index => Free(table.Rows[index]) && Free(table.Rows[index + 1])).Select(index => (table, index))).ToList();
        if (places.Count == 0)
            return null;
        var (swapped, at) = places[random.Next(places.Count)];
        (swapped.Rows[at], swapped.Rows[at + 1]) = (swapped.Rows[at + 1], swapped.Rows[at]);
        return new Damage(!HasNamesake(document, swapped.Rows[at]) && !HasNamesake(document, swapped.Rows[at + 1]));

        static bool Free(GoldRow row) => row.Label is not null && row.Code is not null && !row.Cells.Exists(cell => cell.Role == CellRole.Group && cell.Rows > 1);
    }

    private static bool HasNamesake(GoldDocument document, GoldRow row) =>
        document.ValueRows.Count(other => other.Row.Label is not null && Bare(other.Row) == Bare(row)) > 1;

    private static string Bare(GoldRow row) => string.Concat(row.Label!.Text.Where(char.IsLetter));

    private static Damage? RowLost(GoldDocument document, Random random)
    {
        if (Any(document, random, row => row.Label is not null && !row.Cells.Exists(cell => cell.Role == CellRole.Group && cell.Rows > 1)) is not { } found)
            return null;
        var isUnique = !HasNamesake(document, found.Row);
        Shrink(found.Table, found.Row);
        found.Table.Rows.Remove(found.Row);
        foreach (var value in found.Row.Values)
            document.Truth[value.Code!] = GoldTruth.Missing;
        return new Damage(isUnique);
    }

    /// <summary>Groups that span the row become shorter by it.</summary>
    private static void Shrink(GoldTable table, GoldRow lost)
    {
        var at = table.Rows.IndexOf(lost);
        for (var row = 0; row < at; row++)
        {
            foreach (var cell in table.Rows[row].Cells.Where(cell => cell.Rows > at - row))
                cell.Rows--;
        }
    }

    private static void Grow(GoldTable table, int at)
    {
        for (var row = 0; row < at; row++)
        {
            foreach (var cell in table.Rows[row].Cells.Where(cell => cell.Rows > at - row))
                cell.Rows++;
        }
    }

    private static Damage? RowTwice(GoldDocument document, Random random, bool isOther)
    {
        if (Any(document, random, row => row.Label is not null && row.Values.Any() && !row.Cells.Exists(cell => cell.Role == CellRole.Group && cell.Rows > 1)
            && row.Values.All(value => value.Text.Length > 0 && value.Text.All(char.IsAsciiDigit))) is not { } found)
            return null;
        var again = found.Row.Copy();
        var isUnique = !HasNamesake(document, found.Row);
        if (isOther)
        {
            foreach (var value in again.Values)
                value.Text = random.Next(1, 9).ToString(CultureInfo.InvariantCulture) + value.Text;
            // The second printing is wrong; where equations tell so, the first is the only reading.
            var codes = again.Values.Select(value => value.Code!).ToList();
            var readings = new RowReadings(document);
            isUnique &= readings.Satisfies(codes, [.. codes.Select(code => document.Truth[code].Value)]) && !readings.Satisfies(codes, [.. again.Values.Select(value => (decimal?)decimal.Parse(value.Text, CultureInfo.InvariantCulture))]);
        }

        var at = found.Table.Rows.IndexOf(found.Row);
        Grow(found.Table, at + 1);
        found.Table.Rows.Insert(at + 1, again);
        return new Damage(isUnique);
    }

    private static Damage? Displaced(GoldDocument document, Random random)
    {
        if (Any(document, random, row => row.Label is not null && row.Cells.FindIndex(cell => cell.Role == CellRole.Label) is > 0 and var at && row.Cells[at - 1] is { Role: CellRole.Empty }) is not { } found)
            return null;
        var index = found.Row.Cells.FindIndex(cell => cell.Role == CellRole.Label);
        var (left, label) = (found.Row.Cells[index - 1], found.Row.Cells[index]);
        (left.Text, left.Role, label.Text, label.Role) = (label.Text, CellRole.Label, "", CellRole.Empty);
        return Damage.Decidable;
    }

    private static Damage? PageBreak(GoldDocument document, Random random, string number)
    {
        var places = document.Tables.SelectMany(table => Enumerable.Range(1, Math.Max(0, table.Rows.Count - 1))
            .Where(index => table.Rows[index - 1].Code is not null && table.Rows[index].Code is not null).Select(index => (table, index))).ToList();
        if (places.Count == 0)
            return null;
        var (broken, at) = places[random.Next(places.Count)];
        // Cells that reach over the break end at it.
        for (var row = 0; row < at; row++)
        {
            foreach (var cell in broken.Rows[row].Cells.Where(cell => cell.Rows > at - row))
            {
                broken.Rows[at].Cells.Insert(0, new GoldCell(CellRole.Empty, "", cell.Columns, cell.Rows - (at - row)));
                cell.Rows = at - row;
            }
        }

        var next = new GoldTable(broken.Rows[at..]);
        broken.Rows.RemoveRange(at, broken.Rows.Count - at);
        var place = document.Blocks.IndexOf(broken);
        document.Blocks.Insert(place + 1, new GoldParagraph(number));
        document.Blocks.Insert(place + 2, next);
        return Damage.Decidable;
    }

    private static Damage? PageNumber(GoldDocument document, Random random)
    {
        if (Any(document, random, row => row.Label is not null) is not { } found)
            return null;
        var at = found.Table.Rows.IndexOf(found.Row);
        Grow(found.Table, at);
        found.Table.Rows.Insert(at, new GoldRow(null, [new(CellRole.Caption, random.Next(2, 9).ToString(CultureInfo.InvariantCulture))]));
        // A bare number among numbers may be any of them; with an equation it is a stranger.
        return new Damage(IsTied(document, found.Row) && document.Form.Code != "2014");
    }

    private static Damage? HeaderAgain(GoldDocument document, Random random)
    {
        var tables = document.Tables.Where(table => table.Rows.Count(row => row.Label is not null) > 3).ToList();
        if (tables.Count == 0)
            return null;
        var table = tables[random.Next(tables.Count)];
        var header = table.Rows.TakeWhile(row => row.Code is null).Select(row => row.Copy()).ToList();
        var at = random.Next(header.Count + 1, table.Rows.Count);
        // Cells that reach over the place would take the header's.
        if (table.Rows.Take(at).Select((row, index) => row.Cells.Exists(cell => cell.Rows > at - index)).Any(reaches => reaches))
            return null;
        table.Rows.InsertRange(at, header);
        return Damage.Decidable;
    }

    private static Damage? ColumnsSwapped(GoldDocument document, Random random)
    {
        var tables = document.Tables.Where(table => table.Rows.Exists(row => row.Values.Count() == 7)).ToList();
        if (tables.Count != 1 || tables[0].Rows.FindIndex(row => row.Cells.Count(cell => cell.Role == CellRole.Header) == 5) is not (> 0 and var header))
            return null;
        var (first, second) = (random.Next(5), random.Next(5));
        if (first == second)
            return null;
        Swap(tables[0].Rows[header].Cells.FindAll(cell => cell.Role == CellRole.Header), 0);
        foreach (var row in tables[0].Rows.Where(row => row.Code is not null))
            Swap([.. row.Values], 1);
        return Damage.Decidable;

        // A value keeps its code: the text moves and with it what the cell is.
        void Swap(List<GoldCell> cells, int offset) => (cells[first + offset].Text, cells[second + offset].Text) = (cells[second + offset].Text, cells[first + offset].Text);
    }

    private static Damage? HeadingsLost(GoldDocument document, Random random)
    {
        var headings = document.Blocks.OfType<GoldParagraph>().Where(paragraph => paragraph.IsHeading).Skip(1).Where(_ => random.Next(2) == 0).ToList();
        if (headings.Count == 0)
            return null;
        document.Blocks.RemoveAll(block => headings.Contains(block));
        return Damage.Decidable;
    }

    private static Damage? WrongSpan(GoldDocument document, Random random)
    {
        var tables = document.Tables.Where(table => table.Rows.Count > 2).ToList();
        var table = tables[random.Next(tables.Count)];
        var row = table.Rows[random.Next(table.Rows.Count)];
        var cell = row.Cells[random.Next(row.Cells.Count)];
        if (random.Next(2) == 0)
            cell.Columns += random.Next(1, 3);
        else
            cell.Rows += random.Next(1, 4);
        return Damage.Decidable;
    }
}
