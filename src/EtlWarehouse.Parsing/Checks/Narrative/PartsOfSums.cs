using System.Globalization;
using System.Text.RegularExpressions;

namespace EtlWarehouse.Parsing.Checks.Narrative;

/// <summary>Sums that the prose takes apart: "A 条，其中 X a 条，Y b 条".</summary>
internal static partial class PartsOfSums
{
    public const string Measure = "sum.parts";

    /// <summary>Parts that differ from their sum by more, and by more than one digit, are rather not all parts.</summary>
    private const decimal NearShare = 0.1m;

    public static IEnumerable<NarrativeReading> Read(Sentence sentence)
    {
        foreach (Match split in Whole().Matches(sentence.Text))
        {
            if (split.Groups["more"].Success || StatedNumber.Parse(split.Groups["n"].Value) is not { } whole)
                continue;
            var parts = Parts(sentence.Text, split.Index + split.Length, out var end, out var isClear);
            if (parts.Count < 2)
                continue;
            var sum = parts.Sum(part => part.Value);
            var isSameUnit = parts.TrueForAll(part => part.Unit == split.Groups["unit"].Value);
            bool? agrees = sum == whole ? true : isClear && isSameUnit && parts.Count >= 3 && IsSlip(whole, sum) ? false : null;
            yield return new NarrativeReading(
                Measure, whole, sentence.Printed(split.Index, end - split.Index), sentence.Locator(split.Index),
                agrees, sum, agrees is null ? "parts_incomplete" : null);
        }
    }

    /// <summary>The parts behind 其中, as long as each is a few words and a number.</summary>
    /// <param name="isClear">All parts are exact and nothing is left out by 等, 主要 or a part without a number.</param>
    private static List<(decimal Value, string Unit)> Parts(string text, int start, out int end, out bool isClear)
    {
        var parts = new List<(decimal, string)>();
        (end, isClear) = (start, true);
        var part = Part().Match(text, start);
        while (part.Success && part.Index == end && !Another().IsMatch(part.Groups["label"].Value) && StatedNumber.Parse(part.Groups["n"].Value) is { } value)
        {
            parts.Add((value, part.Groups["unit"].Value));
            isClear &= !part.Groups["more"].Success && !Vague().IsMatch(part.Groups["label"].Value);
            end = part.Index + part.Length;
            part = Part().Match(text, end);
        }

        var rest = text.AsSpan(end);
        isClear &= rest.Length == 0 || rest[0] is '。' or ';' or ')';
        return parts;
    }

    /// <summary>Whether the two differ as a slip of the pen does: by one digit, by two swapped ones, or by little.</summary>
    private static bool IsSlip(decimal stated, decimal sum)
    {
        var (left, right) = (stated.ToString(CultureInfo.InvariantCulture), sum.ToString(CultureInfo.InvariantCulture));
        var differing = left.Length == right.Length ? left.Zip(right).Count(pair => pair.First != pair.Second) : int.MaxValue;
        return differing == 1
            || (differing == 2 && left.Order().SequenceEqual(right.Order()))
            || (sum > stated && sum - stated <= stated * NearShare);
    }

    [GeneratedRegex(@"(?<![0-9.第])(?<n>[0-9]+)(?<more>余|多)?(?<unit>件次|条次|件|条|项|份|宗|起|个|例|笔|篇|期|次|则)[,(;:]?(?:其中包括|其中|包括|分别为|分别是)[:,]?")]
    private static partial Regex Whole();

    [GeneratedRegex(@"[,、;]?(?<label>[^,、;。0-9()]{0,12}?(?:[“「《][^”」》。]{1,24}[”」》])?(?:\([^()]{1,20}\))?[^,、;。0-9()]{0,24}?)(?<n>[0-9]+)(?<more>余|多)?(?<unit>件次|条次|件|条|项|份|宗|起|个|例|笔|篇|期|次|则)(?![0-9])")]
    private static partial Regex Part();

    [GeneratedRegex("同比|增|减|较|比|(?:共|合计|总计)$|累计|其中|答复|办结|收到|受理|结转|阅读|访问|粉丝|关注")]
    private static partial Regex Another();

    [GeneratedRegex("主要|近$|约$|等|超|余|大部分")]
    private static partial Regex Vague();
}
