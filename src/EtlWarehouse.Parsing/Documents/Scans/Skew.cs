namespace EtlWarehouse.Parsing.Documents.Scans;

/// <summary>By how much a page lies askew.</summary>
internal static class Skew
{
    private const float Most = 0.06f;

    private const float Step = 0.004f;

    private const float Finest = 0.0002f;

    /// <summary>Pixels; so sparse a sample still meets every line of text and every ruling.</summary>
    private const int Sample = 3;

    /// <summary>The slope of its lines: pixels down for each pixel to the right, up to about 3.4 degrees either way.</summary>
    public static float Of(InkBitmap page)
    {
        var points = new List<(int X, int Y)>();
        for (var y = 0; y < page.Height; y++)
        {
            for (var x = y % Sample; x < page.Width; x += Sample)
            {
                if (page[x, y])
                    points.Add((x, y));
            }
        }

        var best = 0f;
        var reach = (int)MathF.Ceiling(Most * 1.2f * page.Width);
        var rows = new int[page.Height + (2 * reach) + 2];
        for (var step = Step; step >= Finest; step /= 4)
        {
            var (from, to) = step == Step ? (-Most, Most) : (best - (4 * step), best + (4 * step));
            var highest = -1.0;
            for (var slope = from; slope <= to + (step / 2); slope += step)
            {
                if (Sharpness(points, slope, rows, reach) is var sharpness && sharpness > highest)
                    (highest, best) = (sharpness, slope);
            }
        }

        return MathF.Abs(best) < Finest * 2 ? 0 : best;
    }

    /// <summary>Level lines gather their ink in few rows.</summary>
    private static double Sharpness(List<(int X, int Y)> points, float slope, int[] rows, int reach)
    {
        Array.Clear(rows);
        foreach (var (x, y) in points)
            rows[(int)(y - (slope * x) + reach)]++;
        var sum = 0.0;
        foreach (var count in rows)
            sum += (double)count * count;
        return sum;
    }
}
