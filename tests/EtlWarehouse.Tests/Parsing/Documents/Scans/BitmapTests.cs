using EtlWarehouse.Parsing.Documents.Pdf;
using EtlWarehouse.Parsing.Documents.Scans;

namespace EtlWarehouse.Tests.Parsing.Documents.Scans;

/// <summary>Lines, angles and digits in pictures that are drawn here, pixel by pixel.</summary>
public sealed class BitmapTests
{
    private const int Pixels = 1200;

    [TestCase(0f)]
    [TestCase(0.01f)]
    [TestCase(-0.035f)]
    [TestCase(0.052f)] // three degrees
    public void Of_PageAskew_FindsItsSlope(float slope)
    {
        var page = Table(slope);
        Assert.That(Skew.Of(InkBitmap.Of(page, 20, InkBitmap.Letters)), Is.EqualTo(slope).Within(0.001f));
    }

    [TestCase(0f)]
    [TestCase(0.03f)]
    public void FindAll_LevelledTable_HasItsCells(float slope)
    {
        var page = Table(slope);
        var level = slope == 0 ? page : page.Levelled(Skew.Of(InkBitmap.Of(page, 20, InkBitmap.Letters)));
        var lines = BitmapRulings.Find(InkBitmap.Of(level, 20, InkBitmap.Rulings), 2);
        var grids = RulingGrid.FindAll([.. lines.Select(line => BitmapRulings.ToRuling(line, 2))]);
        Assert.That(grids, Has.Count.EqualTo(1));
        Assert.That(grids[0].Cells, Has.Count.EqualTo(5 * 8));
    }

    // Serif and sans, as they come out at 150 dots an inch.
    [TestCase("0", ".####.|##..##|#....#|#....#|#....#|#....#|##..##|.####.", true)]
    [TestCase("8", ".####.|#....#|#....#|.####.|#....#|#....#|#....#|.####.", true)]
    [TestCase("0", ".####.|#....#|#....#|.####.|#....#|#....#|#....#|.####.", false)]
    [TestCase("8", ".####.|##..##|#....#|#....#|#....#|#....#|##..##|.####.", false)]
    [TestCase("6", "..###.|.#....|#.....|#####.|#....#|#....#|#....#|.####.", true)]
    [TestCase("9", "..###.|.#....|#.....|#####.|#....#|#....#|#....#|.####.", false)]
    [TestCase("9", ".####.|#....#|#....#|#....#|.#####|.....#|....#.|.###..", true)]
    [TestCase("1", ".#|##|.#|.#|.#|.#|.#|.#", true)]
    [TestCase("7", ".#|##|.#|.#|.#|.#|.#|.#", false)]
    [TestCase("7", "######|.....#|....#.|....#.|...#..|...#..|..#...|..#...", true)]
    [TestCase("0", "######|.....#|....#.|....#.|...#..|...#..|..#...|..#...", false)]
    [TestCase("11", ".#...#|##..##|.#...#|.#...#|.#...#|.#...#|.#...#|.#...#", true)]
    [TestCase("1", ".#...#|##..##|.#...#|.#...#|.#...#|.#...#|.#...#|.#...#", false)] // a digit was lost in reading
    public void Agree_DrawnDigits_KnowsWhatTheyCannotBe(string read, string drawing, bool expected)
    {
        var page = Drawn(drawing);
        var shapes = DigitInk.Of(InkBitmap.Of(page, 20, InkBitmap.Letters), new PixelBox(0, 0, 60, 60));
        Assert.That(shapes.Agree(read), Is.EqualTo(expected), $"can be {string.Join(' ', shapes.Digits)}");
    }

