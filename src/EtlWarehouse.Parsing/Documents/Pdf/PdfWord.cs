using System.Globalization;
using System.Text;

namespace EtlWarehouse.Parsing.Documents.Pdf;

/// <summary>A number or Latin word, or one character of Chinese: what is never cut when it is put into a cell.</summary>
/// <param name="Line">Words with the same number share a baseline.</param>
internal sealed record PdfWord(string Text, int Line, float X0, float X1, float Baseline, float Size)
{
    /// <summary>Where a character's middle lies above its baseline, as a share of its size.</summary>
    private const float Middle = 0.3f;

    /// <summary>Shares of the size: nearer baselines are one line; wider gaps are a blank.</summary>
    private const float SameLine = 0.35f;

    private const float Blank = 0.3f;

    private const float Gap = 0.05f;

    public PdfBox Box => new(X0, Baseline - (0.85f * Size), X1, Baseline + (0.2f * Size));

    public float CentreX => (X0 + X1) / 2;

    public float CentreY => Baseline - (Middle * Size);

    /// <summary>The middles of its first and last character.</summary>
    public (float First, float Last) EdgesX { get; private init; }

    public bool IsNumber => IsDigit(Text[0]) || IsDigit(Text[^1]);

    /// <summary>The words of a page, line after line from the top, each from left to right.</summary>
    /// <param name="isBorder">Whether a border stands between two places on a baseline: the left one, the right one, the height.</param>
    public static IReadOnlyList<PdfWord> FindAll(IReadOnlyList<PdfGlyph> glyphs, Func<float, float, float, bool> isBorder)
    {
        var words = new List<PdfWord>();
        var line = new List<PdfGlyph>();
        var number = 0;
        foreach (var glyph in glyphs.Where(IsPrinted).OrderBy(glyph => glyph.Y).ThenBy(glyph => glyph.X))
        {
            if (line.Count > 0 && glyph.Y - line[0].Y > SameLine * MathF.Min(line[0].Size, glyph.Size))
            {
                Split(line, number++, isBorder, words);
                line.Clear();
            }

            line.Add(glyph);
        }

        Split(line, number, isBorder, words);
        return words;
    }

    /// <summary>The words as one text: a blank where a gap is printed, a line break between baselines.</summary>
    public static string Join(IReadOnlyList<PdfWord> words)
    {
        var text = new StringBuilder();
        for (var index = 0; index < words.Count; index++)
        {
            if (index > 0 && words[index].Line != words[index - 1].Line)
                text.Append('\n');
            else if (index > 0 && IsApart(words[index - 1], words[index]))
                text.Append(' ');
            text.Append(words[index].Text);
        }

        return text.ToString();
    }

    // Closing brackets and quotes are half blank: what begins before their end is another column's.
    private static bool IsApart(PdfWord left, PdfWord right)
    {
        var gap = right.X0 - left.X1;
        return gap > Blank * right.Size || (gap < -Gap * right.Size && "）】》」』”’".Contains(left.Text[^1], StringComparison.Ordinal));
    }

    private static bool IsPrinted(PdfGlyph glyph) =>
        glyph.Size is > 0.5f and < 400 && glyph.Rune > ' ' && glyph.Rune is not (0xA0 or 0x3000 or 0xFEFF or 0x200B or 0xAD);

    private static void Split(List<PdfGlyph> line, int number, Func<float, float, float, bool> isBorder, List<PdfWord> words)
    {
        var text = new StringBuilder();
        PdfGlyph first = default;
        PdfGlyph last = default;
        foreach (var glyph in line.OrderBy(glyph => glyph.X))
        {
            // Bold print is often the same character twice, a hair apart.
            if (text.Length > 0 && glyph.Rune == last.Rune && glyph.X - last.X < 0.15f * glyph.Size)
                continue;
            var gap = glyph.X - (last.X + last.Width);
            if (text.Length > 0 && (!IsOfWord(last.Rune) || !IsOfWord(glyph.Rune) || gap > Blank * glyph.Size
                // Two numbers in narrow cells; one number that is printed across a border has no gap there.
                || (gap > Gap * glyph.Size && isBorder(last.X + last.Width, glyph.X, glyph.Y - (Middle * glyph.Size)))))
            {
                Take();
            }

            if (text.Length == 0)
                first = glyph;
            text.Append(char.ConvertFromUtf32(glyph.Rune));
            last = glyph;
        }

        Take();

        void Take()
        {
            if (text.Length > 0)
                words.Add(new PdfWord(text.ToString(), number, first.X, last.X + last.Width, first.Y, first.Size) { EdgesX = (first.X + (first.Width / 2), last.X + (last.Width / 2)) });
            text.Clear();
        }
    }

    private static bool IsDigit(char letter) => char.IsAsciiDigit(letter) || letter is >= '０' and <= '９';

    private static bool IsOfWord(int rune) =>
        rune is (< 0x2E80 and > ' ') or (>= 0xFF0B and <= 0xFF19)
        && !(Rune.IsValid(rune) && Rune.GetUnicodeCategory(new Rune(rune)) is UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation);
}
