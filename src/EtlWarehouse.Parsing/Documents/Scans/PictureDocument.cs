using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Documents.Pdf;

namespace EtlWarehouse.Parsing.Documents.Scans;

/// <summary>A report as pictures: PNG, JPEG or TIFF, a page each, or several pages in one TIFF.</summary>
internal static partial class PictureDocument
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private const long MostTrace = 16L << 20;

    private static readonly (byte[] Magic, string MediaType, string FileName)[] Kinds =
    [
        ([0xFF, 0xD8, 0xFF], "image/jpeg", "picture.jpg"),
        ([0x89, 0x50, 0x4E, 0x47], "image/png", "picture.png"),
        ([0x49, 0x49, 0x2A, 0x00], "image/tiff", "picture.tif"),
        ([0x4D, 0x4D, 0x00, 0x2A], "image/tiff", "picture.tif"),
    ];

    public static bool IsPicture(ReadOnlySpan<byte> bytes) => Kind(bytes).MediaType is not null;

    /// <summary>A name for the picture that has the ending of its kind.</summary>
    public static string FileName(ReadOnlySpan<byte> bytes) => Kind(bytes).FileName;

    /// <summary>Pages in the order of their names: <c>2.jpg</c> stands before <c>10.jpg</c>.</summary>
    public static string Order(string name) => Numbers().Replace(name, number => number.Value.PadLeft(12, '0'));

    /// <param name="pictures">In the order of their pages; at least one.</param>
    /// <exception cref="DocumentRefusedException">A picture is damaged, or they are no report.</exception>
    public static DocumentContent Read(IReadOnlyList<ReadOnlyMemory<byte>> pictures)
    {
        using var scans = new ScannedPages();
        var texts = new List<PdfPageText>();
        foreach (var picture in pictures)
        {
            using var tool = new ExternalTool(picture.Span, FileName(picture.Span));
            var (pages, complaint) = tool.Run("mutool", "mupdf-tools", ["draw", "-q", "-F", "trace", tool.Input], TimeLimit, MostTrace, PdfTrace.Read);
            if (pages.Count == 0 || complaint is not null)
                throw new DocumentRefusedException("document.damaged", $"expected a sound picture, found one that cannot be drawn ({complaint ?? "no pages"})");
            for (var page = 0; page < pages.Count; page++)
                texts.Add(scans.Read(tool, pages[page], page + 1, isWhole: true));
        }

        return new DocumentContent(Kind(pictures[0].Span).MediaType, null, new PdfAssembly(texts).Blocks, null, new Dictionary<string, string>(),
            [new Finding(Severity.Warning, "document.scan", $"expected text, found {texts.Count} pages as pictures")])
        {
            ScannedPages = [.. Enumerable.Range(1, texts.Count).Select(page => string.Create(CultureInfo.InvariantCulture, $"page[{page}]/"))],
        };
    }

    private static (byte[] Magic, string MediaType, string FileName) Kind(ReadOnlySpan<byte> bytes)
    {
        foreach (var kind in Kinds)
        {
            if (bytes.StartsWith(kind.Magic))
                return kind;
        }

        return default;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}
