using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>Finds rows that a report may print in place of others, such as （六）其他处理 where its items are not told apart.</summary>
internal static class OptionalRows
{
    /// <summary>Below this the label is not the row's own: it may be the heading of the rows that it would stand for.</summary>
    private const double OwnWording = 0.95;

    private const double OwnWordingOfBlanks = 0.85;

    /// <summary>Aligns again with the rows that may be meant, if none of the rows they stand for was found.</summary>
    /// <returns>The given alignment where no optional row is printed.</returns>
    public static (IReadOnlyList<AlignedRow> Rows, IReadOnlyList<AlignedRow> Repeated) Seek(
        IReadOnlyList<SoughtRow> sought, IReadOnlyList<RowCandidate> candidates,
        (IReadOnlyList<AlignedRow> Rows, IReadOnlyList<AlignedRow> Repeated) found)
    {
        var codes = found.Rows.Where(row => row.Row.Row is not null).Select(row => row.Row.Row!.Code).ToHashSet();
        var likely = sought.Where(row => row.Replaces.Count == 0 || !row.Replaces.Any(codes.Contains)).ToList();
        if (likely.TrueForAll(row => row.Replaces.Count == 0))
            return found;
        var again = RowAlignment.Align(new LabelBook(likely), candidates);
        var optional = again.Rows.Where(row => row.Row.Replaces.Count > 0).ToList();
        return optional.Count > 0 && optional.TrueForAll(IsPrinted) && again.Rows.Count > found.Rows.Count ? again : found;
    }

    private static bool IsPrinted(AlignedRow row)
    {
        if (row.Fit.Repair is not (null or "label.variant"))
            return false;
        if (!row.Candidate.HasCellBorders)
            return row.Fit.Score >= OwnWording;
        var kinds = row.Candidate.Cells.Skip(row.Fit.LabelIndex + 1).Select(cell => PrintedNumber.Read(cell.Text).Kind).ToList();
        if (kinds.Contains(PrintedKind.Text))
            return false;
        return row.Fit.Score >= (kinds.TrueForAll(kind => kind == PrintedKind.Blank) && kinds.Count >= row.Row.Width ? OwnWordingOfBlanks : OwnWording);
    }
}
