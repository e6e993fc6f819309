using EtlWarehouse.Parsing.Checks.Narrative;

namespace EtlWarehouse.Parsing.Checks.Clerk;

/// <summary>Numbers in the prose that the tables, or their own parts, contradict.</summary>
internal static class NarrativeFindings
{
    public static IEnumerable<ClerkFinding> Of(FormWords words, ParsedReport report, IReadOnlyList<LikelyFault> faults)
    {
        foreach (var stated in report.Narrative.Where(stated => stated is { Agrees: false, Value: not null, Table: not null }))
        {
            var section = report.Sections.FirstOrDefault(section => section.Locator == stated.Locator || section.LineLocators.Contains(stated.Locator));
            var place = section is null ? "正文" : $"正文“{section.Title}”";
            var (value, table) = (FormWords.Number(stated.Value!.Value), FormWords.Number(stated.Table!.Value));
            var quoted = $"“{stated.Text.Replace('“', '‘').Replace('”', '’')}”";
            var difference = FormWords.Number(Math.Abs(stated.Value.Value - stated.Table.Value));
            if (stated.Measure == PartsOfSums.Measure)
            {
                yield return new ClerkFinding(ClerkWeight.Error, "narrative.sum", place, stated.Locator,
                    $"{quoted}：总数写 {value}，各项相加为 {table}，差 {difference}", "总数或其中一项写错，或漏写了一项", "核对各项，使各项之和等于总数；确有未列的，写明“等”");
                continue;
            }

            var measure = words.Form.Measures.First(candidate => candidate.Code == stated.Measure);
            yield return new ClerkFinding(ClerkWeight.Error, "narrative.contradicts", place, stated.Locator,
                $"{quoted}：正文写{measure.Label} {value}，表中{string.Join(" + ", measure.Cells.Select(cell => $"“{words.CellName(cell)}”"))}为 {table}，差 {difference}",
                Fault(measure.Cells, stated.Value.Value, report, words, faults),
                "核对台账，使正文与表格一致");
        }
    }

    private static string? Fault(
        IReadOnlyList<string> cells, decimal stated, ParsedReport report, FormWords words, IReadOnlyList<LikelyFault> faults)
    {
        if (cells.Count == 1 && faults.Any(fault => fault.Cell == cells[0] && fault.Value == stated))
            return "表中这个数也使勾稽等式不成立，而正文的数使其成立：很可能是表中填错";
        var checks = words.Form.Checks.Where(check => check.Left.Concat(check.Right).Any(cells.Contains)).Select(check => check.Id).ToHashSet();
        var isSound = checks.Count > 0 && report.Checks.Where(check => checks.Contains(check.Id)).All(check => check.Status == CheckStatus.Pass);
        return isSound ? "表中有关等式全部成立，很可能是正文写错，或沿用了往年的文字" : null;
    }
}
