using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.GoldSet.Composition;

/// <summary>Sets a form in a layout: the tables and paragraphs of a report, and what stands in each cell.</summary>
public sealed class GoldComposer
{
    private const string Dash = "—";

    private readonly FormDefinition form;
    private readonly GoldLayout layout;
    private readonly Random random;
    private readonly CellBorders borders;
    private readonly GoldText text;
    private readonly Dictionary<string, FormCell> cells;
    private readonly GoldDocument document;

    private GoldComposer(FormDefinition form, GoldLayout layout, int seed, CellBorders borders)
    {
        (this.form, this.layout, this.borders) = (form, layout, borders);
        random = new Random(seed);
        text = new GoldText(layout, random);
        cells = form.Cells.Concat(form.OptionalCells).ToDictionary(cell => cell.Code);
        // Some print the form of other years.
        var year = layout.IsMixed && form.Code == "2019" ? 2023 : form.ToYear ?? 2023;
        document = new GoldDocument(form, layout, year, SoundValues.Make(form, random));
        foreach (var cell in form.Cells)
            document.Truth[cell.Code] = GoldTruth.Missing;
    }

    /// <param name="borders">Without any, blanks cannot be seen and are not printed.</param>
    public static GoldDocument Compose(FormDefinition form, GoldLayout layout, int seed, CellBorders borders) =>
        new GoldComposer(form, layout, seed, borders).Compose();

    private GoldDocument Compose()
    {
        if (layout.IsNested)
        {
            document.Blocks.Add(new GoldTable(
            [
                new GoldRow(null, [new(CellRole.Caption, "索引号"), new(CellRole.Caption, $"370000/{document.Year}-00012"), new(CellRole.Caption, "发布机构"), new(CellRole.Caption, "青禾县司法局")]),
                new GoldRow(null, [new(CellRole.Caption, "成文日期"), new(CellRole.Caption, $"{document.Year + 1}-01-20"), new(CellRole.Caption, "浏览次数"), new(CellRole.Caption, "128")]),
            ]));
        }

        document.Blocks.Add(new GoldParagraph(document.Title, isHeading: true));
        foreach (var section in form.Sections)
        {
            document.Blocks.Add(new GoldParagraph($"{section.Ordinal}、{section.Titles[0]}", isHeading: true));
            var tables = form.Tables.Where(table => table.Section == section.Code).ToList();
            if (tables.Count == 0)
                document.Blocks.Add(new GoldParagraph($"　　全年主动公开政府信息 {random.Next(20, 900)} 条，办理建议提案 {random.Next(2, 40)} 件，未发生责任追究。"));
            else if (section.Code == "disclosure")
                Disclosure(tables);
            else if (tables[0].IsOneRow)
                document.Blocks.Add(Remedies(tables[0]));
            else if (tables[0].Rows[0].Unit is not null)
                Indicators(tables[0]);
            else
                Requests(tables[0]);
        }

        document.Blocks.Add(new GoldParagraph($"青禾县司法局\n{document.Year + 1}年1月20日"));
        return document;
    }

    private void Disclosure(List<FormTable> tables)
    {
        var width = layout.IsOneDisclosureTable ? 5 : 0;
        var parts = tables.ConvertAll(table => Disclosure(table, width));
        if (layout.IsOneDisclosureTable)
            document.Blocks.Add(new GoldTable(parts.SelectMany(part => part)));
        else
            document.Blocks.AddRange(parts.Select(part => new GoldTable(part)));
    }

    /// <param name="width">Columns that all parts of the table share; 0 where each part is a table.</param>
    private List<GoldRow> Disclosure(FormTable table, int width)
    {
        var columns = table.Columns.Count;
        var spans = Enumerable.Range(0, columns).Select(column => width == 0 ? 1 : ((width - 1) / columns) + (column >= columns - ((width - 1) % columns) ? 1 : 0)).ToList();
        var rows = new List<GoldRow>
        {
            new(null, table.Captions.Select(caption => new GoldCell(CellRole.Caption, text.Label([caption]), 1 + spans.Sum()))),
        };
        var mixed = layout.IsMixed && form.Code == "2021" && borders == CellBorders.Grid && table.Code == "s2.documents";
        var headers = mixed ? ["本年新制作数量", "本年新公开数量", "对外公开总数量"] : table.Columns.Select(column => text.Label(column.Labels)).ToList();
        rows.Add(new GoldRow(null, [new(CellRole.Header, "信息内容"), .. headers.Select((header, index) => new GoldCell(CellRole.Header, header, spans[index]))]));
        // A county has no 规章 to report.
        foreach (var row in table.Rows.Where(row => !(layout.IsMixed && row.Code == "disclosure.regulations")))
        {
            var values = table.Columns.Select(column => Value(row, column)).ToList();
            for (var index = 0; index < columns; index++)
                values[index].Columns = spans[index];
            // 本年新制作数量 is what the form of 2021 calls 制发; of the other two columns it has none.
            if (mixed)
            {
                foreach (var other in values.Skip(1))
                    document.Truth[other.Code!] = GoldTruth.Missing;
            }

            rows.Add(new GoldRow(row.Code, [new(CellRole.Label, text.Label(row.Labels)), .. values]));
        }

        return rows;
    }

