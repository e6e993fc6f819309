using System.Globalization;
using System.Text;

namespace EtlWarehouse.Parsing.Documents.Pdf;

/// <summary>Reads what <c>mutool draw -F trace</c> says a page draws: characters and rulings, each with its place.</summary>
/// <remarks>
/// The trace has one element a line. It is read line by line and not as XML, because names of fonts and characters come
/// from the document and need not be valid XML.
/// </remarks>
internal sealed class PdfTrace
{
    /// <summary>Bytes.</summary>
    private const int LongestElement = 4000;

    private readonly List<PdfPage> pages = [];
    private readonly PdfPaths paths = new();
    private readonly PdfBounds bounds = new();
    private List<PdfGlyph> glyphs = [];
    private float width;
    private float height;
    private bool hasPicture;
    private bool isText;
    private bool isUpright = true;
    private PdfMatrix toPage;
    private PdfMatrix font;

    public static IReadOnlyList<PdfPage> Read(Stream trace)
    {
        var reader = new PdfTrace();
        var buffer = new byte[1 << 16];
        // What stands in the buffer behind the last line feed; all of the rest of a line that is too long to be an element is dropped.
        var (begun, isCut) = (0, false);
        for (int read; (read = trace.Read(buffer.AsSpan(begun))) > 0;)
        {
            var rest = buffer.AsSpan(0, begun + read);
            while (rest.IndexOf((byte)'\n') is >= 0 and var end)
            {
                if (!isCut)
                    reader.Line(rest[..end]);
                isCut = false;
                rest = rest[(end + 1)..];
            }

            if (rest.Length > LongestElement)
            {
                if (!isCut)
                    reader.Line(rest);
                rest = [];
                isCut = true;
            }

            rest.CopyTo(buffer);
            begun = rest.Length;
        }

        if (!isCut)
            reader.Line(buffer.AsSpan(0, begun));
        return reader.pages;
    }

    /// <param name="line">In UTF-8; looked at up to where it is longer than any element we know.</param>
    private void Line(ReadOnlySpan<byte> line)
    {
        line = line.TrimStart(" \t"u8);
        if (line.Length <= 1 || line[0] != '<')
            return;
        line = line[..Math.Min(line.Length, LongestElement)];
        Span<char> text = stackalloc char[LongestElement];
        Element(text[..Encoding.UTF8.GetChars(line, text)]);
    }

    private void Element(ReadOnlySpan<char> element)
    {
        if (element.StartsWith("<g "))
            Glyph(element);
        else if (element.StartsWith("<span "))
            Span(element);
        else if (element.StartsWith("<moveto ") || element.StartsWith("<lineto "))
            paths.Point(element[1] == 'm', Attribute(element, " x=\""), Attribute(element, " y=\""));
        else if (element.StartsWith("<curveto"))
            paths.Curve();
        else if (element.StartsWith("<closepath"))
            paths.Close();
        else if (element.StartsWith("<fill_path ") || element.StartsWith("<stroke_path "))
            paths.Begin(element[1] == 's', Matrix(element, " transform=\""), Attribute(element, " linewidth=\""), IsWhite(element));
        else if (element.StartsWith("</fill_path") || element.StartsWith("</stroke_path"))
            paths.End();
        else if (element.StartsWith("<fill_text ") || element.StartsWith("<stroke_text "))
            Text(element);
        else if (element.StartsWith("</fill_text") || element.StartsWith("</stroke_text"))
            isText = false;
        else if (element.StartsWith("<fill_image"))
            hasPicture = true;
        else if (element.StartsWith("<page "))
            Page(element);
        else if (element.StartsWith("</page"))
            EndPage();
    }

    private void Page(ReadOnlySpan<char> element)
    {
        bounds.AddPage();
        Span<float> box = stackalloc float[4];
        Numbers(element, " mediabox=\"", box);
        (width, height) = (box[2] - box[0], box[3] - box[1]);
        (glyphs, hasPicture, isText) = ([], false, false);
        paths.Clear();
    }

    private void EndPage() => pages.Add(new PdfPage(width, height, glyphs, bounds.OfPage(paths.Rulings), hasPicture));

    private void Text(ReadOnlySpan<char> element)
    {
        isText = true;
        toPage = Matrix(element, " transform=\"");
    }

    private void Span(ReadOnlySpan<char> element)
    {
        font = Matrix(element, " trm=\"");
        isUpright = !element.Contains(" wmode=\"1\"", StringComparison.Ordinal);
    }

    private void Glyph(ReadOnlySpan<char> element)
    {
        if (!isText)
            return;
        bounds.AddGlyphs(1);
        var rune = Unicode(element);
        var advance = isUpright ? Attribute(element, " adv=\"") : 1;
        var (x, y) = toPage.Apply(Attribute(element, " x=\""), Attribute(element, " y=\""));
        var all = font.Then(toPage);
        glyphs.Add(new PdfGlyph(rune, x, y, MathF.Abs(all.A * advance), all.Size));
    }

    private static int Unicode(ReadOnlySpan<char> element)
    {
        const int Start = 12; // <g unicode="
        var end = element.IndexOf("\" glyph=", StringComparison.Ordinal);
        if (end <= Start)
            return 0xFFFD;
        var text = element[Start..end];
        if (text[0] == '&' && text.Length > 1)
        {
            return text switch
            {
                "&amp;" => '&',
                "&lt;" => '<',
                "&gt;" => '>',
                "&quot;" => '"',
                "&apos;" => '\'',
                _ when text.StartsWith("&#x") && int.TryParse(text[3..].TrimEnd(';'), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code)
                    && Rune.IsValid(code) => code,
                _ => 0xFFFD,
            };
        }

        // More than one character for a glyph is a ligature, which no label or number of a form has.
        return Rune.DecodeFromUtf16(text, out var rune, out var used) == System.Buffers.OperationStatus.Done && used == text.Length ? rune.Value : 0xFFFD;
    }

    // Text without colour values, or all of them full: no ruling is printed in white.
    private static bool IsWhite(ReadOnlySpan<char> element)
    {
        Span<float> colour = stackalloc float[4];
        var count = Numbers(element, " color=\"", colour);
        return count switch
        {
            1 or 3 => colour[..count].IndexOfAnyInRange(float.MinValue, 0.97f) < 0,
            4 => colour.IndexOfAnyInRange(0.03f, float.MaxValue) < 0,
            _ => false,
        };
    }

    private static PdfMatrix Matrix(ReadOnlySpan<char> element, string name)
    {
        Span<float> values = stackalloc float[6];
        var count = Numbers(element, name, values);
        return count >= 4 ? new PdfMatrix(values[0], values[1], values[2], values[3], values[4], values[5]) : new PdfMatrix(1, 0, 0, 1, 0, 0);
    }

    private static float Attribute(ReadOnlySpan<char> element, string name)
    {
        Span<float> value = stackalloc float[1];
        return Numbers(element, name, value) == 1 ? value[0] : 0;
    }

    private static int Numbers(ReadOnlySpan<char> element, string name, Span<float> values)
    {
        // Our attributes come after those with names from the document.
        var start = element.LastIndexOf(name, StringComparison.Ordinal);
        if (start < 0)
            return 0;
        var text = element[(start + name.Length)..];
        var end = text.IndexOf('"');
        if (end < 0)
            return 0;
        text = text[..end];
        var count = 0;
        foreach (var range in text.SplitAny(' ', ','))
        {
            if (count == values.Length || !float.TryParse(text[range], NumberStyles.Float, CultureInfo.InvariantCulture, out values[count]) || !float.IsFinite(values[count]))
                return count;
            count++;
        }

        return count;
    }
}
