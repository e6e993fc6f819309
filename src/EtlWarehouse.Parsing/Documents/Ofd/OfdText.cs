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
        var words = new Queue<string>(text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? []);
        while (steps.Count < most && words.TryDequeue(out var word))
        {
            if (word is not ("g" or "G"))
            {
                steps.Add(part.Number(word));
                continue;
            }

            if (!words.TryDequeue(out var times) || !int.TryParse(times, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count) || !words.TryDequeue(out var step))
                throw part.Damaged("a count and a distance after 'g'", $"'{times}'");
            var distance = part.Number(step);
            steps.AddRange(Enumerable.Repeat(distance, Math.Min(count, most - steps.Count)));
        }

        return [.. steps];
    }
}
