using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Parsing.Checks.Clerk;

/// <summary>Cells without a number, or with one that cannot be.</summary>
internal static class CellFindings
{
    private const int Shown = 6;

    /// <summary>More rows than this are told in one finding: rather a piece of the table is missing.</summary>
    private const int SingleRows = 4;

    public static IEnumerable<ClerkFinding> Of(FormWords words, ParsedReport report)
    {
        // An undivided row is told by itself; the rows it stands for are not missing.
        var replaced = report.Cells.SelectMany(cell => words.Cell(cell.Code).Replaces).ToHashSet();
        foreach (var table in words.Form.Tables)
        {
            var cells = report.Cells.Where(cell => words.Cell(cell.Code).Table == table.Code && !replaced.Contains(cell.Code)).ToList();
            var missing = cells.Where(cell => cell.State == CellState.Missing).ToList();
            var place = words.Table(table.Section) + (table.Captions is [var caption, ..] && !caption.StartsWith('（') ? $"（{caption}）" : "");
            if (missing.Count == cells.Count)
            {
                yield return new ClerkFinding(ClerkWeight.Error, "table.missing", place, null,
                    "没有找到这张表", "表格可能是图片、另附文件，或者标题和表头与规范格式相差太大", "把表格按规范格式以文字表格放进报告正文");
            }
            else
            {
                foreach (var finding in Missing(words, table, place, missing))
                    yield return finding;
            }

            foreach (var finding in Unfilled(words, place, cells))
                yield return finding;
            foreach (var finding in cells.Where(cell => cell.Value is not null).SelectMany(cell => Impossible(words, cell)))
                yield return finding;
        }
    }

    private static IEnumerable<ClerkFinding> Missing(FormWords words, FormTable table, string place, List<CellReading> missing)
    {
        var rows = missing.GroupBy(cell => words.Cell(cell.Code).Row).ToLookup(row => row.Count() == table.Columns.Count);
        var whole = rows[true].ToList();
        if (whole.Count > SingleRows)
        {
            yield return new ClerkFinding(ClerkWeight.Error, "row.missing", place, null,
                $"缺少 {whole.Count} 行：{string.Join("、", whole.Take(SingleRows).Select(row => words.RowName(row.Key)))}等", "表格不完整，或有一部分是图片", "按规范格式补上这些行；没有发生的填 0");
            whole.Clear();
        }

        foreach (var row in whole)
            yield return new ClerkFinding(ClerkWeight.Error, "row.missing", words.RowPlace(row.Key), null, "缺少这一行", null, "按规范格式补上这一行；没有发生的填 0");
        foreach (var row in rows[false])
        {
            yield return new ClerkFinding(ClerkWeight.Error, "cell.missing", words.RowPlace(row.Key), null,
                $"这一行缺少 {row.Count()} 个数：{string.Join("、", row.Select(cell => words.Column(cell.Code)))}", "表头缺少这几列，或用了旧格式的表头", "按规范格式补上这几列并填数；没有发生的填 0");
        }
    }

