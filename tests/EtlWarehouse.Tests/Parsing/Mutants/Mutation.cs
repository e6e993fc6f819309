using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Tests.Parsing.Mutants;

/// <summary>One way in which published reports are damaged or vary. Digits are never changed, only lost, moved, split or joined.</summary>
internal sealed partial record Mutation(string Name, Func<string, string, Random, string?> Apply)
{
    private static readonly string[] Radicals = ["一⼀", "二⼆", "行⾏", "人⼈", "工⼯", "用⽤", "无⽆", "水⽔", "文⽂", "法法", "民⺠", "自⾃", "面⾯", "止⽌", "方⽅", "大⼤", "金⾦"];

    public static IReadOnlyList<Mutation> All(FormDefinition form)
    {
        var labels = form.Tables.SelectMany(table => table.Rows).Select(row => row.Labels[0]).ToList();
        return
        [
            new("none", (text, _, _) => text),
            new("label typo", (text, _, random) => ReplaceLabel(text, labels, random, (label, at) => label[..at] + "某" + label[(at + 1)..])),
            new("label letter lost", (text, _, random) => ReplaceLabel(text, labels, random, (label, at) => label.Remove(at, 1))),
            new("label lost", (text, _, random) => ReplaceLabel(text, labels, random, (_, _) => "")),
            new("radicals", (text, _, _) => Radicals.Aggregate(text, (all, pair) => all.Replace(pair[0], pair[1]))),
            new("value lost", (text, layout, random) => OnRow(text, layout, random, cells => RemoveAt(cells, random.Next(cells.Count)))),
            new("empty cell put in", (text, layout, random) => IsPdf(layout) ? null : OnRow(text, layout, random, cells => InsertAt(cells, random.Next(cells.Count + 1), ""))),
            new("number put in", (text, layout, random) => OnRow(text, layout, random, cells => InsertAt(cells, random.Next(cells.Count + 1), random.Next(1, 10).ToString(CultureInfo.InvariantCulture)))),
            new("digits split", (text, layout, random) => OnRow(text, layout, random, cells => SplitDigits(cells, random))),
            new("values joined", (text, layout, random) => OnRow(text, layout, random, cells => Join(cells, random.Next(cells.Count - 1)))),
            new("values swapped for blanks", (text, layout, random) => IsPdf(layout) ? null : OnRow(text, layout, random, cells => [.. cells.Select(cell => random.Next(3) == 0 ? "" : cell)])),
            new("page break", (text, layout, random) => layout == "html" ? null : InsertLine(text, random, $"- {random.Next(1, 9)} -")),
            new("page number", (text, layout, random) => layout == "html" ? null : InsertLine(text, random, $"{random.Next(1, 9)}")),
            new("rows swapped", SwapRows),
            new("row lost", (text, layout, random) => OnRow(text, layout, random, _ => [])),
            new("row twice", DoubleRow),
            new("wrong span", (text, layout, random) => layout == "html" ? WrongSpan(text, random) : null),
            new("cut off", (text, _, random) => text[..random.Next(text.Length / 4, text.Length)]),
            new("lines joined", (text, layout, random) => layout is "pdf-raw" or "pdf-layout" ? JoinLines(text, random) : null),
            new("table header twice", (text, layout, random) => layout == "html" ? text.Replace("<tr><td><p><span>（三", "<tr><td>信息内容</td><td>自然人</td></tr><tr><td><p><span>（三", StringComparison.Ordinal) : null),
        ];
    }

    private static bool IsPdf(string layout) => layout.StartsWith("pdf", StringComparison.Ordinal);

    private static string? ReplaceLabel(string text, List<string> labels, Random random, Func<string, int, string> change)
    {
        var label = labels[random.Next(labels.Count)];
        // Ordinals stay: changing them is another damage.
        var word = OrdinalForm().Replace(label, "");
        var at = text.IndexOf(word, StringComparison.Ordinal);
        return at < 0 ? null : text[..at] + change(word, random.Next(word.Length)) + text[(at + word.Length)..];
    }

