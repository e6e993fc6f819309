namespace EtlWarehouse.Parsing.Registers;

/// <summary>One version of an administrative division (GB/T 2260).</summary>
/// <param name="Code">Six digits.</param>
/// <param name="Level"><c>province</c>, <c>prefecture</c> or <c>county</c>.</param>
/// <param name="Prefecture">Null for a province and for what stands directly under one.</param>
/// <param name="FromYear">The code was in force on December 31 of this year and on.</param>
/// <param name="ToYear">The first year on whose December 31 it was not any more; null while in force.</param>
/// <param name="Successors">Codes that took over when it ended; none while in force.</param>
public sealed record Division(
    string Code,
    string Name,
    string Level,
    string Province,
    string? Prefecture,
    string? County,
    int FromYear,
    int? ToYear,
    IReadOnlyList<string> Successors)
{
    /// <summary>Parts that it gave away while it went on.</summary>
    public IReadOnlyList<DivisionCession> Cessions { get; init; } = [];
}

/// <param name="Code">Six digits of the division that got the part.</param>
/// <param name="Year">The first year whose December 31 shows the change.</param>
public sealed record DivisionCession(string Code, int Year);
