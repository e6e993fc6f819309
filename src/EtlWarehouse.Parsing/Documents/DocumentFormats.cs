using System.Buffers;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Documents.Html;
using EtlWarehouse.Parsing.Documents.Office;
using EtlWarehouse.Parsing.Documents.Ofd;
using EtlWarehouse.Parsing.Documents.Pdf;
using EtlWarehouse.Parsing.Documents.Scans;

namespace EtlWarehouse.Parsing.Documents;

/// <summary>Finds out from the bytes what a document is, whatever its name says, and takes it apart.</summary>
internal static partial class DocumentFormats
{
    private const int Largest = 128 << 20;

    /// <summary>Bytes of a page; some carry their pictures within.</summary>
    private const int LargestPage = 16 << 20;

    /// <summary>
    /// Tags, and attributes twice: half a kilobyte each while the page is taken apart. A page of 140 KB pasted from Word has 8,000.
    /// </summary>
    private const int MostTags = 120_000;

    /// <summary>Characters outside of tags; reports of whole cities have 100,000.</summary>
    private const int MostText = 1_000_000;

    /// <summary>Lines of a text, or tags of a page that begin or end a line or cell: up to 1.5 KB each while they are read. A report has 2,000.</summary>
    private const int MostLines = 30_000;

    /// <summary>Lines and cells of a document, or of all in an archive; a sheet's empty cells count.</summary>
    private const int MostPieces = 150_000;

    private static readonly SearchValues<char> EndOfName = SearchValues.Create(" \t\r\n\f/<");

    private static readonly (byte[] Magic, string Name)[] Unread =
    [
        ("GIF8"u8.ToArray(), "a GIF image"),
        ([0x1F, 0x8B], "gzip data"),
        ("Rar!"u8.ToArray(), "a RAR archive"),
        ([0x37, 0x7A, 0xBC, 0xAF], "a 7z archive"),
        ("{\\rtf"u8.ToArray(), "a rich text file"),
    ];

    /// <summary>Entries that only containers of formats have that are not read here.</summary>
    private static readonly string[] UnreadMarks = ["mimetype", "xl/workbook.bin"];

    /// <summary>The documents in the bytes: one, or those of an archive.</summary>
    /// <exception cref="DocumentRefusedException">The bytes are no document that is read here.</exception>
    public static IReadOnlyList<DocumentContent> Read(SourceDocument source)
    {
        var documents = Read(source, isContained: false);
        var (pieces, text) = (0L, 0L);
        foreach (var line in documents.SelectMany(document => document.Lines()))
            (pieces, text) = (pieces + 1, text + line.Length);
        // All that comes after goes over these several times.
        return pieces <= MostPieces && text <= MostText ? documents : throw TooLarge(pieces, text);
    }

    /// <summary>The same for an entry of an archive; archives within archives are refused.</summary>
    internal static IReadOnlyList<DocumentContent> ReadContained(SourceDocument source) => Read(source, isContained: true);

