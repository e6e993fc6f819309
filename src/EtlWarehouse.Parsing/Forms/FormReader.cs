using System.Globalization;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>What a document holds of one form.</summary>
/// <param name="RowsFound">Of <paramref name="RowsSought"/>.</param>
internal sealed record FormReading(
    IReadOnlyList<CellReading> Cells,
    IReadOnlyList<ReportSection> Sections,
    IReadOnlyList<Finding> Findings,
    int RowsFound,
    int RowsSought);

/// <summary>Reads the cells of one form from a document by their labels and their order, never by column number.</summary>
internal sealed class FormReader
{
    /// <summary>One equation that a row satisfies and its namesake breaks tells them apart.</summary>
    private const int RepeatedRowEquations = 1;

    private readonly FormDefinition form;
    private readonly IReadOnlyList<FormDefinition> forms;
    private readonly Dictionary<string, FormCell> cells;
    private readonly IReadOnlyList<SoughtRow> all;
    private readonly IReadOnlyList<SoughtRow> sought;
    private readonly HeaderWords words;
    private readonly Equations equations;
    private readonly SectionHeadings headings;
    private readonly PageBreaks breaks;
    private readonly LabelBook labels;

    /// <param name="forms">All forms: a document may mix two.</param>
    public FormReader(FormDefinition form, IReadOnlyList<FormDefinition> forms)
    {
        (this.form, this.forms) = (form, forms);
        cells = form.Cells.Concat(form.OptionalCells).ToDictionary(cell => cell.Code);
        all = SoughtRow.Of(form);
        sought = [.. all.Where(row => row.Replaces.Count == 0)];
        words = new HeaderWords(form, forms);
        equations = new Equations(form);
        headings = new SectionHeadings(form);
        breaks = new PageBreaks(form);
        labels = new LabelBook(sought);
    }

    public FormReading Read(DocumentContent document)
    {
        var (plain, orders) = ReadInOrder(document);
        if (orders.Count == 0)
            return plain;
        // The same form with its columns as the header has them: what is placed by a repair is placed in that order too.
        var (byHeader, others) = new FormReader(ColumnOrder.Apply(form, orders), forms).ReadInOrder(document);
        return ColumnOrder.Choose(form, orders, plain, byHeader, isCertain: others.Count == 0);
    }

