namespace EtlWarehouse.Parsing.Documents.Pdf;

/// <summary>Finds the rulings among the paths of a page: axis-parallel strokes, and fills so thin that they are lines.</summary>
internal sealed class PdfPaths
{
    /// <summary>Points. Fills thicker than this are areas.</summary>
    private const float Thickest = 2.5f;

    private const float Straight = 0.5f;

    private const int LongestPath = 2_000;

    private readonly List<(float X, float Y)> points = [];
    private bool isStroke;
    private bool isIgnored;
    private bool hasCurve;
    private float lineWidth;
    private PdfMatrix toPage;

    public List<PdfRuling> Rulings { get; } = [];

    public void Clear()
    {
        Rulings.Clear();
        points.Clear();
        isIgnored = true;
    }

    public void Begin(bool stroke, PdfMatrix matrix, float width, bool isWhite)
    {
        (isStroke, toPage, lineWidth, isIgnored, hasCurve) = (stroke, matrix, width * matrix.Size, isWhite, false);
        points.Clear();
    }

    public void Point(bool begins, float x, float y)
    {
        if (isIgnored)
            return;
        if (begins)
            EndPart();
        if (points.Count < LongestPath)
            points.Add(toPage.Apply(x, y));
    }

    public void Curve() => hasCurve = true;

    public void Close()
    {
        if (!isIgnored && points.Count > 0 && points.Count < LongestPath)
            points.Add(points[0]);
    }

    public void End()
    {
        if (!isIgnored)
            EndPart();
        // Clipping paths come without a beginning that we look at.
        isIgnored = true;
    }

    private void EndPart()
    {
        if (points.Count > 1 && points.Count < LongestPath && !hasCurve)
        {
            if (isStroke)
                Strokes();
            else
                Fill();
        }

        points.Clear();
        hasCurve = false;
    }

    private void Strokes()
    {
        for (var index = 1; index < points.Count; index++)
        {
            var (from, to) = (points[index - 1], points[index]);
            var (across, down) = (MathF.Abs(from.X - to.X), MathF.Abs(from.Y - to.Y));
            if (across <= Straight && down <= Straight)
                continue;
            // A short stroke of a wide pen is a line in the other direction.
            if (lineWidth > Thickest && lineWidth > across + down)
                Thin(MathF.Min(from.X, to.X) - (down > across ? lineWidth / 2 : 0), MathF.Min(from.Y, to.Y) - (across > down ? lineWidth / 2 : 0), MathF.Max(from.X, to.X) + (down > across ? lineWidth / 2 : 0), MathF.Max(from.Y, to.Y) + (across > down ? lineWidth / 2 : 0));
            else if (down <= Straight)
                Add(MathF.Min(from.X, to.X), (from.Y + to.Y) / 2, MathF.Max(from.X, to.X), (from.Y + to.Y) / 2);
            else if (across <= Straight)
                Add((from.X + to.X) / 2, MathF.Min(from.Y, to.Y), (from.X + to.X) / 2, MathF.Max(from.Y, to.Y));
        }
    }

    private void Fill() => Thin(
        points.Min(point => point.X), points.Min(point => point.Y), points.Max(point => point.X), points.Max(point => point.Y));

    private void Thin(float x0, float y0, float x1, float y1)
    {
        var (across, down) = (x1 - x0, y1 - y0);
        if (down <= Thickest && across >= down)
            Add(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2);
        if (across <= Thickest && down >= across)
            Add((x0 + x1) / 2, y0, (x0 + x1) / 2, y1);
    }

    private void Add(float x0, float y0, float x1, float y1) => Rulings.Add(new PdfRuling(x0, y0, x1, y1));
}
