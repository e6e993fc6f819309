using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Checks.Narrative;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Checks.Clerk;

/// <summary>The six parts of a report, their headings and what their prose has to hold.</summary>
internal static partial class SectionFindings
{
    public static IEnumerable<ClerkFinding> Of(FormWords words, ParsedReport report)
    {
        foreach (var wanted in words.Form.Sections)
        {
            var heading = $"{wanted.Ordinal}、{wanted.Titles[0]}";
            var section = report.Sections.FirstOrDefault(candidate => candidate.Code == wanted.Code);
            if (section is null)
            {
                yield return new ClerkFinding(ClerkWeight.Doubt, "section.missing", heading, null, "没有找到这一部分的标题", null, $"加上标题“{heading}”；没有内容的写“无”");
                continue;
            }

            var printed = FoldedLabel.Of(section.Title);
            if (printed.Text != FoldedLabel.Of(heading).Text || (printed.Ordinal.Length > 0 && printed.Ordinal != wanted.Ordinal))
                yield return new ClerkFinding(ClerkWeight.Hint, "section.title", heading, section.Locator, $"标题印作“{section.Title}”", null, $"规范标题是“{heading}”");
            else if (printed.Ordinal.Length == 0)
                yield return new ClerkFinding(ClerkWeight.Hint, "section.ordinal", heading, section.Locator, $"标题“{section.Title}”没有序号", null, $"规范标题是“{heading}”");

            if (wanted.Code is "overview" or "problems" or "other_matters" && string.IsNullOrWhiteSpace(section.Text))
                yield return new ClerkFinding(ClerkWeight.Doubt, "section.empty", heading, section.Locator, "这一部分没有内容", null, "写明情况；确实没有的写“无”");
            if (wanted.Code == "other_matters" && words.Form.FromYear >= 2021 && !string.IsNullOrWhiteSpace(section.Text) && !section.Text.Contains('费', StringComparison.Ordinal))
                yield return new ClerkFinding(ClerkWeight.Hint, "section.fee", heading, section.Locator, "没有说明收取信息处理费的情况", null, "写明本年度收取信息处理费的情况，没有收取的也写明");
            if (wanted.Code == "overview")
            {
                foreach (var finding in OtherYears(section, report.Identity.Year, heading))
                    yield return finding;
            }
        }
    }

    /// <summary>"2022年，我局…" at the head of a sentence of the report on 2023.</summary>
    private static IEnumerable<ClerkFinding> OtherYears(ReportSection section, int year, string heading)
    {
        foreach (var sentence in Sentence.Of(section))
        {
            var match = SpeaksOfAYear().Match(sentence.Text);
            if (!match.Success || int.Parse(match.Groups["y"].Value, CultureInfo.InvariantCulture) == year || Compares().IsMatch(sentence.Text))
                continue;
            var words = sentence.Printed(0, Math.Min(sentence.Text.Length, 24));
            yield return new ClerkFinding(ClerkWeight.Doubt, "section.other_year", heading, sentence.Locator(0),
                $"“{words}…”说的是 {match.Groups["y"].Value} 年，报告年度是 {year} 年", "沿用了往年报告的文字", "核对这一段是否为本年度的情况和数字");
        }
    }

    [GeneratedRegex("^(?:\\(.{1,2}\\)[^,。]{0,12}?)?(?<y>20[0-9]{2})年度?(?:,|我[局委办县市区镇厅]|本[局委机单]|全[县市区局年]|[县市区]?[^,。]{0,8}(?:局|委|办|政府)(?:共|坚持|认真|严格|深入|全面))")]
    private static partial Regex SpeaksOfAYear();

    [GeneratedRegex("同比|相比|较|结转|以来|起|修订|施行|印发|下一?年|下一步|将|计划")]
    private static partial Regex Compares();
}
