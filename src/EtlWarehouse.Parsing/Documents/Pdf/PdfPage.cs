namespace EtlWarehouse.Parsing.Documents.Pdf;

/// <summary>One printed character. All lengths are points, from the page's upper left corner.</summary>
/// <param name="Rune">The Unicode code point the font states; 0xFFFD where it states none.</param>
/// <param name="X">Where the character begins.</param>
/// <param name="Y">Its baseline.</param>
/// <param name="Width">Its advance.</param>
internal readonly record struct PdfGlyph(int Rune, float X, float Y, float Width, float Size);

/// <summary>A horizontal or vertical line; a horizontal one has <c>Y0 = Y1</c>.</summary>
internal readonly record struct PdfRuling(float X0, float Y0, float X1, float Y1)
{
    public bool IsHorizontal => Y0 == Y1;
}

/// <param name="HasPicture">An image is drawn on the page: without glyphs it is a scan.</param>
internal sealed record PdfPage(
    float Width, float Height, IReadOnlyList<PdfGlyph> Glyphs, IReadOnlyList<PdfRuling> Rulings, bool HasPicture);

/// <summary>A rectangle in points from the page's upper left corner.</summary>
internal readonly record struct PdfBox(float X0, float Y0, float X1, float Y1)
{
    /// <summary><c>@x,y,width,height</c> in whole points: what a locator carries so that the place can be drawn.</summary>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"@{MathF.Round(X0)},{MathF.Round(Y0)},{MathF.Round(X1 - X0)},{MathF.Round(Y1 - Y0)}");
}
