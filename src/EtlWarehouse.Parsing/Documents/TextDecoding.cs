using System.Text;

namespace EtlWarehouse.Parsing.Documents;

/// <summary>
/// Bytes to text, the one way for pages, lists and notices: byte order mark, then the server's declaration, then the page's,
/// each believed only if the bytes are valid in it; then UTF-8 and GB 18030, which contains GB 2312 and GBK.
/// Nearly any bytes are valid Big5 or Latin-1: the one is believed only where it is declared, the other never.
/// </summary>
public static class TextDecoding
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>So many characters of three bytes are valid UTF-8 by intent only: as words of GB 18030, one is in some hundred.</summary>
    private const int LeastOfUtf8 = 4;

    /// <summary>Bytes in which a page's own declaration is sought; the standard's 1,024 are too few for templates with long heads.</summary>
    private const int HeadBytes = 16 * 1024;

    private static readonly Encoding Gb18030 = Strict("GB18030");

    /// <param name="declared">The server's declaration; null where there is none.</param>
    /// <param name="name">For messages.</param>
    public static (string Text, string Charset, Finding? Finding) Decode(ReadOnlySpan<byte> bytes, string? declared, string name)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) && TryDecode(Utf8, bytes[3..], out var text))
            return (text, "utf-8", null);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) && TryDecode(Encoding.Unicode, bytes[2..], out text))
            return (text, "utf-16le", null);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) && TryDecode(Encoding.BigEndianUnicode, bytes[2..], out text))
            return (text, "utf-16be", null);

        var byServer = Believable(Canonical(declared), bytes);
        var byPage = Believable(Canonical(DeclaredByPage(bytes)), bytes);
        var canonical = byServer ?? byPage;
        // Nearly any UTF-8 is valid GB 18030 as well, as other words; the reverse does not happen in texts of some length.
        var isUtf8 = canonical is not (null or "utf-8") && TryDecode(Utf8, bytes, out text) && text.Count(character => character >= '\u0800') >= LeastOfUtf8;
        foreach (var charset in isUtf8 ? ["utf-8"] : new[] { byServer, byPage, "utf-8", "gb18030" })
        {
            if (charset is null || !TryDecode(EncodingOf(charset), bytes, out text))
                continue;
            var finding = canonical is null || canonical == charset
                ? null
                : new Finding(Severity.Info, "charset.mismatch", $"{name}: expected {canonical} as declared, found {charset}");
            return (text, charset, finding);
        }

        // Some bytes are broken. The reading goes on with the better guess and says so; damaged digits stay visible as U+FFFD.
        var (damaged, fallback) = DecodeDamaged(bytes, canonical);
        var broken = damaged.Count('\uFFFD');
        if (broken > 16 && broken > damaged.Length / 20)
        {
            throw new DocumentRefusedException("document.not_text",
                $"expected text, found {broken} undecodable bytes of {bytes.Length}");
        }

        return (damaged, fallback, new Finding(Severity.Warning, "charset.damaged",
            $"{name}: expected valid {fallback}, found {broken} undecodable characters"));
    }

    /// <summary>The text of bytes that are to be looked at, not read for the record: whatever they are, it is not refused.</summary>
    public static string Guess(ReadOnlySpan<byte> bytes, string? declared)
    {
        try
        {
            return Decode(bytes, declared, "page").Text;
        }
        catch (DocumentRefusedException)
        {
            return DecodeDamaged(bytes, Canonical(declared)).Text;
        }
    }

    private static (string Text, string Charset) DecodeDamaged(ReadOnlySpan<byte> bytes, string? canonical)
    {
        var fallback = canonical ?? "utf-8";
        var damaged = Lenient(fallback, bytes);
        if (fallback != "utf-8")
            return (damaged, fallback);
        var asGb = Lenient("gb18030", bytes);
        return asGb.Count('\uFFFD') < damaged.Count('\uFFFD') ? (asGb, "gb18030") : (damaged, fallback);
    }

    private static string? Canonical(string? charset) => charset?.Trim().Trim('"', '\'').ToLowerInvariant() switch
    {
        null or "" => null,
        "utf-8" or "utf8" or "unicode-1-1-utf-8" or "x-unicode20utf8" => "utf-8",
        "gb2312" or "gbk" or "gb18030" or "x-gbk" or "cp936" or "gb_2312" or "gb_2312-80" or "csgb2312" or "chinese" or "iso-ir-58" or "csiso58gb231280" => "gb18030",
        "big5" or "big5-hkscs" or "cn-big5" or "x-x-big5" or "csbig5" => "big5",
        "utf-16" or "utf-16le" => "utf-16le",
        _ => null,
    };

    /// <summary>Who could be read so far was no UTF-16, in which every character of markup has a zero beside it.</summary>
    private static string? Believable(string? charset, ReadOnlySpan<byte> bytes) =>
        charset == "utf-16le" && !bytes.Contains((byte)0) ? null : charset;

    private static Encoding EncodingOf(string charset) => charset switch
    {
        "utf-8" => Utf8,
        "gb18030" => Gb18030,
        "utf-16le" => Encoding.Unicode,
        _ => Strict(charset),
    };

    private static string Lenient(string charset, ReadOnlySpan<byte> bytes)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        // Without being told otherwise, .NET writes a question mark, which could have been printed.
        var text = Encoding.GetEncoding(charset, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD")).GetString(bytes);
        return charset == "gb18030" ? Gb18030Text.WithoutPrivateUse(text) : text;
    }

    private static Encoding Strict(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }

    private static bool TryDecode(Encoding encoding, ReadOnlySpan<byte> bytes, out string text)
    {
        try
        {
            text = encoding.GetString(bytes);
            if (encoding == Gb18030)
                text = Gb18030Text.WithoutPrivateUse(text);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }

    private static string? DeclaredByPage(ReadOnlySpan<byte> bytes) =>
        MetaPrescan.Find(bytes[..Math.Min(bytes.Length, HeadBytes)], label => Canonical(label) is not null);
}