    private static IEnumerable<ClerkFinding> Unfilled(FormWords words, string place, List<CellReading> cells)
    {
        var unreadable = cells.ToLookup(cell => cell.State == CellState.Unreadable && IsRecognised(cell));
        foreach (var row in unreadable[true].GroupBy(cell => words.Cell(cell.Code).Row))
        {
            yield return new ClerkFinding(ClerkWeight.Doubt, "value.unconfirmed", words.RowPlace(row.Key), row.First().Locator,
                $"扫描件，有 {row.Count()} 格没有得到勾稽等式证实：{string.Join("、", row.Select(cell => $"{words.Column(cell.Code)}{(cell.Raw is null ? "未识别" : $"识别为“{cell.Raw.Replace("\n", " ", StringComparison.Ordinal)}”")}"))}",
                "扫描件上的数字由程序识别，可能认错；没有等式证实的不采用", "对照原件核对；公布可以检索和复制的文字版");
        }

        foreach (var lost in unreadable[false].Where(cell => cell is { State: CellState.Unreadable, Raw: null }))
        {
            yield return new ClerkFinding(ClerkWeight.Error, "value.lost", $"{words.TableOfRow(words.Cell(lost.Code).Row)}“{words.CellName(lost.Code)}”", lost.Locator,
                "这一行少一个数，按勾稽关系看，缺的是这一格", "漏填，或复制时丢了一个单元格", "补上这一格，核对同一行其他数是否对准各列；没有发生的填 0");
        }

        foreach (var row in unreadable[false].Where(cell => cell is { State: CellState.Unreadable, Raw: not null }).GroupBy(cell => (words.Cell(cell.Code).Row, cell.Raw, cell.Locator)))
        {
            var isWhole = row.Count() > 1;
            yield return new ClerkFinding(ClerkWeight.Error, "value.unreadable",
                isWhole ? words.RowPlace(row.Key.Row) : $"{words.TableOfRow(row.Key.Row)}“{words.CellName(row.First().Code)}”",
                row.Key.Locator,
                isWhole ? $"这一行的数不能与各列一一对应，原文“{row.Key.Raw}”" : $"“{row.Key.Raw}”不是数，或者缺少单位",
                isWhole ? "少填、多填了数，或者单元格合并、错位" : null,
                "每格只填一个阿拉伯数字；没有发生的填 0");
        }

        var blank = cells.Where(cell => cell.State == CellState.Blank).ToList();
        if (blank.Count > 0)
        {
            yield return new ClerkFinding(ClerkWeight.Doubt, "value.blank", place, blank[0].Locator,
                $"有 {blank.Count} 格空白：{Names(words, blank)}", null,
                (blank.Exists(cell => words.IsTotal(cell.Code)) ? "总计填各项之和；" : "") + "没有发生的填 0，不要留空；空白不等于 0，有关等式无法核对");
        }

        var dashes = cells.Where(cell => cell.State == CellState.NotApplicable).ToList();
        if (dashes.Count > 0)
        {
            yield return new ClerkFinding(ClerkWeight.Doubt, "value.not_applicable", place, dashes[0].Locator,
                $"有 {dashes.Count} 格填“{dashes[0].Raw}”：{Names(words, dashes)}", null, "没有发生的填 0，不用短横、斜线或“无”");
        }
    }

    private static bool IsRecognised(CellReading cell) => cell.Repair?.StartsWith(RecognisedCells.Repair, StringComparison.Ordinal) == true;

    private static IEnumerable<ClerkFinding> Impossible(FormWords words, CellReading cell)
    {
        var definition = words.Cell(cell.Code);
        var (value, place) = (cell.Value!.Value, $"{words.TableOfRow(definition.Row)}“{words.CellName(cell.Code)}”");
        if (value < 0 && definition.Kind != CellKind.Change)
            yield return new ClerkFinding(ClerkWeight.Error, "value.negative", place, cell.Locator, $"“{cell.Raw}”是负数", null, "数量和金额不能为负，核对后改正");
        if (definition.Kind == CellKind.Count && value != decimal.Truncate(value))
            yield return new ClerkFinding(ClerkWeight.Error, "value.fraction", place, cell.Locator, $"“{cell.Raw}”不是整数", "可能把金额填进了件数，或小数点有误", "件数填整数");
        if (definition is { Kind: CellKind.Amount, Unit: "万元" } && value != Math.Round(value, 4))
            yield return new ClerkFinding(ClerkWeight.Doubt, "value.decimals", place, cell.Locator, $"“{cell.Raw}”的小数超过 4 位", null, "以万元为单位，保留至多 4 位小数");
        if (cell.Repair?.Contains("unit.converted", StringComparison.Ordinal) == true)
        {
            yield return new ClerkFinding(ClerkWeight.Doubt, "unit.converted", place, cell.Locator,
                $"“{cell.Raw}”的单位与规范格式（{definition.Unit}）不同，折合 {FormWords.Number(value)} {definition.Unit}", null, $"以{definition.Unit}为单位填写，单位写在表头，格内只填数字");
        }
    }

    private static string Names(FormWords words, List<CellReading> cells) =>
        string.Join("、", cells.Take(Shown).Select(cell => words.CellName(cell.Code))) + (cells.Count > Shown ? "等" : "");
}
