using EtlWarehouse.Parsing.Checks;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>Tables whose header has the form's columns in another order.</summary>
/// <remarks>
/// The equations hold as well when all rows change two columns, so that only the header can tell. They do tell when the
/// header contradicts the numbers: then neither order is certain.
/// </remarks>
internal static class ColumnOrder
{
    private const string Repair = "column.reordered";

    /// <summary>So many sums that only the form's order satisfies, for each that only the header's does, are no accident.</summary>
    private const int EnoughToDeny = 3;

    /// <summary>The form with the columns of some tables as they are printed.</summary>
    /// <param name="orders">For each printed column the place of it in the form.</param>
    public static FormDefinition Apply(FormDefinition form, IReadOnlyDictionary<FormTable, IReadOnlyList<int>> orders) => form with
    {
        Tables = [.. form.Tables.Select(table => orders.TryGetValue(table, out var order)
            ? table with { Columns = [.. order.Select(column => table.Columns[column])] }
            : table)],
    };

    /// <param name="orders">The tables whose columns stand in another order.</param>
    /// <param name="plain">The document in the form's order.</param>
    /// <param name="byHeader">The document in its header's order.</param>
    /// <param name="isCertain">False where the second reading saw yet another order.</param>
    /// <returns>
    /// The reading by the header; that in the form's order where the numbers deny the header; without what differs where
    /// neither is certain.
    /// </returns>
    public static FormReading Choose(
        FormDefinition form, IReadOnlyDictionary<FormTable, IReadOnlyList<int>> orders, FormReading plain, FormReading byHeader, bool isCertain)
    {
        var (inForm, inHeader) = (Statuses(form, plain), Statuses(form, byHeader));
        var lost = inForm.Count(check => check.Value == CheckStatus.Pass && inHeader[check.Key] == CheckStatus.Fail);
        var gained = inForm.Count(check => check.Value == CheckStatus.Fail && inHeader[check.Key] == CheckStatus.Pass);
        var finding = new Finding(Severity.Warning, Repair,
            $"expected the columns in the form's order, found another in the header; {Passed(inHeader)} equations hold by the header, {Passed(inForm)} by the form's order");
        // Spans lost in the header set one of its columns aside; the others are in their order, and the sums are too.
        if (lost >= EnoughToDeny * (gained + 1) && orders.Values.All(IsOneAside))
            return plain with { Findings = [.. plain.Findings, finding] };

        var isTaken = isCertain && lost <= gained;
        var tables = orders.Keys.Select(table => table.Code).ToHashSet();
        var codes = form.Cells.Concat(form.OptionalCells).Where(cell => tables.Contains(cell.Table)).Select(cell => cell.Code).ToHashSet();
        var other = plain.Cells.ToDictionary(cell => cell.Code);
        return byHeader with
        {
            Cells = [.. byHeader.Cells.Select(cell => !codes.Contains(cell.Code) || cell.State == CellState.Missing ? cell
                : isTaken ? cell with { Repair = cell.Repair is null ? Repair : $"{cell.Repair}+{Repair}" }
                : other.TryGetValue(cell.Code, out var same) && (same.State, same.Value) == (cell.State, cell.Value) ? cell
                : cell with { State = CellState.Unreadable, Value = null })],
            Findings = [.. byHeader.Findings, isTaken ? finding : finding with { Message = finding.Message + ": neither is certain" }],
        };
    }

    private static bool IsOneAside(IReadOnlyList<int> order) =>
        Enumerable.Range(0, order.Count).Any(aside => order.Where((_, index) => index != aside) is var rest && rest.SequenceEqual(rest.Order()));

    private static Dictionary<string, CheckStatus> Statuses(FormDefinition form, FormReading reading) =>
        Reconciliation.Check(form, reading.Cells.ToDictionary(cell => cell.Code)).ToDictionary(check => check.Id, check => check.Status);

    private static int Passed(Dictionary<string, CheckStatus> checks) => checks.Values.Count(status => status == CheckStatus.Pass);
}
