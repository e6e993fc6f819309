using System.Globalization;
using System.Text.RegularExpressions;

namespace EtlWarehouse.Parsing.Checks.Narrative;

/// <summary>A number as prose states it, with what it leaves open.</summary>
/// <param name="Value">The number in the words; of a range its lower end.</param>
/// <param name="Low">The least number the words allow; null where they set no limit.</param>
/// <param name="High">The greatest.</param>
internal readonly record struct StatedNumber(decimal Value, decimal? Low, decimal? High)
{
    private const string Digits = "零一二三四五六七八九";

    public bool IsExact => Low == Value && High == Value;

    /// <summary>Whether a printed number is the stated one: false where it cannot be, null where the words leave it open.</summary>
    public bool? Agrees(decimal printed)
    {
        if (printed < Low || printed > High)
            return false;
        return IsExact ? true : null;
    }

    /// <summary>Reads the groups that the patterns of the measures name; null where the digits are no number.</summary>
    public static StatedNumber? Read(Match match)
    {
        if (Parse(match.Groups["n"].Value) is not { } value)
            return null;
        var decimals = value.Scale;
        var scale = match.Groups["times"].Value switch { "万" => 10_000m, "千" => 1_000m, "百" => 100m, _ => 1m };
        if (match.Groups["unit"].Value == "万元")
            scale *= 10_000m;
        value *= scale;
        // 2000.0 and 2000 are one number.
        value /= 1.0000000000000000000000000000m;
        if (match.Groups["to"] is { Success: true } to && Parse(to.Value) is { } end)
            return end * scale > value ? new StatedNumber(value, value, end * scale) : null;

        var (before, after) = (match.Groups["before"].Value, match.Groups["after"].Value);
        if (before is "近" or "将近" or "接近" or "不足" or "不到" || after == "以内")
            return new StatedNumber(value, null, value);
        if (before is "约" or "大约" || after == "左右")
            return new StatedNumber(value, null, null);
        if (before.Length > 0 || after == "以上" || match.Groups["more"].Success || match.Groups["more2"].Success)
            return new StatedNumber(value, value, null);

        // "1.2万件" is rounded to its last digit; "3万元" of a fee is exact.
        if (match.Groups["times"].Success)
        {
            var half = scale / (decimal)Math.Pow(10, decimals) / 2;
            return new StatedNumber(value, value - half, value + half);
        }

        return new StatedNumber(value, value, value);
    }

    /// <summary>Reads digits with separators at thousands, or Chinese numerals; null for anything else.</summary>
    public static decimal? Parse(string text)
    {
        if (text.Length == 0)
            return null;
        if (char.IsAsciiDigit(text[0]))
        {
            return decimal.TryParse(
                text.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                ? value
                : null;
        }

        return Numerals(text.Replace('〇', '零').Replace('两', '二'));
    }

    private static decimal? Numerals(string text)
    {
        var (total, section, digit, lastUnit) = (0m, 0m, -1, 0);
        foreach (var character in text)
        {
            if (Digits.IndexOf(character, StringComparison.Ordinal) is >= 0 and var value)
            {
                // "二三" is no number but "two or three".
                if (digit > 0)
                    return null;
                digit = value;
                continue;
            }

            if (character == '万')
            {
                total += (section + Math.Max(digit, 0)) * 10_000;
                (section, digit, lastUnit) = (0, -1, 10_000);
                continue;
            }

            lastUnit = character switch { '十' => 10, '百' => 100, _ => 1000 };
            section += (digit < 0 ? 1 : digit) * lastUnit;
            digit = -1;
        }

        // "一百五" means 150, and is not worth a guess.
        if (digit > 0 && lastUnit >= 100 && !text.Contains('零', StringComparison.Ordinal))
            return null;
        return total + section + Math.Max(digit, 0);
    }
}
