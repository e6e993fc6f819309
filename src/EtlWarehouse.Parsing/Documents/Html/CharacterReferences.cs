using System.Globalization;
using System.Text;
using AngleSharp.Html;

namespace EtlWarehouse.Parsing.Documents.Html;

/// <summary>Resolves character references that are written in full, e.g. <c>&amp;nbsp;</c> and <c>&amp;#8212;</c>.</summary>
internal static class CharacterReferences
{
    private const int LongestName = 32;

    /// <returns>False where a reference is unknown, has no semicolon or names what is no character.</returns>
    public static bool TryResolve(ReadOnlyMemory<char> source, out ReadOnlyMemory<char> resolved)
    {
        resolved = source;
        var rest = source.Span;
        var at = rest.IndexOf('&');
        if (at < 0)
            return true;

        var text = new StringBuilder(rest.Length);
        for (; at >= 0; at = rest.IndexOf('&'))
        {
            text.Append(rest[..at]);
            rest = rest[(at + 1)..];
            if (rest.Length == 0 || (rest[0] != '#' && !char.IsAsciiLetterOrDigit(rest[0])))
            {
                text.Append('&');
                continue;
            }

            var end = rest[..Math.Min(rest.Length, LongestName)].IndexOf(';');
            if (end < 1 || !TryAppend(text, rest[..end]))
                return false;
            rest = rest[(end + 1)..];
        }

        resolved = text.Append(rest).ToString().AsMemory();
        return true;
    }

    private static bool TryAppend(StringBuilder text, ReadOnlySpan<char> name)
    {
        if (name is "nbsp")
            text.Append('\u00A0');
        else if (name[0] == '#')
            return TryAppendNumber(text, name[1..]);
        else if (Symbol(name) is { } symbol)
            text.Append(symbol);
        else
            return false;
        return true;
    }

    private static string? Symbol(ReadOnlySpan<char> name)
    {
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character))
                return null;
        }

        return HtmlEntityProvider.Resolver.GetSymbol($"{name};");
    }

    private static bool TryAppendNumber(StringBuilder text, ReadOnlySpan<char> digits)
    {
        var isHexadecimal = digits.Length > 0 && digits[0] is 'x' or 'X';
        // The characters from 0x80 to 0x9F stand for others.
        if (!int.TryParse(isHexadecimal ? digits[1..] : digits, isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < ' ' or (>= 0x7F and < 0xA0) || !Rune.IsValid(number))
            return false;
        text.Append(new Rune(number).ToString());
        return true;
    }
}
