using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EtlWarehouse.Fuzzing;

/// <summary>Damage to pages and XML that keeps to their letters: tags lost, doubled, moved, nested without end, numbers out of range.</summary>
internal static partial class MarkupDamage
{
    private static readonly string[] Numbers = ["0", "-1", "2", "3", "65534", "1000000", "2147483648", "99999999999999999999", "NaN", ""];

    private static readonly string[] Strange = ["<!--", "]]>", "<![CDATA[", "<table>", "</table>", "</tr>", "<td>", "<plaintext>", "<!DOCTYPE d [<!ENTITY a \"1\">]>", "&a;", "&#0;", "&#x110000;", "\0", "<svg>", "<template>", "<select>", "</p>"];

    public static string Apply(string markup, Random random)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
            markup = Once(markup, random);
        return markup;
    }

    private static string Once(string markup, Random random)
    {
        var tags = Tag().Matches(markup);
        if (tags.Count < 2)
            return markup;
        var (one, other) = (tags[random.Next(tags.Count)], tags[random.Next(tags.Count)]);
        switch (random.Next(7))
        {
            case 0:
                return markup.Remove(one.Index, one.Length);
            case 1:
                return markup.Insert(other.Index, one.Value);
            case 2:
                return markup.Insert(other.Index, Strange[random.Next(Strange.Length)]);
            case 3:
                // From 10 to 100,000 deep: some readers call themselves for each level.
                return markup.Insert(one.Index, new StringBuilder().Insert(0, one.Value, Math.Min((int)Math.Pow(10, random.Next(1, 6)), (4 << 20) / one.Length)).ToString());
            case 4:
                var (start, end) = (Math.Min(one.Index, other.Index), Math.Max(one.Index, other.Index));
                return end - start > 4000 ? markup : markup.Remove(start, end - start);
            case 5:
                var (from, to) = (Math.Min(one.Index, other.Index), Math.Min(Math.Max(one.Index, other.Index), Math.Min(one.Index, other.Index) + 4000));
                return markup.Insert(to, markup[from..to]);
            default:
                var numbers = Number().Matches(markup);
                if (numbers.Count == 0)
                    return markup.Insert(Math.Max(one.Index + one.Length - 1, 0), string.Create(CultureInfo.InvariantCulture, $" colspan=\"{Numbers[random.Next(Numbers.Length)]}\" rowspan=\"{Numbers[random.Next(Numbers.Length)]}\""));
                var number = numbers[random.Next(numbers.Count)].Groups["n"];
                return string.Concat(markup.AsSpan(0, number.Index), Numbers[random.Next(Numbers.Length)], markup.AsSpan(number.Index + number.Length));
        }
    }

    [GeneratedRegex("<[^<>]{1,200}>")]
    private static partial Regex Tag();

    [GeneratedRegex("=[\"']?(?<n>[0-9]{1,9})[\"' >]")]
    private static partial Regex Number();
}
