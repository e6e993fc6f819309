namespace EtlWarehouse.Parsing.Forms;

/// <summary>
/// Rows of tables without borders whose label alone does not tell them: it wraps around its numbers or is mixed with a
/// neighbour's. Between two rows that are certain their order tells which is which, if exactly as many are printed as
/// the form has there; else they are not certain.
/// </summary>
internal static class RowOrder
{
    /// <summary>Below this a label was found in pieces.</summary>
    private const double WholeLabel = 0.95;

    /// <summary>Shorter labels stand at the end of others.</summary>
    private const int OwnLabel = 4;

    /// <summary>Pieces of so long a label are no other label's.</summary>
    private const int LongLabel = 15;

    /// <returns>The rows, some of them moved or added, and those of them that are not certain.</returns>
    public static (IReadOnlyList<AlignedRow> Rows, IReadOnlySet<SoughtRow> Uncertain) Settle(
        IReadOnlyList<SoughtRow> sought, IReadOnlyList<RowCandidate> candidates, IReadOnlyList<AlignedRow> rows, IReadOnlyList<AlignedRow> repeated)
    {
        var settled = rows.ToDictionary(row => row.Row);
        var uncertain = new HashSet<SoughtRow>();
        foreach (var table in rows.Where(row => row.Row.Row is not null && !row.Candidate.HasCellBorders).Select(row => row.Row.Table).Distinct())
            Settle(table, [.. sought.Where(row => row.Table == table && (row.Replaces.Count == 0 || settled.ContainsKey(row)))], candidates, repeated, settled, uncertain);
        return ([.. sought.Where(settled.ContainsKey).Select(row => settled[row])], uncertain);
    }

    private static void Settle(
        FormTable table, List<SoughtRow> inTable, IReadOnlyList<RowCandidate> candidates, IReadOnlyList<AlignedRow> repeated,
        Dictionary<SoughtRow, AlignedRow> settled, HashSet<SoughtRow> uncertain)
    {
        var hasUnits = table.Rows[0].Unit is not null;
        var runs = Between(table, candidates, settled.Values).Where(candidate => !candidate.HasCellBorders
            && (hasUnits ? candidate.Cells[0].StatedUnit is not null : candidate.Cells.Count > 1)).ToList();
        // An undivided row stands for others, which are not printed then.
        var replaced = inTable.SelectMany(row => row.Replaces).ToHashSet();
        inTable.RemoveAll(row => replaced.Contains(row.Name));
        if (table.Columns.Count == 1 && !hasUnits)
            return;
        var (row, run) = (0, 0);
        for (var next = 0; next <= inTable.Count; next++)
        {
            var at = next == inTable.Count ? runs.Count : Anchor(inTable[next]);
            if (at < run)
                continue;
            if (next - row == at - run && inTable.GetRange(row, next - row).Zip(runs.GetRange(run, at - run)).All(pair => MayBe(pair.First, pair.Second)))
                Assign(inTable.GetRange(row, next - row), runs.GetRange(run, at - run));
            else
                uncertain.UnionWith(inTable.Skip(row).Take(next - row).Where(between => settled.TryGetValue(between, out var found) && !IsCertain(found) && !between.Labels.Any(label => label.Text.Length >= LongLabel)));
            // More rows are printed than the form has there: one of them may be a row around them, printed again.
            foreach (var again in next - row < at - run ? runs.GetRange(run, at - run) : [])
                uncertain.UnionWith(inTable.Skip(row - 1).Take(next - row + 2).Where(around => settled.TryGetValue(around, out var found) && IsAgain(found, again)));
            (row, run) = (next + 1, at + 1);
        }

        // Beside a row that was not found, pieces of a label may be those of its neighbour.
        for (var lost = 0; lost < inTable.Count; lost++)
        {
            if (settled.ContainsKey(inTable[lost]))
                continue;
            uncertain.UnionWith(inTable.Take(lost).Reverse().TakeWhile(IsInPieces).Concat(inTable.Skip(lost + 1).TakeWhile(IsInPieces)));
        }

        static bool IsAgain(AlignedRow found, RowCandidate again) => found.Candidate != again && !found.Candidate.HasCellBorders
            && !found.Candidate.Cells.Select(cell => cell.Text).SequenceEqual(again.Cells.Select(cell => cell.Text)) && again.Cells.Count == found.Candidate.Cells.Count && LabelBook.IsAround(again, found.Row);

        bool IsInPieces(SoughtRow sought) => settled.TryGetValue(sought, out var found) && !found.Candidate.HasCellBorders && found.Fit.Score < WholeLabel;

        int Anchor(SoughtRow sought) => settled.TryGetValue(sought, out var found) && IsCertain(found) && !found.IsOutOfOrder ? runs.IndexOf(found.Candidate) : -1;

        // What its own words make another row is not this one: rows may stand in another order.
        bool MayBe(SoughtRow wanted, RowCandidate printed) => settled.Values.Concat(repeated).All(found => found.Candidate != printed || found.Row == wanted);

        void Assign(List<SoughtRow> between, List<RowCandidate> printed)
        {
            for (var index = 0; index < between.Count; index++)
            {
                if (!settled.TryGetValue(between[index], out var found) || found.Candidate != printed[index])
                    settled[between[index]] = new AlignedRow(between[index], printed[index], new LabelFit(0.5, -1, "label.wrapped"));
            }
        }
    }

    /// <summary>What is printed between the rows of other tables, and below the table's own heading where that was seen.</summary>
    private static IEnumerable<RowCandidate> Between(FormTable table, IReadOnlyList<RowCandidate> candidates, IReadOnlyCollection<AlignedRow> rows)
    {
        var own = rows.Where(row => row.Row.Table == table).Select(row => row.Candidate.Place).ToList();
        var others = rows.Where(row => row.Row.Table != table).Select(row => row.Candidate.Place).ToList();
        var from = others.Where(place => place < own.Min()).DefaultIfEmpty(-1).Max() + 1;
        var to = others.Where(place => place > own.Max()).DefaultIfEmpty(candidates.Count).Min();
        var isBelowHeading = candidates.Any(candidate => candidate.Section == table.Section);
        return candidates.Take(to).Skip(from).Where(candidate => !isBelowHeading || candidate.Section == table.Section);
    }

    private static bool IsCertain(AlignedRow row) =>
        row.Candidate.HasCellBorders || (row.Fit.Score >= WholeLabel && row.Row.Labels.Any(label => label.Core.Length >= OwnLabel));
}