    private void Requests(FormTable table)
    {
        var header = RequestHeader(table);
        var rows = new List<GoldRow>(header);
        var undivided = layout.IsMixed ? table.OptionalRows : [];
        var printed = table.Rows.Where(row => !undivided.Any(optional => optional.Replaces.Contains(row.Code))).ToList();
        foreach (var optional in undivided)
        {
            printed.Insert(table.Rows.Take(optional.Place).Count(printed.Contains), optional.Row);
            foreach (var column in table.Columns)
                document.Truth[$"{optional.Row.Code}/{column.Code}"] = GoldTruth.Missing;
        }

        var cut = layout.IsSplit ? printed.FindIndex(row => row.Groups.Count == 2) + 4 : printed.Count;
        Rows(table, printed[..cut], rows);
        document.Blocks.Add(new GoldTable(rows));
        if (cut == printed.Count)
            return;
        document.Blocks.Add(new GoldParagraph("- 5 -"));
        rows = layout.HeaderTwice ? RequestHeader(table) : [];
        Rows(table, printed[cut..], rows);
        document.Blocks.Add(new GoldTable(rows));
    }

    private void Rows(FormTable table, List<FormRow> printed, List<GoldRow> rows)
    {
        string[] open = [];
        for (var index = 0; index < printed.Count; index++)
        {
            var row = printed[index];
            var cells = new List<GoldCell>();
            var isKept = true;
            for (var depth = 0; depth < row.Groups.Count; depth++)
            {
                isKept &= depth < open.Length && open[depth] == row.Groups[depth];
                var label = table.Groups.Single(group => group.Code == row.Groups[depth]).Labels[0];
                var height = printed.Skip(index).TakeWhile(other => other.Groups.Count > depth && other.Groups[depth] == row.Groups[depth]).Count();
                if (layout.Groups == GroupLabels.Repeated || (!isKept && layout.Groups == GroupLabels.Once))
                    cells.Add(new GoldCell(CellRole.Group, text.Group(label)));
                else if (layout.Groups == GroupLabels.Once)
                    cells.Add(new GoldCell(CellRole.Empty, ""));
                else if (!isKept)
                    cells.Add(new GoldCell(CellRole.Group, text.Group(label), rows: height));
            }

            open = [.. row.Groups];
            var name = new GoldCell(CellRole.Label, text.Label(row.Labels), 3 - row.Groups.Count);
            // The label one column to the left of where its group would put it, and nothing in its own place.
            if (layout.Displaced && cells.Count > 0 && cells[^1].Role == CellRole.Empty && random.Next(4) == 0)
            {
                cells[^1] = new GoldCell(CellRole.Label, name.Text);
                name = new GoldCell(CellRole.Empty, "", name.Columns);
            }

            rows.Add(new GoldRow(row.Code, [.. cells, name, .. table.Columns.Select(column => Value(row, column))]));
        }
    }

    private List<GoldRow> RequestHeader(FormTable table)
    {
        var names = table.Columns.Select(column => text.Label(column.Labels)).ToList();
        var caption = text.Label(table.Captions);
        if (layout.EmptyHeaderCells)
        {
            return
            [
                new(null, [new(CellRole.Caption, caption, 3), new(CellRole.Header, "申请人情况", 7)]),
                new(null, [new(CellRole.Empty, "", 3), new(CellRole.Header, names[0]), new(CellRole.Header, "法人或其他组织", 5), new(CellRole.Header, names[^1])]),
                new(null, [new(CellRole.Empty, "", 3), new(CellRole.Empty, ""), .. names.Skip(1).SkipLast(1).Select(name => new GoldCell(CellRole.Header, name)), new(CellRole.Empty, "")]),
            ];
        }

        return
        [
            new(null, [new(CellRole.Caption, caption, 3, 3), new(CellRole.Header, "申请人情况", 7)]),
            new(null, [new(CellRole.Header, names[0], 1, 2), new(CellRole.Header, "法人或其他组织", 5), new(CellRole.Header, names[^1], 1, 2)]),
            new(null, names.Skip(1).SkipLast(1).Select(name => new GoldCell(CellRole.Header, name))),
        ];
    }

