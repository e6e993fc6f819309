namespace EtlWarehouse.Parsing.Documents;

/// <summary>Finds out from the bytes what a document is, whatever its name says, and takes it apart.</summary>
internal static class DocumentFormats
{
    private static readonly (byte[] Magic, string Name)[] Unread =
    [
        ("%PDF-"u8.ToArray(), "a PDF"),
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP container (.docx, .xlsx, .zip)"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an OLE container (.doc, .xls)"),
        ([0xFF, 0xD8, 0xFF], "a JPEG image"),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG image"),
        ("GIF8"u8.ToArray(), "a GIF image"),
        ([0x1F, 0x8B], "gzip data"),
        ("Rar!"u8.ToArray(), "a RAR archive"),
    ];

    /// <exception cref="DocumentRefusedException">The bytes are no document that is read here.</exception>
    public static DocumentContent Read(SourceDocument source)
    {
        var bytes = source.Content.Span;
        if (bytes.Length == 0)
            throw new DocumentRefusedException("document.empty", "expected a report, found an empty file");
        foreach (var (magic, name) in Unread)
        {
            if (bytes.StartsWith(magic))
                throw new DocumentRefusedException("document.format", $"expected an HTML page or plain text, found {name}");
        }

        if (bytes.Contains((byte)0) && !bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) && !bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new DocumentRefusedException("document.format", "expected an HTML page or plain text, found binary data");

        var (text, charset, finding) = TextDecoding.Decode(bytes, source.Charset, source.Name);
        if (string.IsNullOrWhiteSpace(text))
            throw new DocumentRefusedException("document.empty", $"expected a report, found {bytes.Length} bytes of white space");
        IReadOnlyList<Finding> findings = finding is null ? [] : [finding];
        return LooksLikeHtml(text)
            ? HtmlPages.Read(text, charset, findings)
            : PlainText.Read(text, charset, findings);
    }

    private static bool LooksLikeHtml(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, 2048)).TrimStart();
        if (head.Length == 0 || head[0] != '<')
            return text.Contains("<table", StringComparison.OrdinalIgnoreCase) || text.Contains("<html", StringComparison.OrdinalIgnoreCase);
        return head.Length > 1 && (char.IsAsciiLetter(head[1]) || head[1] == '!' || head[1] == '?');
    }
}
