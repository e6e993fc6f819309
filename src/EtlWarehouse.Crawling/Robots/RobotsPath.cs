using System.Globalization;
using System.Text;

namespace EtlWarehouse.Crawling.Robots;

/// <summary>What rules are compared with: the part of an address behind its host, without fragment.</summary>
internal static class RobotsPath
{
    /// <summary>Of an address as it is written; <c>/</c> where it has no path.</summary>
    public static string Of(string address)
    {
        var fragment = address.IndexOf('#', StringComparison.Ordinal);
        var whole = fragment < 0 ? address : address[..fragment];
        var start = whole.StartsWith("//", StringComparison.Ordinal) ? 2 : 0;
        var scheme = whole.IndexOf("://", start, StringComparison.Ordinal);
        // Behind the beginning of a path or query it is part of that.
        var early = whole.AsSpan(start).IndexOfAny("/?;");
        if (scheme >= 0 && (early < 0 || start + early > scheme))
            start = scheme + 3;
        var path = whole.AsSpan(start).IndexOfAny("/?;");
        if (path < 0)
            return "/";
        return whole[start + path] == '/' ? whole[(start + path)..] : "/" + whole[(start + path)..];
    }

    /// <summary>Percent-encodes what is not ASCII and writes what is encoded with capital digits, and changes nothing else.</summary>
    /// <param name="octets">One character an octet.</param>
    public static string Escape(string octets) => Rewrite(octets, decodesUnreserved: false);

    /// <summary>The same with unreserved characters decoded, which mean the same either way (RFC 9309, section 2.2.2).</summary>
    /// <param name="octets">One character an octet.</param>
    public static string Normalize(string octets) => Rewrite(octets, decodesUnreserved: true);

    /// <summary>A text of the program as octets.</summary>
    public static string Octets(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string Rewrite(string octets, bool decodesUnreserved)
    {
        var path = new StringBuilder(octets.Length);
        for (var index = 0; index < octets.Length; index++)
        {
            if (octets[index] == '%' && index + 2 < octets.Length
                && byte.TryParse(octets.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                if (decodesUnreserved && (char.IsAsciiLetterOrDigit((char)octet) || (char)octet is '-' or '.' or '_' or '~'))
                    path.Append((char)octet);
                else
                    path.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
                index += 2;
            }
            else if (char.IsAscii(octets[index]))
            {
                path.Append(octets[index]);
            }
            else
            {
                path.Append(CultureInfo.InvariantCulture, $"%{(int)octets[index]:X2}");
            }
        }

        return path.ToString();
    }
}
