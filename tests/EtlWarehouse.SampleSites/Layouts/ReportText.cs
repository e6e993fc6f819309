using System.Text;
using EtlWarehouse.SampleSites.Figures;

namespace EtlWarehouse.SampleSites.Layouts;

/// <summary>The whole report as plain text, as people paste and export it.</summary>
public static class ReportText
{
    /// <summary>A table row is a line, cells are separated by tabs; merged cells leave empty ones behind.</summary>
    public static string Tabbed(SampleReport report) => Write(report, WriteTabbed);

    /// <summary>Each cell is a line of its own; an empty line ends a row.</summary>
    public static string CellPerLine(SampleReport report) => Write(report, WriteCellPerLine);

    private static string Write(SampleReport report, Action<StringBuilder, IEnumerable<IReadOnlyList<Slot>>> writeTable)
    {
        var prose = new ReportProse(report);
        var grid = new FormGrid(report);
        var text = new StringBuilder();
        Line(report.Title);
        Line(prose.Opening);
        Line("一、总体情况");
        foreach (var section in prose.Overview())
        {
            Line(section.Heading);
            section.Paragraphs.ToList().ForEach(Line);
        }

        Line("二、主动公开政府信息情况");
        writeTable(text, grid.Disclosure().SelectMany(block => block));
        Line("三、收到和处理政府信息公开申请情况");
        writeTable(text, grid.Requests());
        Line("四、政府信息公开行政复议、行政诉讼情况");
        writeTable(text, grid.Remedies());
        Line("五、存在的主要问题及改进情况");
        prose.Problems().ToList().ForEach(Line);
        Line("六、其他需要报告的事项");
        prose.OtherMatters().ToList().ForEach(Line);
        return text.ToString();

        void Line(string line) => text.Append(line).Append("\r\n\r\n");
    }

    private static void WriteTabbed(StringBuilder text, IEnumerable<IReadOnlyList<Slot>> rows)
    {
        // For each column, how many more rows the cell above reaches down.
        var covered = new Dictionary<int, int>();
        foreach (var row in rows)
        {
            var cells = new List<string>();
            foreach (var slot in row)
            {
                while (TryConsume(covered, cells.Count))
                    cells.Add("");
                for (var column = 0; column < slot.Columns; column++)
                {
                    covered[cells.Count] = slot.Rows - 1;
                    cells.Add(column == 0 ? slot.Text : "");
                }
            }

            while (TryConsume(covered, cells.Count))
                cells.Add("");
            text.AppendJoin('\t', cells).Append("\r\n");
        }

        text.Append("\r\n");
    }

    private static bool TryConsume(Dictionary<int, int> covered, int column)
    {
        if (covered.GetValueOrDefault(column) == 0)
            return false;
        covered[column]--;
        return true;
    }

    private static void WriteCellPerLine(StringBuilder text, IEnumerable<IReadOnlyList<Slot>> rows)
    {
        foreach (var row in rows)
        {
            foreach (var slot in row)
                text.Append(slot.Text).Append("\r\n");
            text.Append("\r\n");
        }
    }
}
