namespace EtlWarehouse.Parsing.Registers;

/// <summary>An agency that a pipeline says must publish.</summary>
/// <param name="DivisionCode">Six digits of the site's division.</param>
/// <param name="Body">The name without its place, e.g. <c>司法局</c>.</param>
/// <param name="Kind">Code of the peer group; null where no kind fits.</param>
/// <param name="LastYear">Null when it goes on.</param>
public sealed record ExpectedAgency(string DivisionCode, string Body, string? Kind, int FirstYear, int? LastYear)
{
    public string Code => $"{DivisionCode}/{Body}";
}