    /// <returns>What is read in the form's order of columns, and the tables whose header has another one.</returns>
    private (FormReading Reading, IReadOnlyDictionary<FormTable, IReadOnlyList<int>> Orders) ReadInOrder(DocumentContent document)
    {
        var (candidates, sections) = CandidateReader.Read(form, headings, breaks, document.Blocks);
        var cut = document.EndsAbruptly && candidates.Count > 0 && IsLast(candidates[^1].Cells[^1], candidates[^1], document) ? candidates[^1].Cells[^1].Locator : null;
        var (rows, repeated) = OptionalRows.Seek(all, candidates, RowAlignment.Align(labels, candidates));
        (rows, var unordered) = RowOrder.Settle(all, candidates, rows, repeated);
        var placement = new ValuePlacement(rows);
        var headers = new ColumnHeaders(rows);
        var columns = new OtherFormColumns(words, rows);
        var uncertain = UncertainRows.Among(sought, rows);
        var findings = new List<Finding>();
        var readings = new Dictionary<string, CellReading>(cells.Count);
        // Rows of which more is in doubt than the place of a number: no equation can tell their columns or names.
        var refused = new HashSet<SoughtRow>();
        var plain = new List<(AlignedRow Row, IReadOnlyList<PrintedCell> Values)>();

        foreach (var row in rows)
        {
            if (columns.Place(row, out var mixed) is { } byColumn)
            {
                refused.Add(row.Row);
                PutByColumn(readings, row, byColumn, findings);
                continue;
            }

            if (mixed is not null || uncertain.Contains(row.Row) || unordered.Contains(row.Row))
                refused.Add(row.Row);
            var placed = mixed is not null ? new PlacedValues(null, null, mixed)
                : uncertain.Contains(row.Row) ? new PlacedValues(null, null, $"expected two rows '{row.Row.Row!.Labels[0]}', found one and nothing that tells which")
                : unordered.Contains(row.Row) ? new PlacedValues(null, null, $"expected a row for each label around '{row.Row.Row!.Labels[0]}', found another number of them")
                : placement.Place(row);
            if (placed.Cells is null && !refused.Contains(row.Row) && headers.Place(row) is { } below)
                placed = new PlacedValues(below, null, null);
            else if (placed.Cells is { } values && headers.Displace(row, values))
                placed = new PlacedValues(null, null, "expected the numbers below the columns of the form's order, found them further right");
            Put(readings, row, placed, findings);
            if (placed.Cells is not null)
                plain.Add((row, placed.Cells));
        }

        var shifted = new ShiftedRows(equations).Find(plain, readings);
        foreach (var (row, problem, _) in shifted.Where(row => !row.IsBroken))
        {
            refused.Add(row.Row);
            plain.RemoveAll(known => known.Row == row);
            Refuse(row, "row.undecided", problem, readings, findings);
        }

        var orders = headers.Orders(plain);
        Repair([.. rows.Where(row => !refused.Contains(row.Row))], readings, findings);
        foreach (var (row, values) in new LostLabels(form, equations).Find(sought, candidates, rows, readings))
        {
            rows = [.. rows, row];
            Put(readings, row, new PlacedValues(values, null, null), findings);
        }

        RefuseCut(readings, cut, findings);
        // What breaks an equation could be repaired; where it was not, it is still in doubt.
        foreach (var (row, problem, _) in shifted.Where(row => row.IsBroken && readings[row.Row.Row.CellCodes()[^1]].State == CellState.Blank))
            Refuse(row, "row.undecided", problem, readings, findings);
        RefuseContradictions(rows, repeated, placement, readings, findings);
        ReportMissing(rows, findings);
        return (new FormReading(
            [
                .. form.Cells.Select(cell => readings.GetValueOrDefault(cell.Code) ?? new CellReading(cell.Code, null, CellState.Missing)),
                .. form.OptionalCells.Select(cell => readings.GetValueOrDefault(cell.Code)).OfType<CellReading>(),
            ],
            sections, findings, rows.Count, sought.Count), orders);
    }

    /// <summary>A row below columns of another form: what no column of this form heads is not in the document.</summary>
    private void PutByColumn(
        Dictionary<string, CellReading> readings, AlignedRow row, IReadOnlyList<PrintedCell?> byColumn, List<Finding> findings)
    {
        findings.Add(new Finding(Severity.Warning, "column.other_form",
            $"{row.Row.Name}: expected {byColumn.Count} columns of form {form.Code}, found {byColumn.Count(value => value is not null)} among columns of another form", row.Candidate.Locator, row.Row.Name));
        foreach (var (code, printed) in row.Row.CellCodes().Zip(byColumn))
        {
            if (printed is not null)
                readings[code] = Reading(cells[code], printed, row, Join(row.Candidate.Repair, row.Fit.Repair, "column.other_form"), findings);
        }
    }

    private void Put(Dictionary<string, CellReading> readings, AlignedRow row, PlacedValues placed, List<Finding> findings)
    {
        var codes = row.Row.CellCodes();
        var repair = Join(row.Candidate.Repair, row.IsOutOfOrder ? "row.reordered" : null, row.Fit.Repair, Displaced(row) ? "label.displaced" : null, placed.Repair);
        if (placed.Cells is null)
        {
            Refuse(row, "row.unplaced", placed.Problem!, readings, findings, repair);
            return;
        }

        foreach (var part in repair?.Split('+') ?? [])
        {
            findings.Add(new Finding(Severity.Info, part, $"{row.Row.Name}: read in spite of {part}", row.Candidate.Locator, row.Row.Name,
                row.Fit.LabelIndex >= 0 ? row.Candidate.Cells[row.Fit.LabelIndex].Text : null));
        }

        for (var index = 0; index < codes.Count; index++)
            readings[codes[index]] = Reading(cells[codes[index]], placed.Cells[index], row, repair, findings);
    }

