namespace EtlWarehouse.Parsing.Registers;

/// <summary>A peer group of agencies, e.g. all justice bureaus.</summary>
/// <param name="Names">Endings of agency names that belong to it, present and former.</param>
/// <param name="IsVertical">Led by its own head office, so its reports stand on that office's site.</param>
public sealed record AgencyKind(string Code, string Label, IReadOnlyList<string> Names, bool IsVertical)
{
    /// <summary>Those of <see cref="Names"/> whose bodies became part of the kind.</summary>
    public IReadOnlyList<string> FormerNames { get; init; } = [];

    /// <summary>Those of <see cref="Names"/> of whose bodies only a part did.</summary>
    public IReadOnlyList<string> PartlyFormerNames { get; init; } = [];
}
