using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.SampleSites.Figures;

/// <summary>What one cell of a sample report prints, and what it means.</summary>
/// <param name="Value">Null unless <paramref name="State"/> is reported.</param>
public sealed record SampleCell(string Printed, decimal? Value, CellState State)
{
    public static SampleCell Of(decimal value) =>
        new(value.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture), value, CellState.Reported);

    public static SampleCell Blank { get; } = new("", null, CellState.Blank);

    public static SampleCell Dash(string printed) => new(printed, null, CellState.NotApplicable);
}

/// <summary>What is peculiar to one report of the sample.</summary>
public enum SampleVariant
{
    Plain,

    /// <summary>Republished later with other figures; the first one stays on the site.</summary>
    Corrected,

    /// <summary>A printed total does not equal its parts.</summary>
    BrokenSum,

    /// <summary>Zeros are left empty or printed as dashes.</summary>
    Blanks,
}

/// <summary>One invented report: the figures and the prose, before any layout.</summary>
/// <param name="Cells">By cell code; every cell of the form.</param>
public sealed record SampleReport(
    SampleAgency Agency,
    int Year,
    DateOnly Published,
    SampleVariant Variant,
    FormDefinition Form,
    IReadOnlyDictionary<string, SampleCell> Cells)
{
    public string Title => $"{Agency.Name}{Year}年政府信息公开工作年度报告";

    /// <summary>As the list prints it; a corrected report says so.</summary>
    public string ListTitle => Variant == SampleVariant.Corrected ? $"{Title}（更正版）" : Title;

    public decimal Sum(params string[] codes) => codes.Sum(code => Cells[code].Value ?? 0);

    /// <summary>Ids of the form's equations that the printed figures break.</summary>
    public IEnumerable<string> FailedChecks() =>
        from check in Form.Checks
        let cells = check.Left.Concat(check.Right).Select(code => Cells[code])
        where cells.All(cell => cell.Value is not null)
        where check.Left.Sum(code => Cells[code].Value) != check.Right.Sum(code => Cells[code].Value)
        select check.Id;
}
