using EtlWarehouse.Parsing.Documents.Pdf;

namespace EtlWarehouse.Tests.Parsing.Documents.Pdf;

/// <summary>A page of two cells, from 100 to 140 and from 140 to 180 points, in characters of 10 points.</summary>
public sealed class PdfPageTextTests
{
    private const float Size = 10;

    private static readonly PdfRuling[] Borders =
    [
        new(100, 100, 180, 100), new(100, 160, 180, 160), new(100, 100, 100, 160), new(140, 100, 140, 160), new(180, 100, 180, 160),
    ];

    [TestCase(122, "1234", "")]            // 2 points over its border: the middle of the 4 is inside
    [TestCase(124, "1234\uFFFD", "\uFFFD")] // the 4 may be the other cell's
    [TestCase(137.6, "", "1234")]          // as much on the left
    public void Of_NumberOverItsBorder_IsOfTheCellThatHoldsTheMiddlesOfItsDigits(double x, string left, string right) =>
        Assert.That(Cells(Text("1234", (float)x, 130)), Is.EqualTo(new[] { left, right }));

    [TestCase("１２３", "４５", 14, "１２３４５")]
    [TestCase("４２．", "５", 14, "４２．５")]
    [TestCase("１", "５", 14, "１\n５")]       // the first line had room for more
    [TestCase("１２３", "４５", 20, "１２３\n４５")] // as far apart as rows
    [TestCase("123456", "78", 14, "123456\n78")] // does not wrap at any place
    [TestCase("１２３", "件", 14, "１２３\n件")]
    public void Of_NumberThatWraps_IsOneWhereOnlyTheWidthBreaksIt(string upper, string lower, int pitch, string expected) =>
        Assert.That(Cells([.. Text(upper, 104, 120), .. Text(lower, 104, 120 + pitch)])[0], Is.EqualTo(expected));

    [TestCase(12, "费用 万元 70")]
    [TestCase(30, "万 费用 70 元")] // two rows of other tables
    public void Of_UnitAboveAndBelowItsNumber_IsOnItsLine(int half, string expected) =>
        Assert.That(Lines([.. Text("费用", 10, 300), .. Text("万", 60, 300 - (half / 2)), .. Text("元", 60, 300 + (half / 2)), .. Text("70", 90, 300)]), Is.EqualTo(expected));

    [TestCase("定”", 28, "定” 12")] // the quote is half blank, and the next column begins there
    [TestCase("定）", 28, "定） 12")]
    [TestCase("定）", 30, "定）12")]
    public void Of_NumberBehindAHalfBlank_IsAWordOfItsOwn(string label, int x, string expected) =>
        Assert.That(Lines([.. Text(label, 10, 300), .. Text("12", x, 300)]), Is.EqualTo(expected));

    private static string[] Cells(IEnumerable<PdfGlyph> glyphs) => [.. PdfPageText.Of(Page(glyphs, Borders)).Tables.Single().Cells.Select(cell => cell.Text)];

    private static string Lines(IEnumerable<PdfGlyph> glyphs) => string.Join(' ', PdfPageText.Of(Page(glyphs, [])).Lines.Select(line => line.Text));

    private static PdfPage Page(IEnumerable<PdfGlyph> glyphs, IReadOnlyList<PdfRuling> rulings) => new(595, 842, [.. glyphs], rulings, HasPicture: false);

    private static IEnumerable<PdfGlyph> Text(string text, float x, float y)
    {
        foreach (var letter in text)
        {
            var width = letter < 0x2000 ? Size / 2 : Size;
            yield return new PdfGlyph(letter, x, y, width, Size);
            x += width;
        }
    }
}
