namespace EtlWarehouse.Parsing.Registers;

/// <summary>That one agency took over from another, where the register of divisions and the kinds' former names do not tell.</summary>
/// <param name="Agency">Code of the agency that ended: division code, slash, name without its place, e.g. <c>410322/司法局</c>.</param>
/// <param name="Successor">Code of the agency that took over.</param>
/// <param name="From">Day from which it did.</param>
/// <param name="Kind"><c>renamed</c>, <c>merged</c> or <c>split</c>.</param>
public sealed record AgencyLink(string Agency, string Successor, DateOnly From, string Kind);