    [TestCase("0", ".####.|##..##|#....#|#....#|#....#|#....#|##..##|.####.")]
    [TestCase("1", ".#|##|.#|.#|.#|.#|.#|.#")]
    [TestCase("1", "..##..|.#.#..|...#..|...#..|...#..|...#..|...#..|.#####")] // with a foot
    [TestCase("2", ".####.|#....#|.....#|....#.|...#..|..#...|.#....|######")]
    [TestCase("3", ".####.|#....#|.....#|..###.|.....#|.....#|#....#|.####.")]
    [TestCase("4", "....#.|...##.|..#.#.|.#..#.|#...#.|######|....#.|....#.")]
    [TestCase("5", "######|#.....|#.....|#####.|.....#|.....#|#....#|.####.")]
    [TestCase("6", "..###.|.#....|#.....|#####.|#....#|#....#|#....#|.####.")]
    [TestCase("7", "######|.....#|....#.|....#.|...#..|...#..|..#...|..#...")]
    [TestCase("8", ".####.|#....#|#....#|.####.|#....#|#....#|#....#|.####.")]
    [TestCase("9", ".####.|#....#|#....#|#....#|.#####|.....#|....#.|.###..")]
    [TestCase("12357", "..##..|..##..|..##..|######|######|..##..|..##..|..##..")] // a cross is none of them
    [TestCase("", "........|########|........")]                                     // a dash
    public void Of_DrawnDigit_SinglesItOut(string expected, string drawing) =>
        Assert.That(DigitInk.Of(InkBitmap.Of(Drawn(drawing), 20, InkBitmap.Letters), new PixelBox(0, 0, 60, 60)).Digits, Is.EqualTo(new[] { expected }));

    // Upright strokes of a title's large characters are as long as the rulings of a low row.
    [Test]
    public void Read_TitleAboveATable_KeepsItsUprightStrokes()
    {
        const int Stroke = 30;
        var page = Table(0);
        foreach (var x in (int[])[300, 330])
        {
            for (var y = 100; y < 100 + Stroke; y++)
                page.Pixels.AsSpan((y * Pixels) + x, 3).Clear();
        }

        var strips = new List<GrayBitmap>();
        var text = ScannedPage.Read(page, new PdfPage(595, 595, [], [], true), needsTable: true, (strip, _) =>
        {
            strips.Add(strip);
            return [];
        });

        Assert.That(text?.Tables, Has.Count.EqualTo(1));
        Assert.That(strips.SelectMany(strip => Enumerable.Range(0, strip.Width).Where(x => Enumerable.Range(0, strip.Height).Count(y => strip.Pixels[(y * strip.Width) + x] < 128) >= Stroke / 2)).Count(), Is.GreaterThanOrEqualTo(2));
    }

    /// <param name="drawing">Rows of three pixels to a character, between bars.</param>
    private static GrayBitmap Drawn(string drawing)
    {
        var rows = drawing.Split('|');
        const int Size = 3;
        var page = GrayBitmap.Blank(60, 60);
        for (var y = 0; y < rows.Length * Size; y++)
        {
            for (var x = 0; x < rows[0].Length * Size; x++)
                page.Pixels[((y + 10) * page.Width) + x + 10] = (byte)(rows[y / Size][x / Size] == '#' ? 0 : 255);
        }

        return page;
    }

    /// <summary>Five columns and eight rows, lines of two pixels, at two pixels a point.</summary>
    private static GrayBitmap Table(float slope)
    {
        var page = GrayBitmap.Blank(Pixels, Pixels);
        void Line(float fromX, float fromY, float toX, float toY)
        {
            for (var step = 0; step <= 3000; step++)
            {
                var (x, y) = (fromX + ((toX - fromX) * step / 3000f) - 600, fromY + ((toY - fromY) * step / 3000f) - 600);
                var cosine = 1 / MathF.Sqrt(1 + (slope * slope));
                var (turnedX, turnedY) = ((int)(600 + (cosine * (x - (slope * y)))), (int)(600 + (cosine * (y + (slope * x)))));
                foreach (var at in new[] { (turnedY * Pixels) + turnedX, (turnedY * Pixels) + turnedX + 1, ((turnedY + 1) * Pixels) + turnedX })
                    page.Pixels[at] = 0;
            }
        }

        for (var row = 0; row <= 8; row++)
            Line(150, 200 + (80 * row), 1000, 200 + (80 * row));
        for (var column = 0; column <= 5; column++)
            Line(150 + (170 * column), 200, 150 + (170 * column), 840);
        return page;
    }
}
