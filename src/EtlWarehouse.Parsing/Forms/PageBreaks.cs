using EtlWarehouse.Parsing.Tables;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>
/// Joins a row that a page break cut in two. It is joined only where both halves of its label together are a label of
/// the form, neither half is one by itself, and no value stands in both halves.
/// </summary>
internal sealed class PageBreaks(FormDefinition form)
{
    private readonly HashSet<string> labels =
        [.. form.Tables.SelectMany(table => table.Rows).SelectMany(row => row.Labels).Select(label => FoldedLabel.Of(label).Core)];

    /// <returns>The table, and which of its rows were joined.</returns>
    public (TableGrid Grid, IReadOnlySet<int> Joined) Heal(TableGrid grid)
    {
        var healed = new HashSet<int>();
        if (grid.Rows.Count < 2 || grid.Rows[0].Count == 0 || grid.Rows[0][0].Page.Length == 0)
            return (grid, healed);
        var rows = grid.Rows.ToList();
        for (var row = 1; row < rows.Count; row++)
        {
            if (rows[row].Count == 0 || rows[row - 1].Count == 0 || rows[row][0].Page == rows[row - 1][0].Page
                || Join(rows[row - 1], rows[row]) is not { } joined)
            {
                continue;
            }

            (rows[row - 1], rows[row]) = (joined, []);
            healed.Add(joined[0].Row);
        }

        // The emptied row stays, so that the rows below keep their numbers.
        return (healed.Count > 0 ? grid with { Rows = rows } : grid, healed);
    }

    private List<GridCell>? Join(IReadOnlyList<GridCell> above, IReadOnlyList<GridCell> below)
    {
        var joined = above.ToList();
        var hasLabel = false;
        foreach (var cell in below.Where(cell => PrintedNumber.Read(cell.Text).Kind != PrintedKind.Blank))
        {
            var index = joined.FindIndex(other => other.Column == cell.Column && other.ColumnSpan == cell.ColumnSpan);
            if (index < 0)
            {
                // The rest of a group's label, which stands beside several rows and begins above this one.
                if (cell.RowSpan > 1 && above.All(other => other.Column > cell.Column) && PrintedNumber.Read(cell.Text).Kind == PrintedKind.Text)
                    continue;
                return null;
            }

            var other = joined[index];
            var (kind, otherKind) = (PrintedNumber.Read(cell.Text).Kind, PrintedNumber.Read(other.Text).Kind);
            if (otherKind == PrintedKind.Blank)
            {
                joined[index] = other with { Text = cell.Text, Page = cell.Page, Box = cell.Box };
                continue;
            }

            if (kind != PrintedKind.Text || otherKind != PrintedKind.Text || IsLabel(cell.Text) || IsLabel(other.Text))
                return null;
            joined[index] = other with { Text = other.Text + "\n" + cell.Text };
            hasLabel |= IsLabel(joined[index].Text);
        }

        return hasLabel ? joined : null;
    }

    private bool IsLabel(string text) => labels.Contains(FoldedLabel.Of(text).Core);
}
