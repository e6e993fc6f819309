namespace EtlWarehouse.Parsing.Documents.Scans;

/// <summary>Which pixels of a page are printed on.</summary>
internal sealed class InkBitmap
{
    /// <summary>A pixel is ink if it is darker than this share of the mean around it, so that shades and shadows are paper.</summary>
    public const float Letters = 0.78f;

    /// <summary>The same for thin lines, which a scanner spreads over two pixels.</summary>
    public const float Rulings = 0.92f;

    private readonly bool[] ink;

    private InkBitmap(int width, int height, bool[] ink) => (Width, Height, this.ink) = (width, height, ink);

    public int Width { get; }

    public int Height { get; }

    public bool this[int x, int y] => ink[(y * Width) + x];

    /// <param name="reach">Pixels to each side over which the paper's shade is taken.</param>
    /// <param name="darker"><see cref="Letters"/> or <see cref="Rulings"/>.</param>
    public static InkBitmap Of(GrayBitmap page, int reach, float darker)
    {
        var (width, height) = (page.Width, page.Height);
        // columns[x]: the sum of the pixels of column x in the rows around y.
        var columns = new int[width];
        for (var y = 0; y < Math.Min(reach, height); y++)
            AddRow(y, 1);
        var ink = new bool[width * height];
        for (var y = 0; y < height; y++)
        {
            if (y + reach < height)
                AddRow(y + reach, 1);
            if (y - reach > 0)
                AddRow(y - reach - 1, -1);
            var rows = Math.Min(height, y + reach + 1) - Math.Max(0, y - reach);
            var sum = 0L;
            for (var x = 0; x < Math.Min(reach, width); x++)
                sum += columns[x];
            for (var x = 0; x < width; x++)
            {
                sum += x + reach < width ? columns[x + reach] : 0;
                sum -= x - reach > 0 ? columns[x - reach - 1] : 0;
                var mean = sum / (float)(rows * (Math.Min(width, x + reach + 1) - Math.Max(0, x - reach)));
                var pixel = page.Pixels[(y * width) + x];
                ink[(y * width) + x] = pixel < mean * darker;
            }
        }

        return new InkBitmap(width, height, ink);

        void AddRow(int y, int sign)
        {
            for (var x = 0; x < width; x++)
                columns[x] += sign * page.Pixels[(y * width) + x];
        }
    }

    public void Clear(PixelBox part)
    {
        for (var y = Math.Max(0, part.Y0); y < Math.Min(Height, part.Y1); y++)
            ink.AsSpan((y * Width) + Math.Max(0, part.X0), Math.Max(0, Math.Min(Width, part.X1) - Math.Max(0, part.X0))).Clear();
    }

    /// <summary>Takes away specks: connected ink that is smaller than this in both directions.</summary>
    public void RemoveSpecks(int size)
    {
        foreach (var blot in Blots(new PixelBox(0, 0, Width, Height)))
        {
            if (blot.Box.Width < size && blot.Box.Height < size)
            {
                foreach (var at in blot.Pixels)
                    ink[at] = false;
            }
        }
    }

    /// <summary>The connected pieces of ink in a part of the page, from left to right.</summary>
    public IReadOnlyList<InkBlot> Blots(PixelBox part)
    {
        var blots = new List<InkBlot>();
        var seen = new bool[part.Width * part.Height];
        var open = new Stack<int>();
        for (var y = part.Y0; y < part.Y1; y++)
        {
            for (var x = part.X0; x < part.X1; x++)
            {
                if (!this[x, y] || seen[((y - part.Y0) * part.Width) + x - part.X0])
                    continue;
                var (box, pixels) = (new PixelBox(x, y, x + 1, y + 1), new List<int>());
                Visit(x, y);
                while (open.TryPop(out var at))
                {
                    pixels.Add(at);
                    var (atX, atY) = (at % Width, at / Width);
                    box = new PixelBox(Math.Min(box.X0, atX), Math.Min(box.Y0, atY), Math.Max(box.X1, atX + 1), Math.Max(box.Y1, atY + 1));
                    for (var besideY = Math.Max(part.Y0, atY - 1); besideY < Math.Min(part.Y1, atY + 2); besideY++)
                    {
                        for (var besideX = Math.Max(part.X0, atX - 1); besideX < Math.Min(part.X1, atX + 2); besideX++)
                            Visit(besideX, besideY);
                    }
                }

                blots.Add(new InkBlot(box, pixels));
            }
        }

        blots.Sort((one, other) => one.Box.X0.CompareTo(other.Box.X0));
        return blots;

        void Visit(int x, int y)
        {
            ref var isSeen = ref seen[((y - part.Y0) * part.Width) + x - part.X0];
            if (isSeen || !this[x, y])
                return;
            isSeen = true;
            open.Push((y * Width) + x);
        }
    }
}

/// <summary>Connected ink: a digit, a stroke of a character, or dirt.</summary>
/// <param name="Pixels">Places in the page's row-by-row order.</param>
internal sealed record InkBlot(PixelBox Box, IReadOnlyList<int> Pixels);
