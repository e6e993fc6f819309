namespace EtlWarehouse.Parsing.Documents.Scans;

/// <summary>
/// What the ink of a number can be by its shape alone: how many digits, and which digits each can be. It knows nothing of
/// Tesseract, so that the two do not err together.
/// </summary>
/// <param name="Digits">For each digit from left to right those it can be.</param>
internal sealed record DigitInk(IReadOnlyList<string> Digits)
{
    /// <summary>Shares of the tallest digit: lower ink is a point, a comma or dirt.</summary>
    private const float Tall = 0.6f;

    public static DigitInk Of(InkBitmap page, PixelBox part)
    {
        var blots = page.Blots(part);
        var tallest = blots.Count == 0 ? 0 : blots.Max(blot => blot.Box.Height);
        return new DigitInk([.. blots.Where(blot => blot.Box.Height >= Tall * tallest).Select(blot => DigitShape.CanBe(page, blot))]);
    }

    /// <summary>One stroke that is wider than any digit.</summary>
    public bool IsDash => Digits is [""];

    /// <summary>Whether all ink has the shape of digits.</summary>
    public bool MayBeNumber => Digits.Count > 0 && Digits.All(digit => digit.Length > 0);

    /// <summary>Whether every digit of the number can be what it was read as.</summary>
    public bool Agree(string number)
    {
        var read = number.Where(char.IsAsciiDigit).ToList();
        return read.Count == Digits.Count && read.Zip(Digits).All(pair => pair.Second.Contains(pair.First, StringComparison.Ordinal));
    }
}
