using EtlWarehouse.Parsing;

namespace EtlWarehouse.Loading.Staging;

/// <summary>Which cell and which check stands at which place of a staged reading's arrays.</summary>
internal sealed record ReadingLayout(long Key, string Form, string[] CellCodes, string[] CheckCodes)
{
    public static ReadingLayout Of(ParsedReport report)
    {
        string[] cells = [.. report.Cells.Select(cell => cell.Code)];
        string[] checks = [.. report.Checks.Select(check => check.Id)];
        var form = report.Identity.Form;
        return new ReadingLayout(
            NaturalKey.OfText($"{form}\n{string.Join('|', cells)}\n{string.Join('|', checks)}"), form, cells, checks);
    }
}
