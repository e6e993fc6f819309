using System.Globalization;
using System.Text;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Tests.Parsing.Forms;

/// <summary>Every wording of labels and headings that was seen or is expected, put in place of the official one.</summary>
public sealed class LabelVariantsTests
{
    private static readonly FormDefinition Form = FormOf("2021");

    // The reference stands beside the checkout.
    [TestCaseSource(nameof(Rows))]
    public void Read_RowWrittenOtherwise_IsFound(string target, string written)
    {
        var form = FormOf(Form.Cells.Any(cell => cell.Row == target) ? "2021" : "2019");
        var label = form.Cells.First(cell => cell.Row == target).RowLabel;
        var values = Numbers(form);
        var text = Render(form, values);
        // 其他 is a part of other labels.
        var page = text.Replace($"<span>{label}</span>", $"<span>{written.Replace("⏎", "<br/>", StringComparison.Ordinal)}</span>", StringComparison.Ordinal);
        Assert.That(page, Is.Not.EqualTo(text).Or.EqualTo(text.Replace(label, written, StringComparison.Ordinal)));
        AssertValues(form, values, page);
    }

    [TestCaseSource(nameof(Columns))]
    public void Read_ColumnWrittenOtherwise_ShiftsNothing(string formCode, string label, string written)
    {
        var form = FormOf(formCode);
        var values = Numbers(form);
        var page = Render(form, values).Replace($"<span>{label}</span>", $"<span>{written.Replace("⏎", "<br/>", StringComparison.Ordinal)}</span>", StringComparison.Ordinal);
        AssertValues(form, values, page);
    }

    [TestCase("disclosure", "二、主动公开政府信息情况")]
    [TestCase("remedies", "四、政府信息公开行政法复议、行政诉讼情况")]
    [TestCase("remedies", "四．政府信息公开行政复议和行政诉讼情况")]
    [TestCase("remedies", "四、政府信息公开行政复议及行政诉讼情况")]
    [TestCase("remedies", "四、政府信息公开行政复议行政诉讼情况")]
    [TestCase("remedies", "因政府信息公开工作被申请行政复议、提起行政诉讼情况")]
    [TestCase("requests", "三是收到和处理政府信息公开申请情况")]
    [TestCase("requests", "#### 三、收到和处理政府信息公开申请情况")]
    [TestCase("requests", "收到和处理政府信息公开申请情况")]
    [TestCase("overview", "一总体情况")]
    [TestCase("overview", "总体情况")]
    [TestCase("overview", "一、总体情况(宋体加粗小四号字)")]
    [TestCase("overview", "⼀、总体情况")]
    [TestCase("problems", "五、存在问题及改进情况")]
    [TestCase("problems", "五、存在的主要问题及改进措施")]
    [TestCase("problems", "五、存在的问题及改进措施")]
    [TestCase("problems", "五、存在的主要问题及明年工作计划")]
    [TestCase("problems", "五、政府信息公开工作存在的主要问题及改进情况")]
    [TestCase("problems", "存在的主要问题及改进情况")]
    [TestCase("other_matters", "六、其它需要报告的事项")]
    [TestCase("other_matters", "　六、其他需要报告的事项")]
    public void Find_HeadingWrittenOtherwise_NamesItsSection(string section, string written) =>
        Assert.That(new SectionHeadings(Form).Find(written.TrimStart('#', ' ', '\u3000'))?.Code, Is.EqualTo(section));

    [TestCase("四、结转下年度继续办理")]
    [TestCase("（六）其他处理")]
    [TestCase("三、本年度办理结果")]
    [TestCase("一、本年新收政府信息公开申请数量")]
    [TestCase("（一）存在的问题")]
    [TestCase("总体情况良好，全年主动公开政府信息128条。")]
    [TestCase("其他需要说明的事项见附件")]
    public void Find_OtherLine_IsNoHeading(string line) => Assert.That(new SectionHeadings(Form).Find(line), Is.Null);

    public static IEnumerable<TestCaseData> Rows() =>
        from entry in Variants("section2_rows", "section3_rows", "section4")
        where !entry.Target.StartsWith("group.", StringComparison.Ordinal) && !entry.Target.StartsWith("column.", StringComparison.Ordinal)
            && entry.Target is not "disclosure.other_documents" // a row that no form has
        from written in entry.Written
        select new TestCaseData(entry.Target, written);

    public static IEnumerable<TestCaseData> Columns() =>
        from section in new[] { "section2_columns_2021", "section2_columns_2019", "section3_columns", "section4" }
        from entry in Variants(section)
        where entry.Target.StartsWith("column.", StringComparison.Ordinal) || entry.Target.StartsWith("applicant.", StringComparison.Ordinal)
        let form = section == "section2_columns_2019" ? "2019" : "2021"
        let code = entry.Target[(entry.Target.IndexOf('.', StringComparison.Ordinal) + 1)..]
        from cell in FormOf(form).Cells.Where(cell => cell.Column == code && cell.Kind != CellKind.Amount).Take(1)
        from written in entry.Written
        select new TestCaseData(form, cell.ColumnLabel, written);

    /// <summary>Wordings of one target; those that tell of a displacement, and not of words, are left to other tests.</summary>
    private static IEnumerable<(string Target, IEnumerable<string> Written)> Variants(params string[] sections)
    {
        var path = ReferenceReports.Shared("reference", "label-variants.yaml");
        var file = ReferenceFiles.ReadYaml<Dictionary<string, object>>(path);
        foreach (var entry in sections.SelectMany(section => (List<object>)file[section]).Cast<Dictionary<object, object>>())
        {
            var text = (string)entry["text"];
            if (!text.Contains("in the FIRST cell", StringComparison.Ordinal) && !text.Contains("⏎- 5 -⏎", StringComparison.Ordinal) && !text.Contains('…', StringComparison.Ordinal))
                yield return ((string)entry["target"], text.Split(" / ").Select(written => written.Trim()));
        }
    }

    private static void AssertValues(FormDefinition form, Dictionary<string, string> values, string page)
    {
        var result = ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(page), "page.html"));
        Assert.That(result.Refusal, Is.Null);
        Assert.That(
            result.Report!.Cells.Where(cell => cell.Value?.ToString(CultureInfo.InvariantCulture) != values[cell.Code].TrimEnd('元')).Select(cell => (cell.Code, cell.State, cell.Value)),
            Is.Empty);
    }

    private static string Render(FormDefinition form, Dictionary<string, string> values) => new RenderedForm(form, values, new Random(2)).Render("html");

    private static Dictionary<string, string> Numbers(FormDefinition form) =>
        form.Cells.ToDictionary(cell => cell.Code, cell => (cell.Position * 7 % 1000).ToString(CultureInfo.InvariantCulture) + (cell.NeedsPrintedUnit ? "元" : ""));

    private static FormDefinition FormOf(string code) => ReferenceReports.Reference.Forms.Single(form => form.Code == code);
}
