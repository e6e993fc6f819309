using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Documents.Pdf;

/// <summary>
/// Units that wrap: in a narrow column <c>万元</c> stands as one character above the line of its number and one below.
/// </summary>
internal static class PdfWrappedUnits
{
    /// <summary>Points that characters of one column differ in.</summary>
    private const float SameColumn = 1f;

    /// <summary>Baselines of one paragraph and blanks between columns, as shares of the size.</summary>
    private const float LongestPitch = 2f;

    private const float Blank = 0.3f;

    /// <summary>The words, each such unit as one on the line of its number.</summary>
    public static IReadOnlyList<PdfWord> Join(IReadOnlyList<PdfWord> words)
    {
        var parts = words.Where(word => word.Text.Length == 1 && CharacterFolding.Fold(word.Text)[0] is '万' or '亿' or '人' or '件' or '元' or '次').ToList();
        if (parts.Count < 2)
            return words;
        var joined = words.ToList();
        foreach (var upper in parts)
        {
            var lower = parts.Find(part => MathF.Abs(part.X0 - upper.X0) < SameColumn && part.Line > upper.Line
                && part.Baseline - upper.Baseline < LongestPitch * upper.Size && PrintedNumber.IsUnit(upper.Text + part.Text));
            if (lower is null || !IsAlone(upper, words) || !IsAlone(lower, words))
                continue;
            var numbers = words.Where(word => word.IsNumber && word.X0 > upper.X1 && word.Baseline > upper.Baseline && word.Baseline < lower.Baseline).ToList();
            if (numbers is not [var number])
                continue;
            joined.Remove(lower);
            joined[joined.IndexOf(upper)] = upper with { Text = upper.Text + lower.Text, Line = number.Line, Baseline = number.Baseline };
        }

        return joined;
    }

    private static bool IsAlone(PdfWord part, IReadOnlyList<PdfWord> words) => words.All(word => word == part || word.Line != part.Line
        || word.X1 <= part.X0 - (Blank * part.Size) || word.X0 >= part.X1 + (Blank * part.Size));
}
