using System.Globalization;
using EtlWarehouse.Parsing.Documents.Scans;

namespace EtlWarehouse.Parsing.Documents.Pdf;

/// <summary>
/// A PDF as lines and tables. The rulings that a page draws make its tables; a table that ends a page and begins the next
/// with the same borders is one. Without rulings, a tagged document's own tables are taken, else lines of words. Pages that
/// are pictures are recognised.
/// </summary>
internal static class PdfDocument
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private const long MostTrace = 400L << 20;

    public static DocumentContent Read(ReadOnlySpan<byte> bytes)
    {
        using var tool = new ExternalTool(bytes, "document.pdf");
        var (pages, complaint) = tool.Run("mutool", "mupdf-tools", ["draw", "-q", "-F", "trace", tool.Input], TimeLimit, MostTrace, PdfTrace.Read);
        // A drawing that broke off, or a font that lost its names, may print other digits than were meant.
        if (pages.Count == 0 || complaint is not null)
        {
            var encrypted = complaint?.Contains("password", StringComparison.OrdinalIgnoreCase) == true;
            throw new DocumentRefusedException(encrypted ? "document.encrypted" : "document.damaged",
                encrypted ? "expected a PDF that opens without a password" : $"expected a sound PDF, found one that cannot be drawn whole ({complaint ?? "no pages"})");
        }

        if (pages.All(page => page.Glyphs.Count == 0 && !page.HasPicture))
            throw new DocumentRefusedException("document.empty", $"expected text, found {pages.Count} pages without any");

        var isWhole = pages.All(page => page.Glyphs.Count == 0);
        using var scans = new ScannedPages();
        var texts = pages.Select((page, index) => IsScan(page) ? scans.Read(tool, page, index + 1, isWhole) : PdfPageText.Of(page)).ToList();
        var findings = new List<Finding>();
        if (pages.Any(IsScan))
            findings.Add(new Finding(Severity.Warning, "document.scan", $"expected text on every page, found {pages.Count(IsScan)} of {pages.Count} scanned"));
        var drawn = new PdfAssembly(texts).Blocks;
        var blocks = !isWhole && texts.Sum(text => text.Tables.Count) == 0 && PdfTags.Read(tool) is { } tagged ? PdfLostLines.Insert(tagged, drawn) : drawn;
        return new DocumentContent("application/pdf", null, blocks, null, new Dictionary<string, string>(), findings)
        {
            ScannedPages = [.. Enumerable.Range(0, pages.Count).Where(index => IsScan(pages[index])).Select(index => string.Create(CultureInfo.InvariantCulture, $"page[{index + 1}]/"))],
        };
    }

    private static bool IsScan(PdfPage page) => page.Glyphs.Count == 0 && page.HasPicture;
}
