namespace EtlWarehouse.Parsing.Documents.Scans;

/// <summary>
/// Tells digits by what all fonts share: holes and where they lie, and on which side paper reaches into the digit. All
/// measures are shares of the digit's box. The limits leave room on both sides of what eleven fonts measure in two weights
/// at 8.5 to 12 points, scanned at 150 to 300 dots an inch; what lies between them can be either digit.
/// </summary>
internal sealed class DigitShape
{
    /// <summary>Share of the digit's box: a smaller hole is a gap that noise left.</summary>
    private const float SmallestHole = 0.015f;

    /// <summary>Width by height: only a one without a foot is so narrow, and no digit is wider.</summary>
    private const float Narrow = 0.5f;

    private const float Wide = 1f;

    /// <summary>Rows of the bars at the top and bottom of a digit.</summary>
    private const float Bar = 0.16f;

    private readonly bool[] ink;
    private readonly int width;
    private readonly int height;

    /// <param name="ink">Row after row; the digit touches all four sides.</param>
    private DigitShape(bool[] ink, int width) => (this.ink, this.width, height) = (ink, width, ink.Length / width);

    /// <param name="page">The page that the ink lies on.</param>
    /// <returns>The digits that the ink can be; empty where it is none.</returns>
    public static string CanBe(InkBitmap page, InkBlot blot)
    {
        var ink = new bool[blot.Box.Width * blot.Box.Height];
        foreach (var at in blot.Pixels)
            ink[(((at / page.Width) - blot.Box.Y0) * blot.Box.Width) + (at % page.Width) - blot.Box.X0] = true;
        return CanBe(ink, blot.Box.Width);
    }

    /// <param name="ink">Row after row; the digit touches all four sides.</param>
    internal static string CanBe(bool[] ink, int width)
    {
        var shape = new DigitShape(ink, width);
        if (width > Wide * shape.height)
            return "";
        var holes = shape.Holes();
        return holes.Count switch
        {
            0 => shape.WithoutHole(),
            1 => shape.WithHole(holes[0].Top / (float)shape.height, (shape.height - holes[0].Bottom) / (float)shape.height),
            2 => "8",
            _ => "",
        };
    }

    /// <param name="above">Share of the height above the hole.</param>
    /// <param name="below">The same below it.</param>
    private string WithHole(float above, float below)
    {
        if (below < 0.27f)
            return above < 0.3f ? "0" : above > 0.37f ? "6" : "06";
        // The bar of a four reaches to the left side, where a nine is open.
        var left = Left(0.58f, 0.72f);
        if (left < 0.14f && above > 0.17f)
            return "4";
        return left > 0.15f && above < 0.28f && below > 0.38f ? "9" : "49";
    }

    private string WithoutHole()
    {
        var (top, bottom) = (LongestRun(0, Bar), LongestRun(1 - Bar, 1));
        // A narrow seven has its bar, which is a third of its height.
        if (width < Narrow * height && top * width < 0.3f * height)
            return "1";
        var (upperLeft, upperRight) = (Left(0.3f, 0.44f), Right(0.22f, 0.36f));
        var (lowerLeft, lowerRight) = (Left(0.58f, 0.72f), Right(0.58f, 0.72f));
        // Right of the foot of a two and of the stems of a one and a seven is paper, right of the belly of a three and a five none.
        var isOpenBelow = lowerRight > 0.16f && lowerLeft > 0.1f;
        var isShutBelow = lowerRight < 0.13f && lowerLeft > 0.3f;
        var leans = Left(0.44f, 0.58f) - Left(0.66f, 0.8f);
        var can = new List<string>();
        if (isOpenBelow && bottom > 0.75f && top < 0.86f && upperRight > 0.16f && MathF.Abs(leans) < 0.1f)
            can.Add("1");
        if (isOpenBelow && bottom > 0.88f && upperRight < 0.16f && upperLeft > 0.45f && leans > 0.12f)
            can.Add("2");
        if (isShutBelow && upperRight < 0.16f && upperLeft > 0.35f)
            can.Add("3");
        if (isShutBelow && upperRight > 0.35f && upperLeft < 0.25f)
            can.Add("5");
        if (isOpenBelow && top > 0.87f && bottom < 0.6f && Right(0.66f, 0.8f) - upperRight > 0.1f)
            can.Add("7");
        return can.Count == 1 ? can[0] : "12357";
    }

    /// <summary>Usual share of paper before the first ink in the rows between two shares of the height.</summary>
    private float Left(float from, float to) => Usual(from, to, row => row.IndexOf(true));

    private float Right(float from, float to) => Usual(from, to, row => width - 1 - row.LastIndexOf(true));

    private float Usual(float from, float to, Func<ReadOnlySpan<bool>, int> paper)
    {
        var all = new List<int>();
        for (var y = (int)(from * height); y < (int)(to * height); y++)
        {
            if (Row(y) is var row && row.Contains(true))
                all.Add(paper(row));
        }

        all.Sort();
        return all.Count == 0 ? 0 : all[all.Count / 2] / (float)width;
    }

    private float LongestRun(float from, float to)
    {
        var longest = 0;
        for (var y = (int)(from * height); y < (int)MathF.Ceiling(to * height); y++)
        {
            var run = 0;
            foreach (var isInk in Row(y))
            {
                run = isInk ? run + 1 : 0;
                longest = Math.Max(longest, run);
            }
        }

        return longest / (float)width;
    }

    private ReadOnlySpan<bool> Row(int y) => ink.AsSpan(y * width, width);

    /// <summary>Paper that the digit's ink shuts in; the rows it begins at and ends before.</summary>
    private List<(int Top, int Bottom)> Holes()
    {
        // One pixel of paper around the digit joins all that is outside.
        var (wide, high) = (width + 2, height + 2);
        var isTaken = new bool[wide * high];
        for (var y = 0; y < height; y++)
            Row(y).CopyTo(isTaken.AsSpan(((y + 1) * wide) + 1));
        var holes = new List<(int, int)>();
        var open = new Stack<int>();
        for (var start = 0; start < isTaken.Length; start++)
        {
            if (isTaken[start])
                continue;
            Take(start);
            var (size, top, bottom) = (0, high, 0);
            while (open.TryPop(out var at))
            {
                size++;
                var (x, y) = (at % wide, at / wide);
                (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y + 1));
                if (x > 0)
                    Take(at - 1);
                if (x + 1 < wide)
                    Take(at + 1);
                if (y > 0)
                    Take(at - wide);
                if (y + 1 < high)
                    Take(at + wide);
            }

            // The first is what lies around the digit.
            if (start > 0 && size > SmallestHole * width * height)
                holes.Add((top - 1, bottom - 1));
        }

        return holes;

        void Take(int at)
        {
            if (isTaken[at])
                return;
            isTaken[at] = true;
            open.Push(at);
        }
    }
}
