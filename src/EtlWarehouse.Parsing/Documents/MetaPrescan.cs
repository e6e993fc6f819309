using System.Buffers;
using System.Text;

namespace EtlWarehouse.Parsing.Documents;

/// <summary>
/// Finds the encoding that a page declares of itself, in its first bytes, as the HTML standard says ("prescan a byte stream
/// to determine its encoding"): a declaration in a comment, in a script's text or in another tag's attribute is none.
/// </summary>
internal ref struct MetaPrescan
{
    private static readonly SearchValues<char> EndOfLabel = SearchValues.Create(" \t\n\f\r;");

    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;

    private MetaPrescan(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <param name="isKnown">Whether a label names an encoding; the search goes on behind one that does not.</param>
    /// <returns>The label as written; null where there is none.</returns>
    public static string? Find(ReadOnlySpan<byte> head, Func<string, bool> isKnown) =>
        new MetaPrescan(head).Find(isKnown) ?? XmlDeclaration(head, isKnown);

    private string? Find(Func<string, bool> isKnown)
    {
        for (; _at < _bytes.Length; _at++)
        {
            var rest = _bytes[_at..];
            if (rest[0] != '<')
                continue;
            if (rest.StartsWith("<!--"u8))
            {
                // The dashes that open a comment may be those that close it.
                var end = rest[2..].IndexOf("-->"u8);
                if (end < 0)
                    return null;
                _at += 2 + end + 2;
            }
            else if (IsMeta(rest))
            {
                _at += "<meta"u8.Length;
                if (ReadMeta() is { } label && isKnown(label))
                    return label;
            }
            else if (rest.Length > 1 && char.IsAsciiLetter((char)rest[rest[1] == '/' && rest.Length > 2 ? 2 : 1]))
            {
                while (_at < _bytes.Length && !IsBlank(_bytes[_at]) && _bytes[_at] != '>')
                    _at++;
                while (ReadAttribute(out _, out _))
                {
                }
            }
            else if (rest.Length > 1 && rest[1] is (byte)'!' or (byte)'/' or (byte)'?')
            {
                var end = rest.IndexOf((byte)'>');
                if (end < 0)
                    return null;
                _at += end;
            }
        }

        return null;
    }

    private static bool IsMeta(ReadOnlySpan<byte> rest) =>
        rest.Length > 5 && Ascii.EqualsIgnoreCase(rest[..5], "<meta"u8) && (IsBlank(rest[5]) || rest[5] == '/');

    private string? ReadMeta()
    {
        var seen = new HashSet<string>();
        var isPragma = false;
        bool? needsPragma = null;
        string? label = null;
        while (ReadAttribute(out var name, out var value))
        {
            if (!seen.Add(name))
                continue;
            switch (name)
            {
                case "http-equiv":
                    isPragma |= value == "content-type";
                    break;
                case "content" when label is null && FromContent(value) is { } stated:
                    (label, needsPragma) = (stated, true);
                    break;
                case "charset":
                    (label, needsPragma) = (value.Trim(), false);
                    break;
            }
        }

        // A tag that does not end within what is looked at says nothing.
        return _at >= _bytes.Length || needsPragma is null || (needsPragma.Value && !isPragma) ? null : label;
    }

    /// <summary>The value behind <c>charset=</c> in a content type.</summary>
    private static string? FromContent(string content)
    {
        for (var at = content.IndexOf("charset", StringComparison.Ordinal); at >= 0; at = content.IndexOf("charset", at, StringComparison.Ordinal))
        {
            at += "charset".Length;
            var rest = content.AsSpan(at).TrimStart();
            if (rest is not ['=', ..])
                continue;
            rest = rest[1..].TrimStart();
            if (rest.IsEmpty)
                return null;
            if (rest[0] is '"' or '\'')
            {
                var end = rest[1..].IndexOf(rest[0]);
                return end < 0 ? null : rest.Slice(1, end).ToString();
            }

            var stop = rest.IndexOfAny(EndOfLabel);
            return (stop < 0 ? rest : rest[..stop]).ToString();
        }

        return null;
    }

    /// <summary>Reads one attribute, in lower case; false at the end of the tag.</summary>
    private bool ReadAttribute(out string name, out string value)
    {
        (name, value) = ("", "");
        while (_at < _bytes.Length && (IsBlank(_bytes[_at]) || _bytes[_at] == '/'))
            _at++;
        if (_at >= _bytes.Length || _bytes[_at] == '>')
            return false;

        var start = _at;
        while (_at < _bytes.Length && !(IsBlank(_bytes[_at]) || _bytes[_at] is (byte)'/' or (byte)'>' || (_bytes[_at] == '=' && _at > start)))
            _at++;
        name = Lower(_bytes[start.._at]);
        SkipBlanks();
        if (_at >= _bytes.Length || _bytes[_at] != '=')
            return true;

        _at++;
        SkipBlanks();
        if (_at >= _bytes.Length)
            return true;
        if (_bytes[_at] is (byte)'"' or (byte)'\'')
        {
            var length = _bytes[(_at + 1)..].IndexOf(_bytes[_at]);
            if (length < 0)
            {
                // Runs on behind what is looked at.
                _at = _bytes.Length;
                return false;
            }

            value = Lower(_bytes.Slice(_at + 1, length));
            _at += length + 2;
            return true;
        }

        start = _at;
        while (_at < _bytes.Length && !IsBlank(_bytes[_at]) && _bytes[_at] != '>')
            _at++;
        value = Lower(_bytes[start.._at]);
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _bytes.Length && IsBlank(_bytes[_at]))
            _at++;
    }

    private static string? XmlDeclaration(ReadOnlySpan<byte> head, Func<string, bool> isKnown)
    {
        var end = head.IndexOf((byte)'>');
        if (!head.StartsWith("<?xml"u8) || end < 0)
            return null;
        var declaration = Encoding.Latin1.GetString(head[..end]);
        var at = declaration.IndexOf("encoding", StringComparison.Ordinal);
        if (at < 0)
            return null;
        var rest = declaration.AsSpan(at + "encoding".Length).TrimStart();
        if (rest is not ['=', ..])
            return null;
        rest = rest[1..].TrimStart();
        if (rest is not ['"' or '\'', ..])
            return null;
        var length = rest[1..].IndexOf(rest[0]);
        if (length < 0)
            return null;
        var label = rest.Slice(1, length).ToString();
        return isKnown(label) ? label : null;
    }

    private static bool IsBlank(byte octet) => octet is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\f' or (byte)'\r';

    private static string Lower(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes).ToLowerInvariant();
}