    private static IReadOnlyList<DocumentContent> Read(SourceDocument source, bool isContained)
    {
        var bytes = source.Content.Span;
        if (bytes.Length == 0)
            throw new DocumentRefusedException("document.empty", "expected a report, found an empty file");
        if (bytes.Length > Largest)
            throw new DocumentRefusedException("document.too_large", $"expected at most {Largest} bytes, found {bytes.Length}");
        if (IsPdf(bytes))
            return [PdfDocument.Read(bytes)];
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x50, 0x4B, 0x03, 0x04]))
            return Zip(source, isContained);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            return [Ole(source.Content)];
        foreach (var (magic, name) in Unread)
        {
            if (bytes.StartsWith(magic))
                throw new DocumentRefusedException("document.format", $"expected a page, text, PDF, OFD, Word or Excel document, found {name}");
        }

        if (PictureDocument.IsPicture(bytes))
            return [PictureDocument.Read([source.Content])];
        if (bytes.Contains((byte)0) && !bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) && !bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new DocumentRefusedException("document.format", "expected a page, text, PDF, OFD, Word or Excel document, found binary data");
        return [TextOrPage(source)];
    }

    private static IReadOnlyList<DocumentContent> Zip(SourceDocument source, bool isContained)
    {
        using var container = new ZipContainer(source.Content);
        if (container.Entries.FirstOrDefault(entry => WordPart().IsMatch(entry.FullName)) is { } word)
            return [WordDocument.Read(container, word)];
        if (container.Find("xl/workbook.xml") is not null)
        {
            container.Check();
            using var again = new ZipContainer(source.Content);
            return [Workbook.Read(source.Content, Workbook.MediaType, StatedCells.Read(again))];
        }

        if (container.Find(OfdDocument.Root) is not null)
            return [OfdDocument.Read(container)];
        if (isContained || UnreadMarks.Any(mark => container.Find(mark) is not null))
        {
            throw new DocumentRefusedException("document.format",
                $"expected a page, text, PDF, OFD, Word or Excel document, found {(isContained ? "an archive within an archive" : "an OpenDocument or binary Excel file")}");
        }

        return ContainedDocuments.Read(container);
    }

    private static DocumentContent Ole(ReadOnlyMemory<byte> content)
    {
        var container = new CompoundFile(content);
        if (container.Find("WordDocument") is not null)
            return OldWordDocument.Read(content.Span);
        if (container.Find("Workbook") is { } records)
        {
            return Workbook.Read(content, Workbook.OldMediaType, WorkbookRecords.Check(records));
        }

        // Excel 5 and 95.
        if (container.Find("Book") is not null)
            return Workbook.Read(content, Workbook.OldMediaType, []);
        throw new DocumentRefusedException(
            container.Find("EncryptedPackage") is not null ? "document.encrypted" : "document.format",
            "expected a .doc or .xls document in the OLE container, found neither");
    }

    private static DocumentContent TextOrPage(SourceDocument source)
    {
        if (source.Content.Length > LargestPage)
            throw new DocumentRefusedException("document.too_large", $"expected a page or text of at most {LargestPage} bytes, found {source.Content.Length}");
        var (text, charset, finding) = TextDecoding.Decode(source.Content.Span, source.Charset, source.Name);
        if (string.IsNullOrWhiteSpace(text))
            throw new DocumentRefusedException("document.empty", $"expected a report, found {source.Content.Length} bytes of white space");
        IReadOnlyList<Finding> findings = finding is null ? [] : [finding];
        var isPage = LooksLikeHtml(text);
        CheckSize(text, isPage);
        return isPage
            ? HtmlPages.Read(text, charset, findings)
            : PlainText.Read(text, charset, findings);
    }

    /// <summary>A page that another program made of a document, within the same bounds.</summary>
    internal static DocumentContent ReadPage(string text, string charset)
    {
        CheckSize(text, isPage: true);
        return HtmlPages.Read(text, charset, []);
    }

    /// <summary>Before a page or text is taken apart, which costs many times its size.</summary>
    private static void CheckSize(string text, bool isPage)
    {
        if (!isPage)
        {
            var lines = text.AsSpan().Count('\n');
            if (text.Length > MostText || lines > MostLines)
                throw TooLarge(lines, text.Length);
            return;
        }

        // Nearly every page is within the bounds even if each tag began a line and each sign of equality stood in a tag.
        if (text.Length <= MostText && text.AsSpan().Count('<') + (2L * text.AsSpan().Count('=')) <= MostLines)
            return;
        var (tags, begun, outside) = Count(text);
        if (tags > MostTags || begun > MostLines || outside > MostText)
        {
            throw new DocumentRefusedException("document.too_large",
                $"expected at most {MostTags} tags and attributes, {MostLines} lines and cells and {MostText} characters, found {tags}, {begun} and {outside}");
        }
    }

    /// <summary>Tags, with their attributes twice, those that begin or end a line or cell, and the characters that stand in none.</summary>
    private static (int Tags, int Lines, int Outside) Count(ReadOnlySpan<char> rest)
    {
        var (tags, lines, outside) = (0, 0, 0);
        while (rest.IndexOf('<') is >= 0 and var start)
        {
            outside += start;
            rest = rest[start..];
            var end = rest.IndexOf('>') is >= 0 and var found ? found : rest.Length;
            var tag = rest[..end];
            tags += tag.Count('<') + (2 * tag.Count('='));
            // An end tag that closes nothing costs as much as one that begins a line.
            var name = tag[1..].TrimStart('/');
            name = name[..(name.IndexOfAny(EndOfName) is >= 0 and var last ? last : name.Length)];
            lines += ElementName.Find(name)?.Is(ElementTraits.Breaking) == true ? 1 : 0;
            rest = rest[end..];
        }

        return (tags, lines, outside + rest.Length);
    }

    private static DocumentRefusedException TooLarge(long pieces, long text) => new("document.too_large",
        $"expected at most {MostLines} lines, {MostPieces} with cells, and {MostText} characters, found {pieces} and {text}");

    // Some programs write a line or two in front of the mark.
    private static bool IsPdf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("%PDF-"u8)
        || (bytes[..Math.Min(bytes.Length, 1024)].IndexOf("%PDF-"u8) >= 0 && bytes.IndexOf("startxref"u8) >= 0);

    private static bool LooksLikeHtml(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, 2048)).TrimStart();
        if (head.Length == 0 || head[0] != '<')
            return text.Contains("<table", StringComparison.OrdinalIgnoreCase) || text.Contains("<html", StringComparison.OrdinalIgnoreCase);
        return head.Length > 1 && (char.IsAsciiLetter(head[1]) || head[1] == '!' || head[1] == '?');
    }

    [GeneratedRegex("^word/document[0-9]*[.]xml$", RegexOptions.IgnoreCase)]
    private static partial Regex WordPart();
}
