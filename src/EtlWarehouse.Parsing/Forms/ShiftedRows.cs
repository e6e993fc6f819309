namespace EtlWarehouse.Parsing.Forms;

/// <summary>
/// Rows whose empty last cell may not be their own. Where a format shows slots and no cells, a row that lost a cell, or
/// of which two became one, looks like a row whose total was left blank, and every number behind the gap stands one
/// column too far to the left. Such a row is read only if no shifted reading is possible.
/// </summary>
internal sealed class ShiftedRows(Equations equations)
{
    private static readonly Dictionary<string, decimal> Nothing = [];

    /// <param name="rows">The rows of the document with their plain values.</param>
    /// <param name="readings">What was read plainly.</param>
    /// <returns>The doubtful ones, each with what was expected and what else may be meant, and whether the plain reading breaks an equation.</returns>
    public IReadOnlyList<(AlignedRow Row, string Problem, bool IsBroken)> Find(
        IReadOnlyList<(AlignedRow Row, IReadOnlyList<PrintedCell> Values)> rows, IReadOnlyDictionary<string, CellReading> readings)
    {
        var doubtful = new List<(AlignedRow, string, bool)>();
        var known = RowRepairs.Values(readings);
        foreach (var (row, values) in rows.Where(row => row.Row.Candidate.Grid is { HasSlotsOnly: true } && row.Row.Row.Width > 1))
        {
            var codes = row.Row.CellCodes();
            if (readings[codes[^1]].State != CellState.Blank || readings[codes[^2]].State != CellState.Reported || !equations.IsSum(codes[^1], codes))
                continue;
            var isBroken = !equations.Judge(codes.ToDictionary(code => code, code => readings[code].Value), known).Holds;
            if (!rows.Any(other => other.Row != row && other.Row.Row.Width > 1 && other.Row.Row.CellCodes().Any(code => readings[code].State == CellState.Blank)))
            {
                doubtful.Add((row, "expected a total, found the only empty cell of all rows: a number before it may be lost", isBroken));
                continue;
            }

            // Where the document contradicts itself anyway, its other rows rule out nothing.
            var rest = isBroken ? Nothing : known;
            if (RowRepairs.Shifted([.. values.SkipLast(1)]).FirstOrDefault(shifted => !equations.Contradict(
                    codes.Zip(shifted.Cells).ToDictionary(pair => pair.First, pair => pair.Second?.Number.Value), rest)) is { } other)
                doubtful.Add((row, $"expected one way to place {values.Count(value => value.Number.Value is not null)} numbers before an empty total, found also {other.Key}", isBroken));
        }

        return doubtful;
    }
}
