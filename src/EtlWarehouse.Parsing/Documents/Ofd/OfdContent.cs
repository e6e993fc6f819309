using EtlWarehouse.Parsing.Documents.Pdf;

namespace EtlWarehouse.Parsing.Documents.Ofd;

/// <summary>An image and its rectangle (x, y, width, height) in points.</summary>
/// <param name="Resource">Its name in the document's resources.</param>
internal sealed record OfdPicture(string Resource, float[] Boundary)
{
    public float Area => MathF.Abs(Boundary[2] * Boundary[3]);
}

/// <summary>What one page, or one template of pages, prints by itself. The format counts in millimetres from the upper left; this in points.</summary>
internal sealed class OfdContent
{
    private const float PointsPerMillimetre = 72 / 25.4f;

    /// <summary>Millimetres, where a line states no width.</summary>
    private const float UsualLine = 0.353f;

    private readonly OfdPart part;
    private readonly PdfBounds bounds;
    private readonly PdfPaths paths = new();
    private readonly List<PdfGlyph> glyphs = [];
    private readonly List<OfdPicture> pictures = [];
    private readonly List<string> templates = [];

    /// <exception cref="DocumentRefusedException">The part is damaged, too large, or draws what is not read here.</exception>
    public OfdContent(OfdPart part, PdfBounds bounds)
    {
        (this.part, this.bounds) = (part, bounds);
        foreach (var name in part.Children())
        {
            if (name == "Template")
                templates.Add(part.Required("TemplateID"));
            else if (name == "Area")
                Area = ReadArea(part) ?? Area;
            else if (name == "Content")
                Objects();
        }
    }

    /// <summary>The page's own rectangle (x, y, width, height) in points; null where it has that of the document.</summary>
    public float[]? Area { get; }

    /// <summary>The templates that are drawn with it.</summary>
    public IReadOnlyList<string> Templates => templates;

    public IReadOnlyList<PdfGlyph> Glyphs => glyphs;

    public IReadOnlyList<PdfRuling> Rulings => paths.Rulings;

    public IReadOnlyList<OfdPicture> Pictures => pictures;

    /// <summary>The rectangle of the paper, below an element that states areas.</summary>
    public static float[]? ReadArea(OfdPart part)
    {
        float[]? area = null;
        foreach (var name in part.Children())
        {
            if (name == "PhysicalBox")
                area = InPoints(part.Parse(part.Text(), 4));
        }

        return area;
    }

    private static float[] InPoints(float[] millimetres) => [.. millimetres.Select(length => length * PointsPerMillimetre)];

    private void Objects()
    {
        foreach (var name in part.Children())
        {
            if (name is "Layer" or "PageBlock")
                Objects();
            else if (part.Attribute("Visible") == "false" || IsTransparent())
                continue;
            else if (name == "TextObject")
                Text();
            else if (name == "PathObject")
                Path();
            else if (name == "ImageObject")
                pictures.Add(new OfdPicture(part.Required("ResourceID"), InPoints(Boundary())));
            else if (name == "CompositeObject")
                // It may hold numbers; a page without them would look complete.
                throw new DocumentRefusedException("document.format", $"{part.Path}: expected text, lines and images, found a composite object");
        }
    }

    private float[] Boundary() => part.Numbers("Boundary", 4) ?? throw part.Damaged("attribute Boundary", "none");

    private PdfMatrix ToPage()
    {
        var origin = Boundary();
        var matrix = part.Numbers("CTM", 6) is { } own ? new PdfMatrix(own[0], own[1], own[2], own[3], own[4], own[5]) : new PdfMatrix(1, 0, 0, 1, 0, 0);
        return matrix.Then(new PdfMatrix(PointsPerMillimetre, 0, 0, PointsPerMillimetre, origin[0] * PointsPerMillimetre, origin[1] * PointsPerMillimetre));
    }

    private void Text()
    {
        var toPage = ToPage();
        var size = part.Number("Size", 0);
        var isFilled = part.Attribute("Fill") != "false";
        var isStroked = part.Attribute("Stroke") == "true";
        var text = new OfdText(part, toPage, size, size * part.Number("HScale", 1));
        var found = new List<PdfGlyph>();
        foreach (var name in part.Children())
        {
            if (name == "FillColor" && IsTransparent())
                isFilled = false;
            else if (name == "StrokeColor" && IsTransparent())
                isStroked = false;
            else if (name == "TextCode")
                text.Read(found, bounds);
        }

        // Text that is not painted lies over the picture of a scan: another program's reading of it.
        if (isFilled || isStroked)
            glyphs.AddRange(found);
    }

    private void Path()
    {
        var toPage = ToPage();
        var width = part.Number("LineWidth", UsualLine);
        var isStroked = part.Attribute("Stroke") != "false";
        var isFilled = part.Attribute("Fill") == "true";
        var data = "";
        foreach (var name in part.Children())
        {
            if (name == "AbbreviatedData")
                data = part.Text();
            else if (name == "StrokeColor")
                isStroked &= IsSeen();
            else if (name == "FillColor")
                isFilled &= IsSeen();
        }

        if (isStroked)
            Draw(data, stroke: true, toPage, width);
        if (isFilled)
            Draw(data, stroke: false, toPage, width);
    }

    private void Draw(string data, bool stroke, PdfMatrix toPage, float width)
    {
        paths.Begin(stroke, toPage, width, isWhite: false);
        Span<float> values = stackalloc float[7];
        var (command, needed, have) = (' ', 0, 0);
        foreach (var range in data.AsSpan().SplitAny(' ', ',', '\n', '\r', '\t'))
        {
            var word = data.AsSpan()[range];
            if (word.Length == 0)
                continue;
            if (word.Length == 1 && char.IsAsciiLetter(word[0]))
            {
                if (have < needed)
                    break;
                (command, have) = (word[0], 0);
                needed = command switch { 'M' or 'S' or 'L' => 2, 'Q' => 4, 'B' => 6, 'A' => 7, 'C' => 0, _ => throw part.Damaged("a path of S, M, L, Q, B, A and C", $"'{command}'") };
                if (command == 'C')
                    paths.Close();
                continue;
            }

            if (have == needed)
                throw part.Damaged($"{needed} numbers after '{command}'", "more");
            values[have++] = part.Number(word);
            if (have < needed)
                continue;
            if (needed > 2)
                paths.Curve();
            else
                paths.Point(command != 'L', values[0], values[1]);
        }

        if (have < needed)
            throw part.Damaged($"{needed} numbers after '{command}'", $"{have}");
        paths.End();
    }

    /// <summary>Whether a line in the current element's colour shows on paper; colours count to 255.</summary>
    private bool IsSeen()
    {
        if (IsTransparent())
            return false;
        var colour = part.Attribute("Value")?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        // A colour of four parts counts ink, the others light.
        return colour.Length == 0 || !colour.All(value => float.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var level) && (colour.Length == 4 ? level < 8 : level > 247));
    }

    private bool IsTransparent() => part.Attribute("Alpha") is { } alpha && alpha.Trim() == "0";
}
