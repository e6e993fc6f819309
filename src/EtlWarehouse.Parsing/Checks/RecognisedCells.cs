using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Documents.Scans;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Parsing.Checks;

/// <summary>
/// Decides which recognised numbers are taken for what the scan prints. A number is reported only if two readings and the
/// shapes of its digits agree, an official equation confirms it, and no misreading of it alone, or of it and one other
/// cell, would satisfy the equations as well. All others are unreadable, with what was recognised in a finding.
/// </summary>
internal sealed class RecognisedCells
{
    /// <summary>Names in <see cref="CellReading.Repair"/> what was read from a picture.</summary>
    public const string Repair = "ocr";

    private readonly Dictionary<string, CellRecognition> recognitions = [];
    private readonly Dictionary<string, CellReading> readings;
    private readonly Dictionary<string, RecognisedNumber> numbers = [];
    private readonly List<(List<string> Left, List<string> Right)> equations;
    private readonly ILookup<string, int> equationsOf;
    private readonly FormDefinition form;
    private readonly DocumentContent document;

    private RecognisedCells(FormDefinition form, DocumentContent document, IReadOnlyList<CellReading> cells)
    {
        (this.form, this.document) = (form, document);
        foreach (var grid in document.Blocks.OfType<TableBlock>().Select(table => table.Grid))
        {
            foreach (var cell in grid.Rows.SelectMany(row => row).Where(cell => cell.Recognition is not null))
                recognitions[grid.Locator(cell)] = cell.Recognition!;
        }

        readings = cells.ToDictionary(cell => cell.Code);
        foreach (var cell in cells)
        {
            if (Number(cell) is { } number)
                numbers.Add(cell.Code, number);
        }

        var optional = form.OptionalCells.Where(cell => readings.ContainsKey(cell.Code)).ToList();
        // An equation that only tends to hold confirms nothing.
        equations = [.. form.Checks.Concat(form.OptionalChecks.Where(check => check.Left.Concat(check.Right).All(readings.ContainsKey)))
            .Where(check => check.Status.StartsWith("official", StringComparison.Ordinal))
            .Select(check => (Reconciliation.Terms(check.Left, optional).ToList(), Reconciliation.Terms(check.Right, optional).ToList()))];
        equationsOf = equations.SelectMany((equation, index) => equation.Left.Concat(equation.Right).Select(code => (code, index)))
            .ToLookup(pair => pair.code, pair => pair.index);
    }

    /// <summary>The cells as they may be published; those of pages with a text of their own stay as they are.</summary>
    public static IReadOnlyList<CellReading> Confirm(
        FormDefinition form, DocumentContent document, IReadOnlyList<CellReading> cells, List<Finding> findings)
    {
        if (document.ScannedPages.Count == 0)
            return cells;
        var confirmed = new RecognisedCells(form, document, cells).Confirm();
        foreach (var row in confirmed.Where(cell => cell.Repair?.StartsWith(Repair, StringComparison.Ordinal) == true && cell is { State: CellState.Unreadable, Raw: not null })
            .GroupBy(cell => cell.Code[..cell.Code.LastIndexOf('/')]))
        {
            findings.Add(new Finding(Severity.Warning, "value.unconfirmed",
                $"{row.Key}: expected equations that confirm what was recognised, found none for {string.Join(", ", row.Select(cell => $"{cell.Code[(cell.Code.LastIndexOf('/') + 1)..]} '{cell.Raw}'"))}",
                row.First().Locator, row.Key));
        }

        return confirmed;
    }

