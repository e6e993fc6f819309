using System.Text;

namespace EtlWarehouse.SampleSites.Layouts;

/// <summary>Tidy HTML from a web editor: the official table with its spans.</summary>
public sealed class EditorMarkup : IMarkup
{
    public string Title(string text) => $"<p style=\"text-align: center;\"><strong><span style=\"font-size: 22pt;\">{text}</span></strong></p>\n";

    public string Heading(string text) => $"<p style=\"text-indent: 2em;\"><strong>{text}</strong></p>\n";

    public string SubHeading(string text) => $"<p style=\"text-indent: 2em;\">{text}</p>\n";

    public string Paragraph(string text) => $"<p style=\"text-indent: 2em; line-height: 1.75em;\">　　{text}</p>\n";

    public string Table(IEnumerable<IReadOnlyList<Slot>> rows)
    {
        var html = new StringBuilder("<table border=\"1\" cellspacing=\"0\" cellpadding=\"0\" align=\"center\" style=\"border-collapse: collapse; width: 100%;\">\n<tbody>\n");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            foreach (var slot in row)
                html.Append("<td").Append(Spans.Of(slot)).Append(" style=\"text-align: center;\">").Append(slot.Text).Append("</td>");
            html.Append("</tr>\n");
        }

        return html.Append("</tbody>\n</table>\n").ToString();
    }
}

/// <summary>What Word leaves behind when it is pasted: nested spans, office tags, padding, labels broken over lines.</summary>
public sealed class WordMarkup : IMarkup
{
    private const string Font = "font-family:仿宋_GB2312;mso-ascii-font-family:仿宋_GB2312;mso-hansi-font-family:宋体;mso-bidi-font-family:仿宋_GB2312;mso-font-kerning:0pt";
    private int _values;

    public string Title(string text) =>
        $"<p class=\"MsoNormal\" align=\"center\" style=\"text-align:center;line-height:30.0pt;mso-line-height-rule:exactly\"><b><span style=\"font-size:22.0pt;{Font}\">{Latin(text)}</span></b><b><span lang=\"EN-US\"><o:p></o:p></span></b></p>\n";

    public string Heading(string text) =>
        $"<p class=\"MsoNormal\" style=\"text-indent:32.0pt;mso-char-indent-count:2.0\"><span style=\"font-size:16.0pt;font-family:黑体\">{text}<span lang=\"EN-US\"><o:p></o:p></span></span></p>\n";

    public string SubHeading(string text) => Paragraph(text);

    public string Paragraph(string text) =>
        $"<p class=\"MsoNormal\" style=\"text-indent:32.0pt;mso-char-indent-count:2.0\"><span style=\"font-size:16.0pt;{Font}\">{Latin(text)}<span lang=\"EN-US\"><o:p></o:p></span></span></p>\n";

    public string Table(IEnumerable<IReadOnlyList<Slot>> rows)
    {
        var html = new StringBuilder(
            "<div align=\"center\"><table class=\"MsoNormalTable\" border=\"1\" cellspacing=\"0\" cellpadding=\"0\" style=\"border-collapse:collapse;mso-table-layout-alt:fixed;border:none;mso-border-alt:solid windowtext .5pt;mso-padding-alt:0cm 5.4pt 0cm 5.4pt\">\n");
        var index = 0;
        foreach (var row in rows)
        {
            html.Append($" <tr style=\"mso-yfti-irow:{index++};height:22.7pt\">\n");
            foreach (var slot in row)
            {
                html.Append($"  <td{Spans.Of(slot)} valign=\"center\" style=\"border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt\">\n");
                html.Append($"  <p class=\"MsoNormal\" align=\"center\" style=\"text-align:center;mso-pagination:widow-orphan\"><span style=\"{Font}\">");
                html.Append(slot.Kind == SlotKind.Value ? Number(slot.Text) : Label(slot.Text));
                html.Append("</span></p>\n  </td>\n");
            }

            html.Append(" </tr>\n");
        }

        return html.Append("</table></div>\n").ToString();
    }

    /// <summary>Long labels wrap where Word broke the line, short ones stay whole.</summary>
    private static string Label(string text) => text.Length switch
    {
        4 when text.StartsWith("结果", StringComparison.Ordinal) || text == "尚未审结" => $"{text[..2]}<br>\n  {text[2..]}",
        > 9 => $"{text[..7]}\n  {text[7..]}<span lang=\"EN-US\"><o:p></o:p></span>",
        _ => $"{text}<span lang=\"EN-US\"><o:p></o:p></span>",
    };

    /// <summary>Digits fall into several spans, blanks pad them: the reading is the same.</summary>
    private string Number(string text) => (_values++ % 5) switch
    {
        0 when text.Length > 1 => $"<span lang=\"EN-US\">{text[..1]}</span><span lang=\"EN-US\">{text[1..]}<o:p></o:p></span>",
        2 => $"<span lang=\"EN-US\"><span style=\"mso-spacerun:yes\">&nbsp;</span>{text}<o:p></o:p></span>",
        3 => $"<span lang=\"EN-US\">{text}</span><span lang=\"EN-US\">&nbsp;</span>",
        _ => $"<span lang=\"EN-US\">{text}<o:p></o:p></span>",
    };

    /// <summary>Word puts Latin letters and digits into spans of their own.</summary>
    private static string Latin(string text)
    {
        var html = new StringBuilder();
        var isLatin = false;
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character) != isLatin)
            {
                isLatin = !isLatin;
                html.Append(isLatin ? "<span lang=\"EN-US\">" : "</span>");
            }

            html.Append(character);
        }

        return isLatin ? html.Append("</span>").ToString() : html.ToString();
    }
}

/// <summary>An old template: upper-case tags, cells never closed, half-width brackets.</summary>
public sealed class OldMarkup : IMarkup
{
    public string Title(string text) => $"<H2 ALIGN=center>{text}</H2>\r\n";

    public string Heading(string text) => $"<P><B>{text}</B>\r\n";

    public string SubHeading(string text) => $"<P>&nbsp;&nbsp;&nbsp;&nbsp;{Narrow(text)}\r\n";

    public string Paragraph(string text) => $"<P>&nbsp;&nbsp;&nbsp;&nbsp;{text}\r\n";

    public string Table(IEnumerable<IReadOnlyList<Slot>> rows)
    {
        var html = new StringBuilder("<TABLE BORDER=1 WIDTH=98%>\r\n");
        foreach (var row in rows)
        {
            html.Append("<TR>\r\n");
            foreach (var slot in row)
            {
                var tag = slot.Kind == SlotKind.Header ? "TH" : "TD";
                var text = slot.Text.Length == 0 ? "&nbsp;" : slot.Kind == SlotKind.Value ? slot.Text : Narrow(slot.Text);
                html.Append($"<{tag}{Spans.Of(slot).Replace("\"", "", StringComparison.Ordinal)}>{text}\r\n");
            }
        }

        return html.Append("</TABLE>\r\n").ToString();
    }

    private static string Narrow(string text) => text
        .Replace('（', '(').Replace('）', ')').Replace("1.", "1、", StringComparison.Ordinal);
}

internal static class Spans
{
    public static string Of(Slot slot) =>
        (slot.Columns > 1 ? $" colspan=\"{slot.Columns}\"" : "") + (slot.Rows > 1 ? $" rowspan=\"{slot.Rows}\"" : "");
}