    private static void Refuse(
        AlignedRow row, string code, string problem, Dictionary<string, CellReading> readings, List<Finding> findings, string? repair = null)
    {
        findings.Add(new Finding(Severity.Warning, code, $"{row.Row.Name}: {problem}", row.Candidate.Locator, row.Row.Name));
        var raw = string.Join(" ", row.Candidate.Cells.Select(cell => cell.Text).Where(text => text.Length > 0));
        foreach (var cell in row.Row.CellCodes())
            readings[cell] = new CellReading(cell, null, CellState.Unreadable, raw, row.Candidate.Locator, repair);
    }

    private CellReading Reading(FormCell cell, PrintedCell printed, AlignedRow row, string? repair, List<Finding> findings)
    {
        var number = printed.Number;
        var state = number.Kind switch
        {
            PrintedKind.Number => CellState.Reported,
            PrintedKind.Blank => CellState.Blank,
            PrintedKind.Dash => CellState.NotApplicable,
            _ => CellState.Unreadable,
        };
        var text = printed.Printed ?? printed.Text;
        var raw = text.Length == 0 ? null : text;
        if (state == CellState.Unreadable)
        {
            findings.Add(new Finding(Severity.Warning, "value.unreadable",
                $"{cell.Code}: expected a number, found '{printed.Text}'", printed.Locator));
        }

        if (state != CellState.Reported)
            return new CellReading(cell.Code, null, state, raw, printed.Locator, repair);

        var stated = printed.StatedUnit ?? words.Unit(cell, row);
        var unit = number.Unit ?? stated;
        var isUnknown = cell.NeedsPrintedUnit && unit is null;
        if (!Units.TryConvert(number.Value!.Value, unit, cell.Unit, out var value) || isUnknown)
        {
            findings.Add(new Finding(Severity.Warning, "unit.unknown",
                $"{cell.Code}: expected {cell.Unit}, found '{printed.Text}'", printed.Locator));
            return new CellReading(cell.Code, null, CellState.Unreadable, raw, printed.Locator, repair);
        }

        if (number.Unit is not null && stated is not null && Units.AreDifferentMoney(number.Unit, stated))
        {
            findings.Add(new Finding(Severity.Warning, "unit.contradicts",
                $"{cell.Code}: expected {stated} as its header states, found '{printed.Text}'", printed.Locator));
        }

        if (value != number.Value)
            repair = Join(repair, "unit.converted");
        if ((cell.Kind == CellKind.Count && (value < 0 || value != decimal.Truncate(value))) || (cell.Kind == CellKind.Amount && value < 0)
            || (cell.Kind == CellKind.Change && value != decimal.Truncate(value)))
        {
            findings.Add(new Finding(Severity.Warning, "value.implausible",
                $"{cell.Code}: expected {(cell.Kind == CellKind.Amount ? "an amount" : "a whole number")}, found '{printed.Text}'", printed.Locator));
        }

        return new CellReading(cell.Code, value, CellState.Reported, raw, printed.Locator, repair);
    }

    /// <summary>In a table of bordered cells the label stands in the first cell although it belongs below a group that spans rows.</summary>
    private static bool Displaced(AlignedRow row)
    {
        if (!row.Candidate.HasCellBorders || row.Candidate.Grid is not null || row.Row.Row is not { } formRow)
            return false;
        return formRow.Groups.Count >= 1 && row.Fit.LabelIndex == 0 && row.Candidate.Cells[0].Text.Length > 0
            && formRow.Groups.Count + 1 > 1 && row.Candidate.Cells.Count > row.Row.Width + 1;
    }

