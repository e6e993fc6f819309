using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>
/// Rows whose label is lost or beyond recognition: between two rows that were found, as many unnamed rows of numbers as
/// the form has there. They are taken only if the equations confirm all of them.
/// </summary>
internal sealed class LostLabels(FormDefinition form, Equations equations)
{
    /// <summary>For each row its own sum, and one of a column.</summary>
    private const int Enough = 2;

    /// <returns>The rows that were not found by their labels, with their values.</returns>
    public IReadOnlyList<(AlignedRow Row, IReadOnlyList<PrintedCell> Values)> Find(
        IReadOnlyList<SoughtRow> sought, IReadOnlyList<RowCandidate> candidates, IReadOnlyList<AlignedRow> rows, IReadOnlyDictionary<string, CellReading> readings)
    {
        var found = new List<(AlignedRow, IReadOnlyList<PrintedCell>)>();
        var placeOf = rows.Where(row => !row.IsOutOfOrder).ToDictionary(row => row.Row, row => row.Candidate.Place);
        var outOfOrder = rows.Where(row => row.IsOutOfOrder).Select(row => row.Row).ToHashSet();
        var used = rows.Select(row => row.Candidate.Place).ToHashSet();
        var replaced = rows.SelectMany(row => row.Row.Replaces).ToHashSet();
        foreach (var table in form.Tables.Where(table => !table.IsOneRow && table.Columns.Count > 1))
        {
            var inTable = sought.Where(row => row.Table == table && !replaced.Contains(row.Name) && !outOfOrder.Contains(row)).ToList();
            for (var first = 0; first < inTable.Count; first++)
            {
                if (placeOf.ContainsKey(inTable[first]))
                    continue;
                var missing = inTable.Skip(first).TakeWhile(row => !placeOf.ContainsKey(row)).ToList();
                var (from, to) = (Before(first), After(first + missing.Count));
                if (from >= 0 && to >= 0)
                    found.AddRange(Confirmed(missing, [.. Enumerable.Range(from + 1, to - from - 1).Where(place => !used.Contains(place)).Select(place => candidates[place])], readings));
                first += missing.Count;
            }

            int Before(int row) => row > 0 ? placeOf[inTable[row - 1]] : Last(place => inTable.Count > 0 && place < FirstOf(inTable));
            int After(int row) => row < inTable.Count ? placeOf[inTable[row]] : Last(place => true) < 0 ? -1 : candidates.Count;
            int Last(Func<int, bool> where) => placeOf.Values.Where(where).DefaultIfEmpty(-1).Max();
            int FirstOf(List<SoughtRow> inThis) => inThis.Where(placeOf.ContainsKey).Select(row => placeOf[row]).DefaultIfEmpty(-1).Min();
        }

        return found;
    }

    private IEnumerable<(AlignedRow, IReadOnlyList<PrintedCell>)> Confirmed(
        List<SoughtRow> missing, List<RowCandidate> between, IReadOnlyDictionary<string, CellReading> readings)
    {
        var unnamed = between.Select(candidate => (Candidate: candidate, Values: Values(candidate, missing[0].Width))).Where(pair => pair.Values is not null).ToList();
        // Zeros satisfy any sum: a row of the agency's own in the place of one that is missing would pass for it.
        if (unnamed.Count != missing.Count || unnamed.Exists(pair => pair.Values!.TrueForAll(value => value.Number.Value == 0)))
            return [];
        var own = missing.Zip(unnamed).SelectMany(pair => pair.First.CellCodes().Zip(pair.Second.Values!))
            .ToDictionary(pair => pair.First, pair => pair.Second.Number.Value);
        var known = RowRepairs.Values(readings);
        var verdict = equations.Judge(own, known);
        return verdict.Holds && verdict.Judged >= Enough * missing.Count
            ? missing.Zip(unnamed, (row, pair) => (new AlignedRow(row, pair.Candidate, new LabelFit(0.5, pair.Candidate.Cells.Count - row.Width - 1, "label.lost")), (IReadOnlyList<PrintedCell>)pair.Values!))
            : [];
    }

    /// <summary>The last cells of a row, if they are numbers and none stands before them.</summary>
    private static List<PrintedCell>? Values(RowCandidate candidate, int width)
    {
        var cells = candidate.Cells;
        if (cells.Count < width)
            return null;
        var values = cells.Skip(cells.Count - width).ToList();
        return values.TrueForAll(value => value.Number.Kind == PrintedKind.Number) && cells.Take(cells.Count - width).All(cell => cell.Number.Kind is PrintedKind.Text or PrintedKind.Blank)
            ? values
            : null;
    }
}
