namespace EtlWarehouse.Parsing.Registers;

/// <summary>A quantity that stays comparable over the forms.</summary>
/// <param name="Cells">For each form the cells whose sum it is.</param>
public sealed record Concept(
    string Code, string Label, string Unit, IReadOnlyDictionary<string, ConceptCells> Cells);

/// <param name="IsExact">False where the form's wording differs so that the figures are comparable only roughly.</param>
public sealed record ConceptCells(bool IsExact, IReadOnlyList<string> CellCodes);