    private List<CellReading> Confirm()
    {
        var holds = equations.Select(Holds).ToList();
        // What stands in an equation that fails is misread, or misprinted: nothing tells which.
        bool IsConfirmed(string code, CellReading cell) =>
            equationsOf[code].Any() && equationsOf[code].All(equation => holds[equation] != false)
            && equationsOf[code].Count(equation => holds[equation] == true) >= (IsCertain(code, cell) ? 1 : equationsOf[code].Count())
            && !IsAmbiguous(code, [.. equationsOf[code].Where(equation => holds[equation] == true)]);

        return [.. readings.Values.Select(cell =>
        {
            var recognition = cell.Locator is { } locator ? recognitions.GetValueOrDefault(locator) : null;
            if (recognition is null && !IsOnScan(cell))
                return cell;
            var repair = cell.Repair is null ? Repair : $"{Repair}+{cell.Repair}";
            if (numbers.TryGetValue(cell.Code, out var number) && IsConfirmed(cell.Code, cell))
                return cell with { Value = number.Value, State = CellState.Reported, Raw = number.Text, Repair = repair };
            if (recognition is { Text.Length: 0 } && cell.State == CellState.Blank)
                return cell with { Repair = repair };
            if (recognition?.Shapes?.IsDash == true && cell.State == CellState.NotApplicable)
                return cell with { Repair = repair };
            var raw = recognition is null ? cell.Raw : Candidates(recognition);
            return cell with { Value = null, State = CellState.Unreadable, Raw = raw, Repair = repair };
        })];
    }

    /// <summary>Both readings agree, and the row is labelled as the form labels it: it cannot be taken for another one.</summary>
    private bool IsCertain(string code, CellReading cell) => numbers[code].IsTwiceRead && cell.Repair is null;

    private bool? Holds((List<string> Left, List<string> Right) equation)
    {
        if (!equation.Left.Concat(equation.Right).All(numbers.ContainsKey))
            return null;
        return equation.Left.Sum(code => numbers[code].Value) == equation.Right.Sum(code => numbers[code].Value);
    }

    /// <summary>Whether the cell alone, or it and one other cell, can be misread so that the equations hold all the same.</summary>
    /// <param name="own">The equations that hold and have the cell in them.</param>
    private bool IsAmbiguous(string code, List<int> own)
    {
        foreach (var other in equations[own[0]].Left.Concat(equations[own[0]].Right).Where(other => other != code))
        {
            // A misreading is made up for only by a cell that stands in the very same equations.
            if (!equationsOf[other].Where(equation => Holds(equations[equation]) == true).SequenceEqual(own))
                continue;
            var isOpposite = own.All(equation => equations[equation].Left.Contains(code) != equations[equation].Left.Contains(other));
            var isSame = own.All(equation => equations[equation].Left.Contains(code) == equations[equation].Left.Contains(other));
            foreach (var change in numbers[code].Misreadings())
            {
                if (numbers[other].Misreadings().Any(made => (isOpposite && made == change) || (isSame && made == -change)))
                    return true;
            }
        }

        return false;
    }

    private RecognisedNumber? Number(CellReading cell)
    {
        if (cell.Locator is null || !recognitions.TryGetValue(cell.Locator, out var recognition))
        {
            // A page with a text of its own: its numbers stand.
            return cell is { State: CellState.Reported, Locator: not null } && !IsOnScan(cell) ? new RecognisedNumber(cell.Raw ?? "", cell.Value!.Value, true, null) : null;
        }

        // A number that was placed, glued or converted is more than a reading.
        if (cell.Repair is not (null or "label.variant") || cell.State == CellState.Missing)
            return null;
        var definition = form.Cells.Concat(form.OptionalCells).First(definition => definition.Code == cell.Code);
        return definition.Kind == CellKind.Change || definition.NeedsPrintedUnit ? null : RecognisedNumber.Of(recognition);
    }

    private bool IsOnScan(CellReading cell)
    {
        if (cell.Locator is not { } locator)
            return cell.State == CellState.Missing;
        var place = locator[(locator.LastIndexOf('!') + 1)..];
        return document.ScannedPages.Any(page => place.StartsWith(page, StringComparison.Ordinal));
    }

    private static string? Candidates(CellRecognition recognition)
    {
        var candidates = new[] { recognition.Text, recognition.Again }.OfType<string>().Where(text => text.Length > 0).Distinct().ToList();
        return candidates.Count == 0 ? null : string.Join(" / ", candidates);
    }
}
