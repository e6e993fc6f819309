using System.Globalization;
using System.Text;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Tests.Parsing.Forms;

/// <summary>Prints a form with given values in the layouts in which agencies publish it.</summary>
internal sealed class RenderedForm(FormDefinition form, IReadOnlyDictionary<string, string> values, Random random)
{
    private readonly StringBuilder text = new();

    public static readonly string[] Layouts = ["html", "tabs", "cells", "pdf-raw", "pdf-layout", "pdf-one-number-a-line"];

    /// <summary>The reporting year in the title.</summary>
    public int Year { get; init; } = form.ToYear ?? 2023;

    public string Render(string layout)
    {
        text.Append(CultureInfo.InvariantCulture, $"{(layout == "html" ? "<html><body><p>" : "")}青禾县司法局\n{Year}年政府信息公开工作年度报告\n");
        foreach (var section in form.Sections)
        {
            Paragraph(layout, $"{section.Ordinal}、{section.Titles[0]}");
            var tables = form.Tables.Where(table => table.Section == section.Code).ToList();
            if (tables.Count == 0)
                Paragraph(layout, "全年主动公开政府信息 128 条，办理建议提案 12 件，未发生责任追究。");
            foreach (var table in tables)
                Table(layout, table);
        }

        return text.ToString();
    }

    private void Paragraph(string layout, string line) =>
        text.Append(layout == "html" ? $"<p>{line}</p>\n" : layout == "cells" ? $"\n{line}\n" : $"{line}\n");

    private void Table(string layout, FormTable table)
    {
        if (layout == "html")
            text.Append("<table>");
        foreach (var caption in table.Captions.Where(_ => !table.IsOneRow))
            Row(layout, [caption], []);
        var headers = table.Columns.Select(column => column.Labels[0]).ToList();
        if (table.IsOneRow)
        {
            Row(layout, [.. table.Rows.SelectMany(_ => headers)], []);
            Row(layout, [], [.. table.Rows.SelectMany(row => Values(table, row))]);
        }
        else
        {
            // Text reads the header in an order of its own, and without it the values' order stands.
            Row(layout, layout == "html" ? ["项目", .. headers] : headers, []);
            string[] open = [];
            foreach (var row in table.Rows)
            {
                var groups = row.Groups.Select(code => table.Groups.Single(group => group.Code == code).Labels[0]).ToArray();
                var started = groups.Skip(groups.Zip(open).TakeWhile(pair => pair.First == pair.Second).Count()).ToArray();
                open = groups;
                if (row.Unit is not null)
                    Indicator(layout, table, row, started);
                else if (layout == "html")
                    Row(layout, [row.Labels[0]], Values(table, row));
                else
                    Row(layout, [.. Enumerable.Repeat("", layout.StartsWith("pdf", StringComparison.Ordinal) ? 0 : groups.Length - started.Length), .. started, row.Labels[0]], Values(table, row));
            }
        }

        if (layout == "html")
            text.Append("</table>\n");
    }

    /// <summary>A line of a list of indicators: label, unit, value. Headings without a value stand on lines of their own.</summary>
    private void Indicator(string layout, FormTable table, FormRow row, IEnumerable<string> started)
    {
        foreach (var heading in started.Where(heading => table.Rows.All(other => other.Labels[0] != heading)))
            Row(layout, [heading], []);
        Row(layout, [row.Labels[0]], [row.Unit!, .. Values(table, row)]);
    }

    private IReadOnlyList<string> Values(FormTable table, FormRow row) =>
        [.. table.Columns.Select(column => values[$"{row.Code}/{column.Code}"])];

    private void Row(string layout, IReadOnlyList<string> labels, IReadOnlyList<string> numbers)
    {
        switch (layout)
        {
            case "html":
                text.Append("<tr>").AppendJoin("", labels.Concat(numbers).Select(cell => $"<td><p><span>{cell}</span></p></td>")).Append("</tr>\n");
                break;
            case "tabs":
                text.AppendJoin('\t', labels.Concat(numbers)).Append(random.Next(2) == 0 ? "\t\n" : "\n");
                break;
            case "cells":
                foreach (var cell in labels.Concat(numbers))
                    text.Append('\t').Append(numbers.Count > 0 && cell.Length > 12 ? cell.Insert(random.Next(4, 10), "\n") : cell).Append('\n');
                text.Append('\n');
                break;
            case "pdf-one-number-a-line":
                text.AppendJoin('\n', labels.Concat(numbers)).Append('\n');
                break;
            default:
                WrappedRow(layout, string.Concat(labels), numbers);
                break;
        }
    }

    /// <summary>The label wraps at a random place; in the layout rendition the numbers may stand on its middle line.</summary>
    private void WrappedRow(string layout, string label, IReadOnlyList<string> numbers)
    {
        var lines = new List<string>();
        while (label.Length > 18)
        {
            var cut = random.Next(8, 17);
            lines.Add(label[..cut]);
            label = label[cut..];
        }

        lines.Add(label);
        var at = layout == "pdf-layout" && lines.Count > 1 ? random.Next(1, lines.Count) : lines.Count - 1;
        for (var line = 0; line < lines.Count; line++)
            text.Append(lines[line]).Append(line == at && numbers.Count > 0 ? "   " + string.Join("   ", numbers) : "").Append('\n');
        if (random.Next(9) == 0)
            text.Append(CultureInfo.InvariantCulture, $"- {random.Next(1, 9)} -\n");
    }
}
