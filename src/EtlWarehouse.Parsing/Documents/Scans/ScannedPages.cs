using System.Diagnostics;
using System.Globalization;
using EtlWarehouse.Parsing.Documents.Pdf;

namespace EtlWarehouse.Parsing.Documents.Scans;

/// <summary>Reads those pages of a document that are pictures, within limits on pages, pixels and time for all of them together.</summary>
internal sealed class ScannedPages : IDisposable
{
    private const int MostPages = 30;

    /// <summary>A4 at 300 dots an inch; higher than one page only where a picture is longer.</summary>
    private const int Width = 2480;

    private const int Height = 14_000;

    private static readonly TimeSpan DrawingLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(240);

    /// <summary>Words of which the first page of a report has one.</summary>
    private static readonly string[] TitleWords = ["年度报告", "信息公开", "年报"];

    private readonly Tesseract tesseract = new();

    private readonly Stopwatch watch = Stopwatch.StartNew();

    private int count;

    /// <param name="tool">Has the document, or the picture, as its input.</param>
    /// <param name="number">Of the page in that input, from 1.</param>
    /// <param name="isWhole">The document is nothing but pictures: its first page tells whether it is worth the time.</param>
    /// <exception cref="DocumentRefusedException">No report, too long, too slow, or the program is missing.</exception>
    public PdfPageText Read(ExternalTool tool, PdfPage page, int number, bool isWhole)
    {
        if (++count > MostPages)
            throw new DocumentRefusedException("document.too_large", $"expected at most {MostPages} scanned pages, found more");
        var size = string.Create(CultureInfo.InvariantCulture, $"{Width}");
        var (bitmap, complaint) = tool.Run("mutool", "mupdf-tools",
            ["draw", "-q", "-w", size, "-h", string.Create(CultureInfo.InvariantCulture, $"{Height}"), "-c", "gray", "-F", "pgm", "-o", "-", tool.Input, string.Create(CultureInfo.InvariantCulture, $"{number}")],
            DrawingLimit, GrayBitmap.MostPixels + 100, GrayBitmap.ReadPgm);
        if (bitmap is null || complaint is not null)
            throw new DocumentRefusedException("document.damaged", $"page[{number}]: expected a picture that can be drawn, found '{complaint ?? "nothing"}'");

        var isFirst = isWhole && count == 1;
        var text = ScannedPage.Read(bitmap, page, needsTable: !isWhole, Recognise);
        if (isFirst && text is { Tables.Count: 0 } && !text.Lines.Any(line => TitleWords.Any(word => line.Text.Contains(word, StringComparison.Ordinal))))
            throw new DocumentRefusedException("document.scan", "expected a scanned report, found a first page without its title and without a table");
        return text ?? new PdfPageText(page, [], []);
    }

    public void Dispose() => tesseract.Dispose();

    private IReadOnlyList<RecognisedWord> Recognise(GrayBitmap picture, string language)
    {
        var left = Limit - watch.Elapsed;
        return left > TimeSpan.Zero
            ? tesseract.Read(picture, language, left)
            : throw new DocumentRefusedException("document.too_slow", $"expected the scan to be read within {Limit.TotalSeconds} s, found it still at work");
    }
}
