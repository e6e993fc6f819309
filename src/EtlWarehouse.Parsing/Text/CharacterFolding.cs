using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace EtlWarehouse.Parsing.Text;

/// <summary>
/// Folds look-alike characters: CJK radicals that PDF text layers give for ideographs, full-width forms, enclosed
/// and compatibility characters. The table is ours because <see cref="string.Normalize()"/> does nothing without
/// culture data and leaves most of the CJK Radicals Supplement alone in any case.
/// </summary>
/// <remarks>Data: NFKC mappings and Equivalent_Unified_Ideograph of the Unicode Character Database.</remarks>
public static class CharacterFolding
{
    private static readonly FrozenDictionary<char, string> Table = Load();

    /// <summary>Folds characters and leaves blanks and punctuation, except full-width punctuation, which becomes half-width.</summary>
    public static string Fold(string text) => Fold(text, withoutBlanks: false);

    /// <summary>The same without any white space, zero-width characters included.</summary>
    public static string FoldWithoutBlanks(string text) => Fold(text, withoutBlanks: true);

    /// <summary>The same of a part of a text, and for each folded character the index of the one it comes from.</summary>
    public static string FoldWithoutBlanks(string text, int start, int length, IList<int> origins)
    {
        var folded = new StringBuilder(length);
        for (var index = start; index < start + length; index++)
        {
            if (IsBlank(text[index]))
                continue;
            if (MayFold(text[index]) && Table.TryGetValue(text[index], out var replacement))
                folded.Append(replacement);
            else
                folded.Append(text[index]);
            while (origins.Count < folded.Length)
                origins.Add(index);
        }

        return folded.ToString();
    }

    /// <summary>Whether the character prints nothing: white space, zero-width space and joiners, byte order mark.</summary>
    public static bool IsBlank(char character) =>
        char.IsWhiteSpace(character) || character is '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or '\u00AD';

    /// <summary>Folds radicals only, so that a title reads as a person would type it and keeps its punctuation.</summary>
    public static string FoldRadicals(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u2E80', '\u2FDF') && !text.AsSpan().ContainsAnyInRange('\uF900', '\uFAFF'))
            return text;
        return string.Concat(text.Select(character =>
            IsRadical(character) && Table.TryGetValue(character, out var folded) ? folded : character.ToString()));
    }

    private static bool IsRadical(char character) => character is >= '\u2E80' and <= '\u2FDF' or >= '\uF900' and <= '\uFAFF';

    private static string Fold(string text, bool withoutBlanks)
    {
        var plain = true;
        foreach (var character in text)
        {
            if (MayFold(character) || (withoutBlanks && IsBlank(character)))
            {
                plain = false;
                break;
            }
        }

        if (plain)
            return text;

        var folded = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (withoutBlanks && IsBlank(character))
                continue;
            if (MayFold(character) && Table.TryGetValue(character, out var replacement))
                folded.Append(replacement);
            else
                folded.Append(character);
        }

        return folded.ToString();
    }

    private static bool MayFold(char character) =>
        character >= '\u2070' && character is < '\u3400' or >= '\uF900';

    private static FrozenDictionary<char, string> Load()
    {
        using var stream = typeof(CharacterFolding).Assembly.GetManifestResourceStream("folding.tsv")!;
        using var reader = new StreamReader(stream);
        var table = new Dictionary<char, string>();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split('\t');
            table[Character(fields[0])] = string.Concat(fields[1].Split(' ').Select(Character));
        }

        return table.ToFrozenDictionary();

        static char Character(string hexadecimal) =>
            (char)ushort.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
