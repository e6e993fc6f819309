using System.Globalization;
using EtlWarehouse.Parsing.Documents.Scans;
using EtlWarehouse.Parsing.Text;

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

    /// <summary>Share of a page's characters that tags hold; what decorates a page needs none.</summary>
    private const double LeastTagged = 0.85;

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
        var blocks = !isWhole && texts.Sum(text => text.Tables.Count) == 0 ? ByTags(tool, pages, drawn) ?? drawn : drawn;
        return new DocumentContent("application/pdf", null, blocks, null, new Dictionary<string, string>(), findings)
        {
            ScannedPages = [.. Enumerable.Range(0, pages.Count).Where(index => IsScan(pages[index])).Select(index => string.Create(CultureInfo.InvariantCulture, $"page[{index + 1}]/"))],
        };
    }

    private static bool IsScan(PdfPage page) => page.Glyphs.Count == 0 && page.HasPicture;

    /// <summary>The document as its tags order it; null where it has none or they do not hold what the pages draw.</summary>
    private static IReadOnlyList<Block>? ByTags(ExternalTool tool, IReadOnlyList<PdfPage> pages, IReadOnlyList<Block> drawn)
    {
        if (PdfTags.Read(tool) is not { } tagged || !HoldMostText(tagged, pages))
            return null;
        var whole = PdfLostLines.Insert(tagged, drawn);
        return HoldAllDigits(whole, drawn) ? whole : null;
    }

    /// <summary>From some fonts only the first letters arrive in the tags. Of words some may be lost.</summary>
    private static bool HoldMostText(IReadOnlyList<Block> tagged, IReadOnlyList<PdfPage> pages) =>
        Texts(tagged).Sum(text => text.Count(letter => !CharacterFolding.IsBlank(letter)))
            >= pages.Sum(page => page.Glyphs.Count(glyph => glyph.Rune > ' ' && glyph.Rune is not (0xA0 or 0x3000))) * LeastTagged;

    /// <summary>A number that lost a digit is another number, so none may be lost. Only the title's may, as a whole: tags often lack what is bold.</summary>
    private static bool HoldAllDigits(IReadOnlyList<Block> tagged, IReadOnlyList<Block> drawn)
    {
        var lost = Digits(drawn).Zip(Digits(tagged), (printed, held) => printed - held).ToList();
        return lost.TrueForAll(count => count == 0)
            || lost.SequenceEqual(Digits([.. drawn.Where(block => block is LineBlock { IsHeading: true })]));
    }

    /// <summary>How often each digit is printed, page numbers aside.</summary>
    private static int[] Digits(IReadOnlyList<Block> blocks)
    {
        var counts = new int[10];
        foreach (var letter in Texts(blocks).SelectMany(CharacterFolding.Fold).Where(char.IsAsciiDigit))
            counts[letter - '0']++;
        return counts;
    }

    private static IEnumerable<string> Texts(IReadOnlyList<Block> blocks) =>
        blocks.SelectMany(block => block is LineBlock line ? [line.Text] : ((TableBlock)block).Grid.Rows.SelectMany(row => row).Select(cell => cell.Text));
}
