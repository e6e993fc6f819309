using System.Text;
using EtlWarehouse.SampleSites.Figures;

namespace EtlWarehouse.SampleSites.Layouts;

/// <summary>How one content system writes paragraphs, headings and table cells.</summary>
public interface IMarkup
{
    string Title(string text);

    string Heading(string text);

    string SubHeading(string text);

    string Paragraph(string text);

    string Table(IEnumerable<IReadOnlyList<Slot>> rows);
}

/// <summary>The whole report as one HTML fragment in the words of a content system.</summary>
public static class ReportHtml
{
    /// <param name="isDisclosureSplit">Section 二 as four tables instead of one.</param>
    public static string Write(SampleReport report, IMarkup markup, bool isDisclosureSplit)
    {
        var prose = new ReportProse(report);
        var grid = new FormGrid(report);
        var html = new StringBuilder();
        html.Append(markup.Title(report.Title)).Append(markup.Paragraph(prose.Opening));
        html.Append(markup.Heading("一、总体情况"));
        foreach (var section in prose.Overview())
        {
            html.Append(markup.SubHeading(section.Heading));
            foreach (var paragraph in section.Paragraphs)
                html.Append(markup.Paragraph(paragraph));
        }

        html.Append(markup.Heading("二、主动公开政府信息情况"));
        var blocks = grid.Disclosure();
        if (isDisclosureSplit)
        {
            foreach (var block in blocks)
                html.Append(markup.Table(block));
        }
        else
        {
            html.Append(markup.Table(blocks.SelectMany(block => block)));
        }

        html.Append(markup.Heading("三、收到和处理政府信息公开申请情况")).Append(markup.Table(grid.Requests()));
        html.Append(markup.Heading("四、政府信息公开行政复议、行政诉讼情况")).Append(markup.Table(grid.Remedies()));
        html.Append(markup.Heading("五、存在的主要问题及改进情况"));
        foreach (var paragraph in prose.Problems())
            html.Append(markup.Paragraph(paragraph));
        html.Append(markup.Heading("六、其他需要报告的事项"));
        foreach (var paragraph in prose.OtherMatters())
            html.Append(markup.Paragraph(paragraph));
        return html.ToString();
    }
}
