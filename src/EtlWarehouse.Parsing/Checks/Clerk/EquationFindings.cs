using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Parsing.Checks.Clerk;

/// <summary>Sums that do not come out.</summary>
internal static class EquationFindings
{
    /// <summary>Longer sums show only what is not zero.</summary>
    private const int ShortSum = 4;

    public static IEnumerable<ClerkFinding> Of(FormWords words, ParsedReport report, IReadOnlyList<LikelyFault> faults)
    {
        var cells = report.Cells.ToDictionary(cell => cell.Code);
        foreach (var fault in faults)
        {
            var first = fault.Checks[0];
            var problems = fault.Checks.Select(check => (fault.Checks.Count > 1 ? Place(words, check) + "：" : "") + Problem(words, check, cells));
            yield return new ClerkFinding(
                ClerkWeight.Error, "check.failed",
                fault.Cell is { } cell ? $"{words.TableOfRow(words.Cell(cell).Row)}“{words.CellName(cell)}”" : Place(words, first),
                cells[fault.Cell ?? first.Right[0]].Locator,
                string.Join("；", problems),
                Origin(report, fault) + (fault.Cell is { } wrong ? Fault(words, wrong, cells[wrong].Value!.Value, fault.Value!.Value) : "合计或其中某一项填错，仅凭这一个等式不能判断是哪一项"),
                fault.Cell is null
                    ? $"按“{first.Label}”逐项核对台账，改正填错的数"
                    : "核对台账；如台账支持，改为该数，否则检查同行、同列的其他数");
        }
    }

    /// <summary>A clerk must not go after an error that is the program's.</summary>
    private static string Origin(ParsedReport report, LikelyFault fault) =>
        report.Checks.Where(check => fault.Checks.Any(failed => failed.Id == check.Id)).Max(check => check.Fault) switch
        {
            LikelyOrigin.Reader => "原表不规范，有的数是推断读出的，请先与原表核对；",
            LikelyOrigin.Unclear => "文件里的表格没有边框，数的位置可能读错，请先与原表核对；",
            _ => "",
        };

    private static string Fault(FormWords words, string cell, decimal printed, decimal needed)
    {
        var (left, right) = (FormWords.Number(printed), FormWords.Number(needed));
        var swapped = left != right && left.Length > 1 && left.Order().SequenceEqual(right.Order()) ? "，疑为数字颠倒" : "";
        return $"很可能“{words.CellName(cell)}”填错：表中为 {left}，若为 {right}，以上等式全部成立{swapped}";
    }

    private static string Place(FormWords words, FormCheck check)
    {
        var (first, table) = (words.Cell(check.Left[0]), words.TableOfRow(words.Cell(check.Left[0]).Row));
        return IsRow(words, check)
            ? $"{table}“{words.RowLabel(first.Row)}”行"
            : $"{table} {words.Column(first.Code)}列";
    }

    private static bool IsRow(FormWords words, FormCheck check) =>
        check.Left.Concat(check.Right).Select(code => words.Cell(code).Row).Distinct().Count() == 1;

    private static string Problem(FormWords words, FormCheck check, Dictionary<string, CellReading> cells)
    {
        var isRow = IsRow(words, check);
        string Side(IReadOnlyList<string> codes)
        {
            var terms = codes.Where(code => codes.Count <= ShortSum || cells[code].Value != 0)
                .Select(code => $"{(isRow ? words.Column(code) : words.ShortRow(words.Cell(code).Row))}（{FormWords.Number(cells[code].Value!.Value)}）").ToList();
            var sum = codes.Sum(code => cells[code].Value!.Value);
            return codes.Count == 1 ? terms[0] : $"{(terms.Count == 0 ? "各项均为 0" : string.Join(" + ", terms))} = {FormWords.Number(sum)}";
        }

        var difference = Math.Abs(check.Left.Sum(code => cells[code].Value!.Value) - check.Right.Sum(code => cells[code].Value!.Value));
        return $"{Side(check.Left)}，{Side(check.Right)}，差 {FormWords.Number(difference)}";
    }
}
