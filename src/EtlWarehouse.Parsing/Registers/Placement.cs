namespace EtlWarehouse.Parsing.Registers;

/// <summary>What a person said of one document that the reader could not give to an agency and year by itself.</summary>
/// <param name="Sha256">Of the archived bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="DivisionCode">Six digits, in force on December 31 of <paramref name="Year"/>.</param>
/// <param name="Body">The agency's name without its place, e.g. <c>司法局</c>.</param>
/// <param name="Year">The reporting year.</param>
/// <param name="By">Who said it.</param>
/// <param name="Why">On what grounds.</param>
public sealed record Placement(string Sha256, string DivisionCode, string Body, int Year, string By, string Why);
