using System.Text.RegularExpressions;

namespace EtlWarehouse.Parsing.Documents.Pdf;

/// <summary>
/// A number in full-width digits that its cell is too narrow for: such digits wrap like ideographs, at any place. Digits of
/// half width do not, so two lines of them may be two numbers.
/// </summary>
internal static partial class PdfWrappedNumber
{
    /// <summary>Baselines of one paragraph, as a share of the size; rows of a table stand further apart.</summary>
    private const float LongestPitch = 1.6f;

    /// <summary>Points left and right of a text together, as word processors keep them free, and what they round.</summary>
    private const float Padding = 11.5f;

    /// <summary>The number; null where the cell holds anything else, or a line that had room for more.</summary>
    public static string? Read(IReadOnlyList<PdfWord> words, RuledCell cell)
    {
        if (words.Count < 2 || cell.RowSpan > 1)
            return null;
        for (var index = 1; index < words.Count; index++)
        {
            var (above, below) = (words[index - 1], words[index]);
            var room = cell.Box.X1 - cell.Box.X0 - (above.X1 - above.X0);
            if (above.Line == below.Line || below.Baseline - above.Baseline > LongestPitch * above.Size || room >= below.Size + Padding
                || below.X1 - below.X0 > above.X1 - above.X0 + 0.5f)
            {
                return null;
            }
        }

        var text = string.Concat(words.Select(word => word.Text));
        return words.All(word => Digits().IsMatch(word.Text)) ? text : null;
    }

    [GeneratedRegex("^[０-９．.，,]+$")]
    private static partial Regex Digits();
}