    /// <summary>Tries to place what could not be placed row by row; what stays open says what could be meant.</summary>
    private void Repair(IReadOnlyList<AlignedRow> rows, Dictionary<string, CellReading> readings, List<Finding> findings)
    {
        var unplaced = rows.Where(row => IsUnplaced(row, readings) || IsShifted(row, readings))
            .Select(row => new UnplacedRow(row, ValuePlacement.Printed(row)))
            .Where(row => row.Fields.Count > 0)
            .ToList();
        if (unplaced.Count == 0)
            return;
        var (placed, undecided) = new RowRepairs(equations).Place(unplaced, readings);
        foreach (var (row, assignment) in placed)
        {
            var open = row.Row.Candidate.Cells.Select(cell => cell.Locator).ToHashSet();
            findings.RemoveAll(finding => (finding.Subject == row.Row.Row.Name && finding.Locator == row.Row.Candidate.Locator)
                || (finding.Code == "value.unreadable" && finding.Locator is { } locator && open.Contains(locator)));
            var hole = new PrintedCell("", row.Row.Candidate.Locator, -1);
            Put(readings, row.Row, new PlacedValues([.. assignment.Cells.Select(cell => cell ?? hole)], assignment.Repair, null), findings);
            foreach (var (code, cell) in row.Row.Row.CellCodes().Zip(assignment.Cells))
            {
                if (cell is null)
                    readings[code] = new CellReading(code, null, CellState.Unreadable, null, row.Row.Candidate.Locator, assignment.Repair);
            }
        }

        foreach (var (row, candidates) in undecided.Where(open => open.Candidates.Count > 1))
        {
            findings.Add(new Finding(Severity.Warning, "row.undecided",
                $"{row.Row.Row.Name}: expected one way to place {row.Fields.Count} numbers in {row.Row.Row.Width} cells, found {candidates.Count}: {string.Join(" or ", candidates.Take(3).Select(candidate => candidate.Key))}",
                row.Row.Candidate.Locator));
            foreach (var code in row.Row.Row.CellCodes())
                readings[code] = readings[code] with { Value = null, State = CellState.Unreadable };
        }
    }

    private static bool IsUnplaced(AlignedRow row, Dictionary<string, CellReading> readings) =>
        row.Row.CellCodes() is var codes && codes.Any(code => readings.TryGetValue(code, out var reading) && reading.State == CellState.Unreadable);

    /// <summary>A row with blanks at an end that breaks an equation: its numbers may belong one place further.</summary>
    private bool IsShifted(AlignedRow row, Dictionary<string, CellReading> readings)
    {
        var codes = row.Row.CellCodes();
        if (codes.Count < 2 || !codes.All(readings.ContainsKey) || (readings[codes[0]].State != CellState.Blank && readings[codes[^1]].State != CellState.Blank))
            return false;
        return !equations.Judge(codes.ToDictionary(code => code, code => readings[code].Value), RowRepairs.Values(readings)).Holds;
    }

