using System.Globalization;
using System.Text;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Tests.Parsing.Forms;

/// <summary>
/// A page of form 2019 as it is found: section two in one table of five columns whose spans change from part to part,
/// labels broken by line breaks, group labels over rows, blank cells as &amp;nbsp;.
/// </summary>
internal static class OlderFormPage
{
    private const int Width = 5;

    public static string Render(FormDefinition form, string title, string published, IReadOnlyDictionary<string, string> values)
    {
        var page = new StringBuilder($"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>发布日期：{published}</p>\n");
        foreach (var section in form.Sections)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{section.Ordinal}、{section.Titles[0]}</p>\n");
            var tables = form.Tables.Where(table => table.Section == section.Code).ToList();
            if (tables.Count == 0)
                page.Append("<p>&nbsp;&nbsp;按照条例要求开展工作。</p>\n");
            else if (section.Code == "disclosure")
                OneTable(page, tables, values);
            else if (tables[0].IsOneRow)
                Remedies(page, tables[0], values);
            else
                Requests(page, tables[0], values);
        }

        return page.Append("</body></html>").ToString();
    }

    private static void OneTable(StringBuilder page, List<FormTable> tables, IReadOnlyDictionary<string, string> values)
    {
        page.Append("<table>\n");
        foreach (var table in tables)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td colspan=\"{Width}\">{table.Captions[0]}</td></tr>\n");
            page.Append("<tr><td>信息内容</td>").AppendJoin("", Spread(table, table.Columns.Select(column =>
                column.Labels[0].Replace("本年新", "本年新<br />", StringComparison.Ordinal)))).Append("</tr>\n");
            foreach (var row in table.Rows)
                page.Append(CultureInfo.InvariantCulture, $"<tr><td>{row.Labels[0]}</td>").AppendJoin("", Spread(table, Printed(table, row, values))).Append("</tr>\n");
        }

        page.Append("</table>\n");
    }

    // Three columns over four slots and two over four: 1-1-2 and 2-2.
    private static IEnumerable<string> Spread(FormTable table, IEnumerable<string> cells) => cells.Select((cell, index) =>
        (table.Columns.Count == 2 || index == 2) ? $"<td colspan=\"2\">{cell}</td>" : $"<td>{cell}</td>");

    private static void Requests(StringBuilder page, FormTable table, IReadOnlyDictionary<string, string> values)
    {
        page.Append(CultureInfo.InvariantCulture, $"<table><tr><td colspan=\"3\" rowspan=\"3\">{table.Captions[0]}</td><td colspan=\"7\">申请人情况</td></tr>\n")
            .Append("<tr><td rowspan=\"2\">自然人</td><td colspan=\"5\">法人或其他组织</td><td rowspan=\"2\">总计</td></tr>\n<tr>")
            .AppendJoin("", table.Columns.Skip(1).SkipLast(1).Select(column => $"<td>{column.Labels[0]}</td>"))
            .Append("</tr>\n");
        var open = new List<string>();
        foreach (var row in table.Rows)
        {
            page.Append("<tr>");
            foreach (var group in row.Groups.Where(group => !open.Contains(group)))
            {
                open.Add(group);
                page.Append(CultureInfo.InvariantCulture, $"<td rowspan=\"{table.Rows.Count(other => other.Groups.Contains(group))}\">{table.Groups.Single(other => other.Code == group).Labels[0]}</td>");
            }

            page.Append(CultureInfo.InvariantCulture, $"<td colspan=\"{3 - row.Groups.Count}\">{row.Labels[0]}</td>")
                .AppendJoin("", Printed(table, row, values).Select(value => $"<td>{value}</td>"))
                .Append("</tr>\n");
        }

        page.Append("</table>\n");
    }

    private static void Remedies(StringBuilder page, FormTable table, IReadOnlyDictionary<string, string> values)
    {
        page.Append("<table><tr><td colspan=\"5\">行政复议</td><td colspan=\"10\">行政诉讼</td></tr>\n<tr>")
            .AppendJoin("", table.Columns.Select(column => $"<td rowspan=\"2\">{column.Labels[0].Insert(2, "<br />")}</td>"))
            .Append("<td colspan=\"5\">未经复议直接起诉</td><td colspan=\"5\">复议后起诉</td></tr>\n<tr>")
            .AppendJoin("", table.Rows.Skip(1).SelectMany(_ => table.Columns).Select(column => $"<td>{column.Labels[0].Insert(2, "<br />")}</td>"))
            .Append("</tr>\n<tr>")
            .AppendJoin("", table.Rows.SelectMany(row => Printed(table, row, values)).Select(value => $"<td>{value}</td>"))
            .Append("</tr></table>\n");
    }

    private static IEnumerable<string> Printed(FormTable table, FormRow row, IReadOnlyDictionary<string, string> values) =>
        table.Columns.Select(column => values[$"{row.Code}/{column.Code}"] is { Length: > 0 } value ? value : "&nbsp;");
}
