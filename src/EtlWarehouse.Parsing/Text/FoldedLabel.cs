using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace EtlWarehouse.Parsing.Text;

/// <summary>A label as it is compared: folded, without blanks, punctuation, leading ordinal and gloss in brackets.</summary>
/// <param name="Text">Ideographs, letters and digits only.</param>
/// <param name="Core">The same without what stands in brackets; equals <paramref name="Text"/> where nothing does.</param>
/// <param name="Ordinal">The leading ordinal without its punctuation, e.g. <c>三</c>, <c>(三)</c> or <c>3</c>; empty where there is none.</param>
public readonly partial record struct FoldedLabel(string Text, string Core, string Ordinal)
{
    private const int MostKnown = 8192;

    private const int LongestKnown = 48;

    // Reports of one form have the same labels. What a label folds to does not depend on what was asked before, so the
    // first ones stay and nothing is ever put out.
    private static readonly ConcurrentDictionary<string, FoldedLabel> Known = new(StringComparer.Ordinal);

    private static int known;

    private static readonly SearchValues<char> MayLead = SearchValues.Create("#(0123456789一二三四五六七八九十");

    public static readonly FoldedLabel Empty = new("", "", "");

    public bool IsEmpty => Text.Length == 0;

    public static FoldedLabel Of(string label)
    {
        if (label.Length > LongestKnown)
            return Fold(label);
        if (Known.TryGetValue(label, out var folded))
            return folded;
        folded = Fold(label);
        if (Volatile.Read(ref known) < MostKnown && Known.TryAdd(label, folded))
            Interlocked.Increment(ref known);
        return folded;
    }

    private static FoldedLabel Fold(string label)
    {
        var folded = CharacterFolding.FoldWithoutBlanks(label);
        var (ordinal, rest) = ("", folded);
        if (folded.Length > 0 && MayLead.Contains(folded[0]) && LeadingOrdinal().Match(folded) is { Success: true } match)
            (ordinal, rest) = (match.Groups["o"].Value, folded[match.Length..]);
        // "(七)" alone, or "1.": an ordinal without a label is the label.
        if (Bare(rest).Length == 0)
        {
            rest = folded;
            ordinal = "";
        }

        var text = Bare(rest);
        var core = rest.Contains('(', StringComparison.Ordinal) ? Bare(Gloss().Replace(rest, "")) : text;
        return new FoldedLabel(text, core.Length == 0 ? text : core, ordinal);
    }

    /// <summary>Folds and keeps letters, ideographs and digits only.</summary>
    public static string BareText(string text) => Bare(CharacterFolding.FoldWithoutBlanks(text));

    private static string Bare(string folded)
    {
        var plain = 0;
        while (plain < folded.Length && char.IsLetterOrDigit(folded[plain]))
            plain++;
        if (plain == folded.Length)
            return folded;
        var bare = new StringBuilder(folded, 0, plain, folded.Length);
        foreach (var character in folded.AsSpan(plain))
        {
            if (char.IsLetterOrDigit(character))
                bare.Append(character);
        }

        return bare.ToString();
    }

    [GeneratedRegex(@"^(?:#+)?(?:(?<o>\([一二三四五六七八九十0-9]{1,3}\))|(?<o>[一二三四五六七八九十]{1,3})(?=[、.,:])[、.,:]|(?<o>[0-9]{1,2})(?=[、.,:)])[、.,:)])")]
    private static partial Regex LeadingOrdinal();

    [GeneratedRegex(@"\([^()]*\)?")]
    private static partial Regex Gloss();
}
