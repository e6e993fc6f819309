using System.Buffers;

namespace EtlWarehouse.Parsing.Documents.Html;

/// <summary>What <see cref="MarkupScanner.Next"/> has read.</summary>
internal enum Markup
{
    End,
    Text,
    StartTag,
    EndTag,

    /// <summary>Something only <see cref="StandardMarkup"/> takes apart.</summary>
    Unknown,
}

internal enum Doctype
{
    None,

    /// <summary><c>&lt;!DOCTYPE html&gt;</c>.</summary>
    Standard,
    Other,
}

/// <summary>
/// Splits a page into texts and tags in one pass, by the rules of the HTML standard for well-formed tokens. Comments are
/// passed over. Attributes are taken out only where somebody asks.
/// </summary>
internal ref struct MarkupScanner(string text)
{
    public const string Blanks = " \t\n\r\f";

    private static readonly SearchValues<char> EndOfAttribute = SearchValues.Create(" \t\n\r\f/>=");

    private static readonly SearchValues<char> EndOfName = SearchValues.Create(" \t\n\r\f/>");

    private static readonly SearchValues<char> EndOfUnquoted = SearchValues.Create(" \t\n\r\f>");

    private int position;

    private bool hasBegun;

    private (int Start, int Length) name;

    private (int Start, int Length) attributes;

    /// <summary>Of the tag, as printed.</summary>
    public readonly ReadOnlySpan<char> Name => text.AsSpan(name.Start, name.Length);

    /// <summary>The text, character references unresolved.</summary>
    public ReadOnlyMemory<char> Text { get; private set; }

    /// <summary>What the page begins with.</summary>
    public Doctype Doctype { get; private set; }

    public Markup Next()
    {
        while (position < text.Length)
        {
            var end = EndOfText();
            if (end > position)
            {
                Text = text.AsMemory(position, end - position);
                position = end;
                hasBegun |= Text.Span.ContainsAnyExcept(Blanks);
                return Markup.Text;
            }

            var next = text[position + 1];
            if (next == '!' || next == '?')
            {
                if (!SkipDeclaration())
                    return Markup.Unknown;
                continue;
            }

            var isEnd = next == '/';
            // "</>" and "</5" are comments of a kind.
            if (isEnd && (position + 2 >= text.Length || !char.IsAsciiLetter(text[position + 2])))
                return Markup.Unknown;
            return Tag(position + (isEnd ? 2 : 1)) ? (isEnd ? Markup.EndTag : Markup.StartTag) : Markup.Unknown;
        }

        return Markup.End;
    }

    /// <summary>The text up to the end tag of a raw element such as <c>style</c>, and passes over that tag.</summary>
    /// <returns>False where the element has no plain end.</returns>
    public bool TryReadRaw(ReadOnlySpan<char> element, out ReadOnlyMemory<char> content)
    {
        content = default;
        var rest = text.AsSpan(position);
        for (var at = 0; ; at++)
        {
            var found = rest[at..].IndexOf("</");
            if (found < 0)
                return false;
            at += found;
            var after = at + 2 + element.Length;
            if (after < rest.Length && rest.Slice(at + 2, element.Length).Equals(element, StringComparison.OrdinalIgnoreCase) && EndOfName.Contains(rest[after]))
            {
                content = text.AsMemory(position, at);
                return Tag(position + at + 2);
            }
        }
    }

    /// <summary>Of the tag, references unresolved; null where it has none of that name.</summary>
    /// <param name="wanted">In lower case.</param>
    public readonly string? Attribute(string wanted)
    {
        var at = attributes.Start;
        var end = attributes.Start + attributes.Length;
        while (ReadAttribute(ref at, out var key, out var value))
        {
            if (text.AsSpan(key.Start, key.Length).Equals(wanted, StringComparison.OrdinalIgnoreCase))
                return text.Substring(value.Start, value.Length);
            if (at >= end)
                break;
        }

        return null;
    }

    /// <summary>Passes over the line break that HTML drops behind <c>pre</c> and <c>textarea</c>.</summary>
    public void SkipLineBreak()
    {
        if (position < text.Length && text[position] == '\r')
            position++;
        if (position < text.Length && text[position] == '\n')
            position++;
    }

    /// <summary>A <c>&lt;</c> that begins no markup is text.</summary>
    private readonly int EndOfText()
    {
        for (var at = position; ; at++)
        {
            var found = text.AsSpan(at).IndexOf('<');
            if (found < 0 || at + found + 1 >= text.Length)
                return text.Length;
            at += found;
            if (char.IsAsciiLetter(text[at + 1]) || text[at + 1] is '/' or '!' or '?')
                return at;
        }
    }

    private bool SkipDeclaration()
    {
        var rest = text.AsSpan(position);
        if (rest.StartsWith("<!--"))
        {
            // "<!-->" and "--!>" end a comment too.
            if (rest.Length < 6 || rest[4] == '>' || rest[4..].StartsWith("->"))
                return false;
            var end = rest[4..].IndexOf("-->");
            if (end < 0 || rest.Slice(4, end).Contains("--!>", StringComparison.Ordinal))
                return false;
            position += 4 + end + 3;
            return true;
        }

        var close = rest.IndexOf('>');
        if (close < 0 || rest.StartsWith("<![CDATA["))
            return false;
        if (!hasBegun && rest.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase))
        {
            Doctype = rest[9..close].Trim(Blanks).Equals("html", StringComparison.OrdinalIgnoreCase) ? Doctype.Standard : Doctype.Other;
            hasBegun = true;
        }

        position += close + 1;
        return true;
    }

    private bool Tag(int start)
    {
        var length = text.AsSpan(start).IndexOfAny(EndOfName);
        if (length < 0 || !System.Text.Ascii.IsValid(text.AsSpan(start, length)))
            return false;
        hasBegun = true;
        name = (start, length);
        var at = start + length;
        attributes = (at, 0);
        while (ReadAttribute(ref at, out _, out _))
        {
        }

        if (at >= text.Length)
            return false;
        // A bracket inside a tag is most often another tag, behind one that lost its end.
        if (text.AsSpan(start, at - start).Contains('<'))
            return false;
        attributes = (attributes.Start, at - attributes.Start);
        position = at + 1;
        return true;
    }

    /// <summary>Reads one attribute; at the end of the tag, false with <paramref name="at"/> on its bracket or behind the text.</summary>
    private readonly bool ReadAttribute(ref int at, out (int Start, int Length) key, out (int Start, int Length) value)
    {
        (key, value) = (default, default);
        while (at < text.Length && (text[at] == '/' || Blanks.Contains(text[at])))
            at++;
        if (at >= text.Length || text[at] == '>')
            return false;

        // An equals sign in front belongs to the name.
        var nameLength = text.AsSpan(at + 1).IndexOfAny(EndOfAttribute);
        key = (at, nameLength + 1);
        at = nameLength < 0 ? text.Length : at + 1 + nameLength;
        var equals = at;
        while (equals < text.Length && Blanks.Contains(text[equals]))
            equals++;
        if (equals >= text.Length || text[equals] != '=')
            return at < text.Length;

        at = equals + 1;
        while (at < text.Length && Blanks.Contains(text[at]))
            at++;
        if (at >= text.Length)
            return false;
        if (text[at] == '>')
            return true;
        var quote = text[at];
        var isQuoted = quote is '"' or '\'';
        var from = isQuoted ? at + 1 : at;
        var length = isQuoted ? text.AsSpan(from).IndexOf(quote) : text.AsSpan(from).IndexOfAny(EndOfUnquoted);
        if (length < 0)
        {
            at = text.Length;
            return false;
        }

        value = (from, length);
        at = from + length + (isQuoted ? 1 : 0);
        return true;
    }
}