    private GoldTable Remedies(FormTable table)
    {
        var width = table.Columns.Count;
        GoldCell[] Names() => [.. table.Columns.Select(column => new GoldCell(CellRole.Header, text.Label(column.Labels)))];
        var rows = new List<GoldRow>
        {
            new(null, [new(CellRole.Header, table.Rows[0].Labels[0], width), new(CellRole.Header, "行政诉讼", 2 * width)]),
        };
        if (layout.EmptyHeaderCells)
        {
            rows.Add(new(null, [.. Names(), .. table.Rows.Skip(1).Select(row => new GoldCell(CellRole.Header, row.Labels[0], width))]));
            rows.Add(new(null, [.. table.Columns.Select(_ => new GoldCell(CellRole.Empty, "")), .. Names(), .. Names()]));
        }
        else
        {
            var names = Names();
            foreach (var name in names)
                name.Rows = 2;
            rows.Add(new(null, [.. names, .. table.Rows.Skip(1).Select(row => new GoldCell(CellRole.Header, row.Labels[0], width))]));
            rows.Add(new(null, [.. Names(), .. Names()]));
        }

        rows.Add(new GoldRow(table.Code, table.Rows.SelectMany(row => table.Columns.Select(column => Value(row, column)))));
        return new GoldTable(rows);
    }

    /// <summary>A list: indicator, unit, number. Headings stand on lines of their own, or over their rows in a column of their own.</summary>
    private void Indicators(FormTable table)
    {
        GoldRow Header() => new(null, [new(CellRole.Header, layout.IsMixed ? "指 标 名 称" : "统计指标"), new(CellRole.Header, "单位"), new(CellRole.Header, text.Label(table.Columns[0].Labels))]);
        var rows = new List<GoldRow> { Header() };
        var printed = table.Rows.Where(row => !(layout.IsMixed && row.Code.StartsWith("meetings", StringComparison.Ordinal))).ToList();
        string[] open = [];
        foreach (var row in printed)
        {
            if (layout.IsSplit && row.Code == "requests.received.total")
            {
                document.Blocks.Add(new GoldTable(rows));
                document.Blocks.Add(new GoldParagraph("- 7 -"));
                rows = layout.HeaderTwice ? [Header()] : [];
            }

            foreach (var group in row.Groups.Where(group => !open.Contains(group) && table.Rows.All(other => other.Code != group)))
            {
                var label = text.Label(table.Groups.Single(other => other.Code == group).Labels);
                rows.Add(layout.Groups == GroupLabels.Spanned
                    ? new GoldRow(null, [new(CellRole.Group, label, 3)])
                    : new GoldRow(null, [new(CellRole.Group, label), new(CellRole.Empty, layout.Groups == GroupLabels.Once ? "" : "——"), new(CellRole.Empty, "")]));
            }

            open = [.. row.Groups];
            // Some have no column of units and print them behind the label.
            rows.Add(new GoldRow(row.Code, [new(CellRole.Label, text.Label(row.Labels)), new(CellRole.Unit, row.Unit!), Value(row, table.Columns[0])]));
        }

        document.Blocks.Add(new GoldTable(rows));
    }

    // At the ends of a line a blank is not seen.
    private bool MayBeBlank(FormCell cell)
    {
        var table = form.Tables.Single(table => table.Code == cell.Table);
        return borders == CellBorders.Grid
            || (borders == CellBorders.Fields && cell.Column != table.Columns[0].Code && cell.Column != table.Columns[^1].Code);
    }

    private GoldCell Value(FormRow row, FormColumn column)
    {
        var cell = cells[$"{row.Code}/{column.Code}"];
        var value = document.Values[cell.Code];
        var isSum = form.Checks.Any(check => check.Right.Count == 1 && check.Right[0] == cell.Code);
        if (isSum && random.Next(100) < layout.WrongSums)
            value += random.Next(1, 4);
        if (random.Next(100) < layout.Gaps && MayBeBlank(cell))
        {
            var isBlank = random.Next(3) > 0;
            document.Truth[cell.Code] = new GoldTruth(isBlank ? CellState.Blank : CellState.NotApplicable, null);
            return new GoldCell(CellRole.Value, isBlank ? "" : Dash) { Code = cell.Code };
        }

        document.Truth[cell.Code] = new GoldTruth(CellState.Reported, value);
        return new GoldCell(CellRole.Value, text.Number(value, cell)) { Code = cell.Code };
    }
}
