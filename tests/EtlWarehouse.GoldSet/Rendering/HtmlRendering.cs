using System.Globalization;
using System.Net;
using System.Text;
using EtlWarehouse.GoldSet.Composition;

namespace EtlWarehouse.GoldSet.Rendering;

/// <summary>A web page, in the markup that goes with the layout.</summary>
public static class HtmlRendering
{
    /// <param name="isPlain">Without the oddities of markup, for programs that make other formats from it.</param>
    public static string Render(GoldDocument document, bool isPlain = false)
    {
        var layout = document.Layout;
        var isPasted = !isPlain && layout.Name == "pasted";
        var isLying = !isPlain && layout.LyingSpans;
        // Nobody has to close a cell, a row or a paragraph.
        var (endCell, endRow, endParagraph) = !isPlain && layout.Name == "sloppy" ? ("", "", "") : ("</td>", "</tr>", "</p>");
        var page = new StringBuilder($"<html><head><meta charset=\"utf-8\"><title>{document.Title}</title></head><body>\n");
        var isNested = !isPlain && layout.IsNested;
        if (isNested)
            page.Append("<div>当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/xxgk\">信息公开</a></div><table width=\"100%\"><tr><td width=\"20%\"><a href=\"/nb\">年度报告</a></td><td><table><tr><td>\n");
        foreach (var block in document.Blocks)
        {
            if (block is GoldParagraph paragraph)
            {
                var tag = paragraph.IsHeading && !isPasted ? "h2" : "p";
                page.Append(CultureInfo.InvariantCulture, $"<{tag}>{Text(paragraph.Text)}{(tag == "p" ? endParagraph : "</h2>")}\n");
            }
            else if (block is GoldTable table)
            {
                page.Append(isPlain ? "<table border=\"1\">" : "<table>");
                foreach (var row in table.Rows)
                {
                    page.Append("<tr>");
                    foreach (var cell in row.Cells)
                        page.Append("<td").Append(Spans(cell, isLying)).Append('>').Append(isPasted ? Pasted(cell) : Text(cell.Text)).Append(endCell);
                    page.Append(endRow).Append('\n');
                }

                page.Append("</table>\n");
            }
        }

        if (isNested)
            page.Append("</td></tr></table></td></tr></table><div>相关链接： --> <a href=\"/fj.doc\">附件下载</a> 微信 微博 QQ空间</div>");
        return page.Append("</body></html>\n").ToString();
    }

    private static string Spans(GoldCell cell, bool isLying)
    {
        // Wider and longer than what is there.
        var columns = cell.Columns + (isLying && cell.Role is CellRole.Caption && cell.Columns > 1 && cell.Rows == 1 ? 4 : 0);
        var rows = cell.Rows + (isLying && cell.Role is CellRole.Group && cell.Rows > 10 ? 1 : 0);
        return (columns == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" colspan=\"{columns}\""))
            + (rows == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" rowspan=\"{rows}\""));
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text).Replace("\n", "<br/>", StringComparison.Ordinal);

    /// <summary>As a word processor leaves it on the clipboard: spans in spans, digits in spans of their own, hard blanks.</summary>
    private static string Pasted(GoldCell cell)
    {
        const string Start = "<p class=\"MsoNormal\" style=\"text-align:center;mso-element:frame\"><span style=\"font-size:10.5pt\"><span lang=\"EN-US\">";
        const string End = "</span></span><span lang=\"EN-US\"><o:p></o:p></span></p>";
        if (cell.Role == CellRole.Value && cell.Text.Length > 1)
            return Start + string.Join("</span><span lang=\"EN-US\">", cell.Text.Select(letter => Text(letter.ToString()))) + End;
        return Start + (cell.Text.Length == 0 ? "&nbsp;" : Text(cell.Text)) + End;
    }
}