    private static bool IsLast(PrintedCell cell, RowCandidate candidate, DocumentContent document) => document.Blocks[^1] switch
    {
        TableBlock table => candidate.Grid == table.Grid && candidate.GridRow == table.Grid.Rows.Count - 1,
        LineBlock line => cell.Locator == line.Locator || cell.Locator.StartsWith(line.Locator + "/", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>The last number of a document that breaks off may be the beginning of a longer one.</summary>
    private static void RefuseCut(Dictionary<string, CellReading> readings, string? cut, List<Finding> findings)
    {
        foreach (var (code, reading) in readings.Where(reading => cut is not null && reading.Value.Locator == cut && reading.Value.State == CellState.Reported).ToList())
        {
            findings.Add(new Finding(Severity.Warning, "value.cut", $"{code}: expected more behind it, found the end of the document", cut));
            readings[code] = reading with { Value = null, State = CellState.Unreadable };
        }
    }

    /// <summary>A row that is printed twice with different numbers is not read at all: nothing tells which is right.</summary>
    private void RefuseContradictions(
        IReadOnlyList<AlignedRow> rows, IReadOnlyList<AlignedRow> repeated, ValuePlacement placement,
        Dictionary<string, CellReading> readings, List<Finding> findings)
    {
        foreach (var again in repeated)
        {
            var first = rows.First(row => row.Row == again.Row);
            if (placement.Place(again).Cells is not { } values || first.Candidate.Section != again.Candidate.Section)
                continue;
            var codes = again.Row.CellCodes();
            var differs = codes.Where((code, index) =>
                readings.TryGetValue(code, out var reading) && reading.State != CellState.Unreadable
                && Reading(cells[code], values[index], again, null, []).Value != reading.Value).ToList();
            if (differs.Count == 0)
                continue;
            if (OnlyOneHolds(again, values, readings) is { } second)
            {
                findings.Add(new Finding(Severity.Warning, "row.ambiguous",
                    $"{again.Row.Name}: expected the row once, found it also at {first.Candidate.Locator} with other numbers; only {(second ? "these" : "those")} satisfy the equations", again.Candidate.Locator, again.Row.Name));
                if (second)
                    Put(readings, again, new PlacedValues(values, "row.repeated", null), findings);
                continue;
            }

            findings.Add(new Finding(Severity.Warning, "row.ambiguous",
                $"{again.Row.Name}: expected the row once, found it also at {first.Candidate.Locator} with other numbers", again.Candidate.Locator, again.Row.Name));
            foreach (var code in differs)
                readings[code] = readings[code] with { Value = null, State = CellState.Unreadable, Repair = null };
        }
    }

    /// <summary>Whether the second printing of a row (true) or the first (false) is the only one that no equation contradicts; null where neither or both are.</summary>
    private bool? OnlyOneHolds(AlignedRow again, IReadOnlyList<PrintedCell> values, Dictionary<string, CellReading> readings)
    {
        var codes = again.Row.CellCodes();
        var known = RowRepairs.Values(readings);
        var first = equations.Judge(codes.ToDictionary(code => code, code => readings.GetValueOrDefault(code)?.Value), known);
        var second = equations.Judge(codes.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second.Number.Value), known);
        return first.Holds == second.Holds || (first.Holds ? first : second).Judged < RepeatedRowEquations ? null : second.Holds;
    }

    private void ReportMissing(IReadOnlyList<AlignedRow> rows, List<Finding> findings)
    {
        var replaced = new HashSet<string>();
        foreach (var row in rows.Where(row => row.Row.Replaces.Count > 0))
        {
            replaced.UnionWith(row.Row.Replaces);
            findings.Add(new Finding(Severity.Info, "row.undivided", $"{row.Row.Name}: read in place of {string.Join(", ", row.Row.Replaces)}", row.Candidate.Locator, row.Row.Name));
        }

        foreach (var table in form.Tables)
        {
            var missing = sought.Where(row => row.Table == table && rows.All(found => found.Row != row) && !replaced.Contains(row.Name)).ToList();
            var all = sought.Count(row => row.Table == table && !replaced.Contains(row.Name));
            if (missing.Count == 0)
                continue;
            findings.Add(new Finding(Severity.Warning, "row.missing", string.Create(CultureInfo.InvariantCulture,
                $"table {table.Code}: expected {all} rows, found {all - missing.Count}; missing {string.Join(", ", missing.Take(3).Select(row => row.Name))}{(missing.Count > 3 ? ", ..." : "")}")));
        }
    }

    private static string? Join(params string?[] repairs)
    {
        var named = repairs.Where(repair => repair is not null).ToList();
        return named.Count == 0 ? null : string.Join("+", named);
    }
}
