using System.Globalization;
using System.Text.RegularExpressions;

namespace EtlWarehouse.Parsing.Checks.Narrative;

/// <summary>Sums that the prose takes apart: "A 条，其中 X a 条，Y b 条".</summary>
internal static partial class PartsOfSums
{
    public const string Measure = NarrativeReading.SumOfParts;

    /// <summary>Of fewer digits one differs by chance too often: 其中 need not name all parts.</summary>
    private const int LeastDigitsOfASlip = 3;

    public static IEnumerable<NarrativeReading> Read(Sentence sentence)
    {
        foreach (Match split in Whole().Matches(sentence.Text))
        {
            if (split.Groups["more"].Success || StatedNumber.Parse(split.Groups["n"].Value) is not { } whole)
                continue;
            var parts = Parts(sentence.Text, split.Index + split.Length, out var end, out var isClear, out var mayOverlap);
            if (parts.Count < 2)
                continue;
            var sum = parts.Sum(part => part.Value);
            var isSameUnit = parts.TrueForAll(part => part.Unit == split.Groups["unit"].Value);
            var contradicts = isClear && isSameUnit && parts.Count >= 3 && !(mayOverlap && sum > whole) && !HasOthers(whole, parts) && IsSlip(whole, sum);
            bool? agrees = sum == whole ? true : contradicts ? false : null;
            yield return new NarrativeReading(
                Measure, whole, sentence.Printed(split.Index, end - split.Index), sentence.Locator(split.Index),
                agrees, sum, agrees is null ? "parts_incomplete" : null);
        }
    }

    /// <summary>The parts behind 其中, as long as each is a few words and a number.</summary>
    /// <param name="mayOverlap">The same information goes out by several channels.</param>
    /// <param name="isClear">All parts are exact and nothing is left out by 等, 主要 or a part without a number.</param>
    private static List<(decimal Value, string Unit)> Parts(string text, int start, out int end, out bool isClear, out bool mayOverlap)
    {
        var parts = new List<(decimal, string)>();
        (end, isClear, mayOverlap) = (start, true, false);
        var part = Part().Match(text, start);
        while (part.Success && part.Index == end && !Another().IsMatch(part.Groups["label"].Value) && StatedNumber.Parse(part.Groups["n"].Value) is { } value)
        {
            parts.Add((value, part.Groups["unit"].Value));
            isClear &= !part.Groups["more"].Success && !Vague().IsMatch(part.Groups["label"].Value);
            mayOverlap |= Channel().IsMatch(part.Groups["label"].Value);
            end = part.Index + part.Length;
            part = Part().Match(text, end);
        }

        var rest = text.AsSpan(end);
        isClear &= rest.Length == 0 || rest[0] is '。' or ';' or ')';
        return parts;
    }

    /// <summary>Whether all but one of the parts, or all up to one, are the whole: what is left over counts something else.</summary>
    private static bool HasOthers(decimal whole, List<(decimal Value, string Unit)> parts)
    {
        var sum = parts.Sum(part => part.Value);
        var running = 0m;
        return parts.Exists(part => sum - part.Value == whole || (running += part.Value) == whole);
    }

    /// <summary>Whether the two differ as a slip of the pen does: by one digit, or by two swapped ones.</summary>
    private static bool IsSlip(decimal stated, decimal sum)
    {
        var (left, right) = (stated.ToString(CultureInfo.InvariantCulture), sum.ToString(CultureInfo.InvariantCulture));
        var differing = left.Length == right.Length ? left.Zip(right).Count(pair => pair.First != pair.Second) : int.MaxValue;
        return (differing == 1 && (sum > stated || left.Length >= LeastDigitsOfASlip))
            || (differing == 2 && left.Order().SequenceEqual(right.Order()));
    }

    [GeneratedRegex(@"(?<![0-9.第]|[0-9],)(?<n>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?<more>余|多)?(?<unit>件次|条次|件|条|项|份|宗|起|个|例|笔|篇|期|次|则)[,(;:]?(?:其中包括|其中|包括|分别为|分别是)[:,]?")]
    private static partial Regex Whole();

    [GeneratedRegex(@"[,、;]?(?<label>[^,、;。0-9()]{0,12}?(?:[“「《][^”」》。]{1,24}[”」》])?(?:\([^()]{1,20}\))?[^,、;。0-9()]{0,24}?)(?<n>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?<more>余|多)?(?<unit>件次|条次|件|条|项|份|宗|起|个|例|笔|篇|期|次|则)(?![0-9])")]
    private static partial Regex Part();

    [GeneratedRegex("同比|增|减|较|比|(?:共|合计|总计)$|累计|其中|答复|办结|收到|受理|结转|阅读|访问|粉丝|关注|采用|转发")]
    private static partial Regex Another();

    [GeneratedRegex("网|微信|微博|公众号|抖音|视频号|平台|渠道|媒体")]
    private static partial Regex Channel();

    [GeneratedRegex("主要|近$|约$|等|超|余|大部分")]
    private static partial Regex Vague();
}