    /// <summary>Changes the numbers of one row; null where the layout has no row on one line.</summary>
    private static string? OnRow(string text, string layout, Random random, Func<List<string>, List<string>> change)
    {
        var (pattern, split, join) = layout switch
        {
            "html" => (@"(?:<td><p><span>[0-9.]+</span></p></td>){2,}", "</span></p></td><td><p><span>", "</span></p></td><td><p><span>"),
            "tabs" => (@"(?:(?<=\t)[0-9.]+\t){1,}[0-9.]+", "\t", "\t"),
            "cells" => (@"(?:(?<=\n\t)[0-9.]+\n\t){1,}[0-9.]+", "\n\t", "\n\t"),
            "pdf-one-number-a-line" => (@"(?:(?<=\n)[0-9.]+\n){1,}[0-9.]+", "\n", "\n"),
            _ => (@"(?:(?<= )[0-9.]+ {3}){1,}[0-9.]+", "   ", "   "),
        };
        var rows = Regex.Matches(text, pattern);
        if (rows.Count == 0)
            return null;
        var row = rows[random.Next(rows.Count)];
        var (head, tail) = layout == "html" ? ("<td><p><span>", "</span></p></td>") : ("", "");
        var cells = row.Value[head.Length..^tail.Length].Split(split).ToList();
        var changed = change(cells);
        return text[..row.Index] + (changed.Count == 0 ? "" : head + string.Join(join, changed) + tail) + text[(row.Index + row.Length)..];
    }

    private static List<string> RemoveAt(List<string> cells, int index) => [.. cells.Where((_, at) => at != index)];

    private static List<string> InsertAt(List<string> cells, int index, string value) => [.. cells.Take(index), value, .. cells.Skip(index)];

    private static List<string> Join(List<string> cells, int index) => [.. cells.Take(index), cells[index] + cells[index + 1], .. cells.Skip(index + 2)];

    private static List<string> SplitDigits(List<string> cells, Random random)
    {
        var long_ = cells.FindIndex(cell => cell.Length > 1);
        return long_ < 0 ? cells : [.. cells.Select((cell, at) => at == long_ ? cell.Insert(random.Next(1, cell.Length), " ") : cell)];
    }

    private static string InsertLine(string text, Random random, string line)
    {
        var lines = text.Split('\n').ToList();
        lines.Insert(random.Next(lines.Count / 8, lines.Count), line);
        return string.Join('\n', lines);
    }

    private static string JoinLines(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var at = random.Next(lines.Count / 8, lines.Count - 1);
        lines[at] += " " + lines[at + 1];
        lines.RemoveAt(at + 1);
        return string.Join('\n', lines);
    }

    private static string? SwapRows(string text, string layout, Random random)
    {
        var separator = layout switch { "html" => "</tr>", "tabs" => "\n", "cells" => "\n\n", _ => null };
        if (separator is null)
            return null;
        var rows = text.Split(separator);
        var at = Enumerable.Range(0, rows.Length - 1).Where(index => Regex.IsMatch(rows[index], "[0-9.]\\D*[0-9.]\\D*$") && Regex.IsMatch(rows[index + 1], "[0-9.]\\D*[0-9.]\\D*$")).ToList();
        if (at.Count == 0)
            return null;
        var chosen = at[random.Next(at.Count)];
        (rows[chosen], rows[chosen + 1]) = (rows[chosen + 1], rows[chosen]);
        return string.Join(separator, rows);
    }

    private static string? DoubleRow(string text, string layout, Random random)
    {
        if (layout is not ("html" or "tabs"))
            return null;
        var separator = layout == "html" ? "</tr>" : "\n";
        var rows = text.Split(separator).ToList();
        var at = random.Next(rows.Count / 4, rows.Count - 1);
        rows.Insert(at, rows[at]);
        return string.Join(separator, rows);
    }

    private static string WrongSpan(string text, Random random)
    {
        var cells = Regex.Matches(text, "<td>");
        var cell = cells[random.Next(cells.Count)];
        var span = random.Next(4) switch { 0 => "colspan=2", 1 => "rowspan=2", 2 => "colspan=0", _ => "rowspan=99" };
        return text[..(cell.Index + 3)] + " " + span + text[(cell.Index + 3)..];
    }

    [GeneratedRegex("^(?:[一二三四五六七八九十]、|（[一二三四五六七]）|[0-9][.、])")]
    private static partial Regex OrdinalForm();
}
