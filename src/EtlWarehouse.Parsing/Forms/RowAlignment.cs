using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>A candidate that was found to be a row of the form.</summary>
internal sealed record AlignedRow(SoughtRow Row, RowCandidate Candidate, LabelFit Fit, bool IsOutOfOrder = false);

/// <summary>
/// Finds which candidate is which row. Labels alone cannot tell (其他 and 总计 mean several things), order alone
/// neither (rows get lost): the alignment takes the assignment in the form's order whose labels fit best.
/// </summary>
internal sealed class RowAlignment
{
    /// <summary>A row that is not in its place is believed only when its wording is the official one or a known variant.</summary>
    private const double Certain = 0.96;

    /// <summary>Weight of a row whose fields are words only.</summary>
    private const double HeaderLike = 0.75;

    private readonly IReadOnlyList<SoughtRow> rows;
    private readonly IReadOnlyList<RowCandidate> candidates;
    private readonly LabelFit[,] fits;

    private RowAlignment(LabelBook labels, IReadOnlyList<RowCandidate> candidates, bool ignoreSections)
    {
        rows = labels.Rows;
        this.candidates = candidates;
        fits = new LabelFit[candidates.Count, rows.Count];
        var seen = candidates.Select(candidate => candidate.Section).ToHashSet();
        for (var candidate = 0; candidate < candidates.Count; candidate++)
        {
            foreach (var (row, fit) in labels.Fits(candidates[candidate]))
            {
                var section = rows[row].Table.Section;
                // A heading may be lost, but where it was seen the row stands below it.
                if (ignoreSections || candidates[candidate].Section == section || !seen.Contains(section))
                    fits[candidate, row] = Weigh(candidates[candidate], rows[row], fit);
            }
        }
    }

    /// <summary>Rows found, in the form's order, and the certain readings of rows that were found already.</summary>
    public static (IReadOnlyList<AlignedRow> Rows, IReadOnlyList<AlignedRow> Repeated) Align(
        LabelBook labels, IReadOnlyList<RowCandidate> candidates)
    {
        var result = new RowAlignment(labels, candidates, ignoreSections: false).Align();
        if (result.Rows.Count * 2 >= labels.Rows.Count)
            return result;

        // Half of the form missing below its headings: perhaps the headings were a table of contents.
        var anywhere = new RowAlignment(labels, candidates, ignoreSections: true).Align();
        return anywhere.Rows.Count > result.Rows.Count ? anywhere : result;
    }

    private static LabelFit Weigh(RowCandidate candidate, SoughtRow row, LabelFit fit)
    {
        if (candidate.HasCellBorders && row.Row is not null)
        {
            var plausibility = Plausibility(candidate.Cells.Skip(fit.LabelIndex + 1));
            // A row of the header, where words stand on all sides, is none of the form's.
            return plausibility == HeaderLike && row.Columns.Any(names => names.Contains(candidate.Cells[fit.LabelIndex].Label))
                ? LabelFit.None
                : fit with { Score = fit.Score * plausibility };
        }

        if (candidate.HasCellBorders)
        {
            var values = candidate.Cells.Count(cell => cell.Number.Kind != PrintedKind.Text);
            return values >= row.Width && candidate.Cells.Count - values <= 1 && candidate.Cells.Any(cell => !string.IsNullOrWhiteSpace(cell.Text))
                ? fit
                : LabelFit.None;
        }

        // Prose states indicators too, but a table prints the unit before the number.
        if (row.Row?.Unit is not null && candidate.Cells[0].StatedUnit is null)
            return LabelFit.None;

        // Without borders the number of values is evidence too: a single figure at the end of a line of prose is no row of seven.
        if (candidate.Cells.Count == row.Width)
            return fit;
        return row.Width > 1 && candidate.Cells.Count > 1 && fit.Score > 0.9 ? fit with { Score = fit.Score * 0.6 } : LabelFit.None;
    }

    // 其他 and 总计 head columns too: a row with numbers behind its label is preferred to one without.
    private static double Plausibility(IEnumerable<PrintedCell> fields)
    {
        var kinds = fields.Select(field => field.Number.Kind).ToHashSet();
        if (kinds.Contains(PrintedKind.Number) || kinds.Contains(PrintedKind.Dash))
            return 1;
        return kinds.Contains(PrintedKind.Text) ? HeaderLike : 0.9;
    }

    private (IReadOnlyList<AlignedRow> Rows, IReadOnlyList<AlignedRow> Repeated) Align()
    {
        var best = new double[candidates.Count + 1, rows.Count + 1];
        for (var candidate = 1; candidate <= candidates.Count; candidate++)
        {
            for (var row = 1; row <= rows.Count; row++)
            {
                var paired = fits[candidate - 1, row - 1].Score is > 0 and var score ? best[candidate - 1, row - 1] + score : 0;
                best[candidate, row] = Math.Max(paired, Math.Max(best[candidate - 1, row], best[candidate, row - 1]));
            }
        }

        var candidateOf = new int[rows.Count];
        Array.Fill(candidateOf, -1);
        for (int candidate = candidates.Count, row = rows.Count; candidate > 0 && row > 0;)
        {
            if (best[candidate, row] == best[candidate - 1, row])
            {
                candidate--;
            }
            else if (best[candidate, row] == best[candidate, row - 1])
            {
                row--;
            }
            else
            {
                candidateOf[--row] = --candidate;
            }
        }

        return Collect(candidateOf);
    }

    private (IReadOnlyList<AlignedRow> Rows, IReadOnlyList<AlignedRow> Repeated) Collect(int[] candidateOf)
    {
        var used = candidateOf.Where(candidate => candidate >= 0).ToHashSet();
        var found = new AlignedRow?[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            if (candidateOf[row] >= 0)
                found[row] = new AlignedRow(rows[row], candidates[candidateOf[row]], fits[candidateOf[row], row]);
        }

        var repeated = new List<AlignedRow>();
        for (var candidate = 0; candidate < candidates.Count; candidate++)
        {
            if (used.Contains(candidate))
                continue;
            var row = Enumerable.Range(0, rows.Count).MaxBy(index => fits[candidate, index].Score);
            var fit = fits[candidate, row];
            // The row printed again: where lines are set apart, the words are this one's even in pieces.
            var isAgain = found[row] is not null && candidates[candidate].OwnWords is not null && fit.Score > 0;
            if (fit.Score < Certain && !isAgain)
                continue;
            if (found[row] is null)
                found[row] = new AlignedRow(rows[row], candidates[candidate], fit, IsOutOfOrder: true);
            else
                repeated.Add(new AlignedRow(rows[row], candidates[candidate], fit));
        }

        return ([.. found.OfType<AlignedRow>()], repeated);
    }
}
