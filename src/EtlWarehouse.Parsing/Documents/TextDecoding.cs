using System.Text;
using System.Text.RegularExpressions;

namespace EtlWarehouse.Parsing.Documents;

/// <summary>
/// Bytes to text: byte order mark, then the server's declaration, then the page's, each believed only if the bytes
/// are valid in it; then UTF-8 and GB 18030, which contains GB 2312 and GBK.
/// </summary>
internal static partial class TextDecoding
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>So many characters of three bytes are valid UTF-8 by intent only.</summary>
    private const int LeastOfUtf8 = 20;

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

        declared ??= DeclaredByPage(bytes);
        var canonical = Canonical(declared);
        // Nearly any UTF-8 is valid GB 18030 as well, as other words; the reverse does not happen in texts of some length.
        var isUtf8 = canonical is not (null or "utf-8") && TryDecode(Utf8, bytes, out text) && text.Count(character => character >= '\u0800') >= LeastOfUtf8;
        foreach (var charset in isUtf8 ? ["utf-8"] : new[] { canonical, "utf-8", "gb18030", "big5" })
        {
            if (charset is null || !TryDecode(EncodingOf(charset), bytes, out text))
                continue;
            // Nearly any bytes are valid Big5 or Latin-1; only a declaration makes us believe them.
            if (charset == "big5" && charset != canonical)
                continue;
            var finding = canonical is null || canonical == charset
                ? null
                : new Finding(Severity.Info, "charset.mismatch", $"{name}: expected {declared} as declared, found {charset}");
            return (text, charset, finding);
        }

        // Some bytes are broken. The reading goes on with the better guess and says so; damaged digits stay visible as U+FFFD.
        var fallback = canonical ?? "utf-8";
        var damaged = Encoding.GetEncoding(fallback, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback).GetString(bytes);
        if (fallback == "utf-8")
        {
            var asGb = Encoding.GetEncoding("GB18030", EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback).GetString(bytes);
            if (asGb.Count('\uFFFD') < damaged.Count('\uFFFD'))
                (damaged, fallback) = (asGb, "gb18030");
        }

        var broken = damaged.Count('\uFFFD');
        if (broken > 16 && broken > damaged.Length / 20)
        {
            throw new DocumentRefusedException("document.not_text",
                $"expected text, found {broken} undecodable bytes of {bytes.Length}");
        }

        return (damaged, fallback, new Finding(Severity.Warning, "charset.damaged",
            $"{name}: expected valid {fallback}, found {broken} undecodable characters"));
    }

    private static string? Canonical(string? charset) => charset?.Trim().Trim('"', '\'').ToLowerInvariant() switch
    {
        null or "" => null,
        "utf-8" or "utf8" => "utf-8",
        "gb2312" or "gbk" or "gb18030" or "x-gbk" or "cp936" or "gb_2312-80" => "gb18030",
        "big5" or "big5-hkscs" => "big5",
        "utf-16" or "utf-16le" => "utf-16le",
        _ => null,
    };

    private static Encoding EncodingOf(string charset) => charset switch
    {
        "utf-8" => Utf8,
        "gb18030" => Gb18030,
        "utf-16le" => Encoding.Unicode,
        _ => Strict(charset),
    };

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
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }

    private static string? DeclaredByPage(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 4096)]);
        var match = MetaCharset().Match(head);
        return match.Success ? match.Groups["c"].Value : null;
    }

    [GeneratedRegex(@"<meta[^>]{0,200}?charset\s*=\s*[""']?\s*(?<c>[A-Za-z0-9_-]{2,20})", RegexOptions.IgnoreCase)]
    private static partial Regex MetaCharset();
}
