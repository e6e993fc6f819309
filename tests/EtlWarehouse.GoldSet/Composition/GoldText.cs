using System.Globalization;
using System.Text;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.GoldSet.Composition;

/// <summary>How labels and numbers are written in one layout.</summary>
internal sealed class GoldText(GoldLayout layout, Random random)
{
    private const string Plain = "一二行人工用无水文民自面止方大金";

    private const string LikeThem = "⼀⼆⾏⼈⼯⽤⽆⽔⽂⺠⾃⾯⽌⽅⼤⾦";

    /// <summary>One of a label's wordings, the official one first.</summary>
    public string Label(IReadOnlyList<string> labels) => layout.Labels switch
    {
        LabelStyle.Variants => labels[random.Next(labels.Count)],
        LabelStyle.Radicals => Radicals(labels[0]),
        LabelStyle.HalfWidth => labels[0].Replace('（', '(').Replace('）', ')').Replace('，', ',').Replace('：', ':'),
        LabelStyle.Spaced => labels[0].Length is > 3 and < 12 ? labels[0].Insert(random.Next(3, labels[0].Length), random.Next(2) == 0 ? " " : "\u3000") : labels[0],
        LabelStyle.Broken => Broken(labels[0]),
        _ => labels[0],
    };

    public string Group(string label) => layout.VerticalGroups ? string.Join('\n', label.ToCharArray()) : Label([label]);

    /// <summary>The same words with radicals in place of the ideographs that look like them.</summary>
    public static string Radicals(string text) => string.Concat(text.Select(letter => Plain.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? LikeThem[at] : letter));

    /// <summary>A value of a cell, in its unit or in one that is printed with it.</summary>
    public string Number(decimal value, FormCell cell)
    {
        if (cell.NeedsPrintedUnit)
        {
            return random.Next(2) == 0
                ? value.ToString("0.####", CultureInfo.InvariantCulture) + "元"
                : (value / 10_000).ToString("0.########", CultureInfo.InvariantCulture) + "万元";
        }

        var text = value.ToString(layout.Numbers == NumberStyle.Thousands ? "#,0.####" : "0.####", CultureInfo.InvariantCulture);
        if (cell.Kind == CellKind.Change && value > 0 && random.Next(2) == 0)
            text = "+" + text;
        return layout.Numbers switch
        {
            NumberStyle.FullWidth => string.Concat(text.Select(letter => char.IsAsciiDigit(letter) ? (char)(letter - '0' + '０') : letter)),
            NumberStyle.Units when random.Next(5) == 0 => text + cell.Unit,
            _ => text,
        };
    }

    private string Broken(string label)
    {
        if (label.Length < 4)
            return label;
        var broken = new StringBuilder(label);
        for (var at = random.Next(2, 9); at < broken.Length - 1; at += random.Next(5, 10))
            broken.Insert(at, '\n');
        return broken.ToString();
    }
}
