using System.Globalization;
using System.Text.RegularExpressions;

namespace EtlWarehouse.Parsing.Text;

public enum PrintedKind
{
    Number,

    /// <summary>Nothing is printed.</summary>
    Blank,

    /// <summary>A dash, a slash or a word for "none": not applicable.</summary>
    Dash,

    /// <summary>Anything else.</summary>
    Text,
}

/// <summary>What is printed in a value cell.</summary>
/// <param name="Value">The number as printed, in <paramref name="Unit"/>; null unless a number.</param>
/// <param name="Unit">The unit printed behind the number, e.g. <c>元</c>; null where none is.</param>
public readonly partial record struct PrintedNumber(PrintedKind Kind, decimal? Value = null, string? Unit = null)
{
    private const int LongestNumber = 48;

    /// <summary>Reads one cell. A word, a decimal comma or two numbers side by side are <see cref="PrintedKind.Text"/>, never a guess.</summary>
    public static PrintedNumber Read(string raw)
    {
        // Nearly every value is a few plain digits.
        if (raw.Length is > 0 and <= 9 && !raw.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return new PrintedNumber(PrintedKind.Number, int.Parse(raw, NumberStyles.None, CultureInfo.InvariantCulture));

        // Sentences end here: no printed number is so long, its blanks included.
        if (raw.Length > LongestNumber && raw.AsSpan().Trim().Length > LongestNumber)
            return new PrintedNumber(PrintedKind.Text);

        var text = CharacterFolding.Fold(raw).Trim();
        while (text.Length > 0 && CharacterFolding.IsBlank(text[0]))
            text = text[1..].TrimStart();
        while (text.Length > 0 && CharacterFolding.IsBlank(text[^1]))
            text = text[..^1].TrimEnd();
        if (text.Length == 0)
            return new PrintedNumber(PrintedKind.Blank);
        // Labels end here: no number begins with an ideograph, and a dash is short.
        if (text[0] >= '\u3400' && text.Length > 6)
            return new PrintedNumber(PrintedKind.Text);
        if (text.Length <= 6 && DashForm().IsMatch(text))
            return new PrintedNumber(PrintedKind.Dash);

        if (!char.IsAsciiDigit(text[0]) && text[0] is not ('+' or '-' or '\u2212'))
            return new PrintedNumber(PrintedKind.Text);
        var match = NumberForm().Match(text);
        if (!match.Success || !decimal.TryParse(
            match.Groups["n"].Value.Replace(",", "", StringComparison.Ordinal).Replace('\u2212', '-'),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return new PrintedNumber(PrintedKind.Text);
        }

        var unit = match.Groups["u"].Value;
        return new PrintedNumber(PrintedKind.Number, value, unit.Length == 0 ? null : unit);
    }

    /// <summary>Whether the word is a unit by itself, as PDF text sets it apart from its number.</summary>
    public static bool IsUnit(string word) => UnitForm().IsMatch(CharacterFolding.Fold(word));

    [GeneratedRegex(@"^(?:[-–—―─/\\]{1,6}|无|〇|○|O)$")]
    private static partial Regex DashForm();

    // Thousands separators must stand at thousands: .NET's AllowThousands would read 12,5 as 125.
    [GeneratedRegex(@"^(?<n>[+\-\u2212]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,20})(?:\.[0-9]{1,8})?)\s*(?<u>亿元|万元|元|件次|件|项|笔|宗|条|个|份|次|起|人次|人|篇)?$")]
    private static partial Regex NumberForm();

    [GeneratedRegex("^(?:亿元|万元|元|件次|件|项|笔|宗|条|个|份|次|起|人次|人|篇)$")]
    private static partial Regex UnitForm();
}
