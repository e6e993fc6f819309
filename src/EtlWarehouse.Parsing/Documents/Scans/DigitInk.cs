namespace EtlWarehouse.Parsing.Documents.Scans;

/// <summary>
/// What the ink of a number can be by its shape alone: how many digits, and which digits each can be by its holes and
/// proportions. It knows nothing of Tesseract, so that the two do not err together.
/// </summary>
/// <param name="Digits">For each digit from left to right those it can be.</param>
internal sealed record DigitInk(IReadOnlyList<string> Digits)
{
    /// <summary>Shares of the tallest digit: lower ink is a point, a comma or dirt.</summary>
    private const float Tall = 0.6f;

    /// <summary>Share of the digit's box: a smaller hole is a gap that noise left.</summary>
    private const float SmallestHole = 0.015f;

    /// <summary>Width by height: a digit one is narrower than any other, no single digit is wider.</summary>
    private const float Narrow = 0.5f;

    private const float Wide = 1f;

    public static DigitInk Of(InkBitmap page, PixelBox part)
    {
        var blots = page.Blots(part);
        var tallest = blots.Count == 0 ? 0 : blots.Max(blot => blot.Box.Height);
        return new DigitInk([.. blots.Where(blot => blot.Box.Height >= Tall * tallest).Select(blot => CanBe(page, blot))]);
    }

    /// <summary>One stroke that is wider than any digit.</summary>
    public bool IsDash => Digits is [""];

    /// <summary>Whether every digit of the number can be what it was read as.</summary>
    public bool Agree(string number)
    {
        var read = number.Where(char.IsAsciiDigit).ToList();
        return read.Count == Digits.Count && read.Zip(Digits).All(pair => pair.Second.Contains(pair.First, StringComparison.Ordinal));
    }

    private static string CanBe(InkBitmap page, InkBlot blot)
    {
        var box = blot.Box;
        var holes = Holes(page, blot);
        var proportion = box.Width / (float)box.Height;
        if (proportion > Wide)
            return "";
        return holes.Count switch
        {
            0 when proportion < Narrow && !HasBar(page, box) => "1",
            0 => "12357",
            1 when holes[0].Height > 0.45f * box.Height => "0",
            1 when Middle(holes[0]) > Middle(box) + (0.08f * box.Height) => "46",
            1 when Middle(holes[0]) < Middle(box) - (0.08f * box.Height) => "9",
            1 => "4",
            2 => "8",
            _ => "",
        };
    }

    /// <summary>The top of a seven is as wide as the digit; a one has a flag at most.</summary>
    private static bool HasBar(InkBitmap page, PixelBox box)
    {
        var rows = Math.Max(1, box.Height / 6);
        var longest = 0;
        for (var y = box.Y0; y < box.Y0 + rows; y++)
        {
            var run = 0;
            for (var x = box.X0; x < box.X1; x++)
            {
                run = page[x, y] ? run + 1 : 0;
                longest = Math.Max(longest, run);
            }
        }

        return longest > 0.3f * box.Height;
    }

    private static float Middle(PixelBox box) => (box.Y0 + box.Y1) / 2f;

    /// <summary>Paper that the digit's ink shuts in.</summary>
    private static List<PixelBox> Holes(InkBitmap page, InkBlot blot)
    {
        // One pixel of paper around the digit joins all that is outside.
        var (width, height) = (blot.Box.Width + 2, blot.Box.Height + 2);
        var isTaken = new bool[width * height];
        foreach (var at in blot.Pixels)
            isTaken[(((at / page.Width) - blot.Box.Y0 + 1) * width) + (at % page.Width) - blot.Box.X0 + 1] = true;
        var holes = new List<PixelBox>();
        for (var start = 0; start < isTaken.Length; start++)
        {
            if (isTaken[start])
                continue;
            var open = new Stack<int>([start]);
            isTaken[start] = true;
            var (size, box) = (0, new PixelBox(start % width, start / width, (start % width) + 1, (start / width) + 1));
            while (open.TryPop(out var at))
            {
                size++;
                var (x, y) = (at % width, at / width);
                box = new PixelBox(Math.Min(box.X0, x), Math.Min(box.Y0, y), Math.Max(box.X1, x + 1), Math.Max(box.Y1, y + 1));
                foreach (var (besideX, besideY) in new[] { (x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1) })
                {
                    if (besideX < 0 || besideY < 0 || besideX >= width || besideY >= height || isTaken[(besideY * width) + besideX])
                        continue;
                    isTaken[(besideY * width) + besideX] = true;
                    open.Push((besideY * width) + besideX);
                }
            }

            // The first is what lies around the digit.
            if (start > 0 && size > SmallestHole * blot.Box.Width * blot.Box.Height)
                holes.Add(new PixelBox(box.X0 + blot.Box.X0 - 1, box.Y0 + blot.Box.Y0 - 1, box.X1 + blot.Box.X0 - 1, box.Y1 + blot.Box.Y0 - 1));
        }

        return holes;
    }
}
