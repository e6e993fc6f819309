using System.Buffers;
using System.Globalization;
using System.Text;
using EtlWarehouse.Parsing.Documents.Pdf;

namespace EtlWarehouse.Parsing.Documents.Ofd;

/// <summary>Places the characters of a text object. The format states where each begins, never how wide it is.</summary>
/// <param name="size">Millimetres, as <paramref name="width"/>, which is the size along the line.</param>
internal sealed class OfdText(OfdPart part, PdfMatrix toPage, float size, float width)
{
    /// <summary>Of the size: what a character takes at most. A longer way to the next one leaves a gap.</summary>
    private const float WidestLatin = 0.7f;

    private const float WidestOther = 1.2f;

    /// <summary>Of the size, where no other character tells: rather too wide, so that a number that crosses a border is never taken for two.</summary>
    private const float UsualLatin = 0.6f;

    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n\u00A0\u3000");

    private float x;
    private float y;

    /// <summary>Adds the characters of the current <c>TextCode</c>.</summary>
    public void Read(List<PdfGlyph> glyphs, PdfBounds bounds)
    {
        // Without a place of its own, a run begins where the one before it began.
        (x, y) = (part.Number("X", x), part.Number("Y", y));
        var (across, down) = (part.Attribute("DeltaX"), part.Attribute("DeltaY"));
        var runes = part.Text().EnumerateRunes().ToArray();
        bounds.AddGlyphs(runes.Length);
        var steps = Steps(across, runes.Length - 1);
        var drops = Steps(down, runes.Length - 1);
        var (left, baseline, digit) = (x, y, 0f);
        for (var index = 0; index < runes.Length; index++)
        {
            var (isLatin, isDigit) = (runes[index].Value < 0x2E80, Rune.IsDigit(runes[index]));
            var usual = width * (isLatin ? UsualLatin : 1);
            // Characters without any places do not lie upon each other: 11 would be 1.
            var step = index < steps.Length ? steps[index] : down is null ? usual : 0;
            var isClose = index < steps.Length && MathF.Abs(step) <= width * (isLatin ? WidestLatin : WidestOther);
            // Digits are as wide as each other, so one tells of the last.
            var advance = isClose ? MathF.Abs(step) : isDigit && digit > 0 ? digit : usual;
            if (isClose && isDigit)
                digit = advance;
            var (onPageX, onPageY) = toPage.Apply(left, baseline);
            glyphs.Add(new PdfGlyph(runes[index].Value, onPageX, onPageY, MathF.Abs(toPage.A * advance), size * toPage.Size));
            left += step;
            baseline += index < drops.Length ? drops[index] : 0;
        }
    }

    /// <summary>Distances from character to character; <c>g 3 2.5</c> stands for three of 2.5.</summary>
    private float[] Steps(string? text, int most)
    {
        var steps = new List<float>();
        var (times, isCounted, isOpen) = (1, false, false);
        // Of a text that states a million distances for two characters, one is read.
        foreach (var range in text.AsSpan().SplitAny(Blanks))
        {
            var word = text.AsSpan()[range];
            if (word.Length == 0)
                continue;
            if (steps.Count >= most)
                return [.. steps];
            if (isCounted)
            {
                if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out times))
                    throw part.Damaged("a count and a distance after 'g'", $"'{word[..Math.Min(40, word.Length)]}'");
                isCounted = false;
            }
            else if (!isOpen && word is "g" or "G")
            {
                isCounted = isOpen = true;
            }
            else
            {
                steps.AddRange(Enumerable.Repeat(part.Number(word), Math.Min(times, most - steps.Count)));
                (times, isOpen) = (1, false);
            }
        }

        return isOpen && steps.Count < most ? throw part.Damaged("a count and a distance after 'g'", "the end") : [.. steps];
    }
}
