namespace EtlWarehouse.Parsing.Forms;

/// <summary>An official form, cell by cell, as <c>pipelines/forms/form-*.yml</c> describes it.</summary>
/// <param name="Code">The year the form came into force, e.g. <c>2021</c>; with a cell code the key of a fact.</param>
/// <param name="FromYear">First reporting year.</param>
/// <param name="ToYear">Last reporting year; null while the form is in force.</param>
/// <param name="Cells">In the form's order; <see cref="FormCell.Position"/> counts from 1.</param>
public sealed record FormDefinition(
    string Code,
    string Name,
    int FromYear,
    int? ToYear,
    IReadOnlyList<FormSection> Sections,
    IReadOnlyList<FormTable> Tables,
    IReadOnlyList<FormCell> Cells,
    IReadOnlyList<FormCheck> Checks,
    IReadOnlyList<FormMeasure> Measures)
{
    /// <summary>Cells of rows that a report may print in place of others; numbered on behind <see cref="Cells"/>.</summary>
    public IReadOnlyList<FormCell> OptionalCells { get; init; } = [];

    /// <summary>Equations over optional cells; they are judged only where these are printed.</summary>
    public IReadOnlyList<FormCheck> OptionalChecks { get; init; } = [];
}

/// <param name="Titles">The official title and what is printed for it, without ordinal.</param>
public sealed record FormSection(string Code, string Ordinal, IReadOnlyList<string> Titles);

/// <param name="IsOneRow">All rows are printed side by side in one row of values, under their column headers.</param>
/// <param name="Captions">Texts that stand above the table, if any.</param>
/// <param name="Groups">Labels that head several rows and have no cells.</param>
public sealed record FormTable(
    string Code,
    string Section,
    bool IsOneRow,
    IReadOnlyList<string> Captions,
    IReadOnlyList<FormColumn> Columns,
    IReadOnlyList<FormGroup> Groups,
    IReadOnlyList<FormRow> Rows)
{
    /// <summary>Rows that a report may print in place of others of <see cref="Rows"/>.</summary>
    public IReadOnlyList<OptionalRow> OptionalRows { get; init; } = [];
}

/// <param name="Labels">The official label, then the variants in use.</param>
/// <param name="NeedsPrintedUnit">The form prints no unit, so only a unit printed by the report tells what the number means.</param>
public sealed record FormColumn(
    string Code, IReadOnlyList<string> Labels, string Unit, CellKind Kind, bool NeedsPrintedUnit = false);

public sealed record FormGroup(string Code, IReadOnlyList<string> Labels);

/// <param name="Labels">The official label, then the variants in use.</param>
/// <param name="Groups">Codes of the groups the row stands under, outermost first.</param>
/// <param name="Unit">The row's own unit, which the form prints beside its label; null where the column has the unit.</param>
/// <param name="Kind">The row's own kind; null where the column has it.</param>
public sealed record FormRow(
    string Code, IReadOnlyList<string> Labels, IReadOnlyList<string> Groups, string? Unit = null, CellKind? Kind = null);

/// <param name="Place">It is printed where <c>Rows[Place]</c> would be.</param>
/// <param name="Replaces">Codes of the rows it stands for.</param>
public sealed record OptionalRow(FormRow Row, int Place, IReadOnlyList<string> Replaces);

public enum CellKind
{
    /// <summary>A whole number, never negative.</summary>
    Count,

    /// <summary>Money; decimals are allowed.</summary>
    Amount,

    /// <summary>A whole number with a sign.</summary>
    Change,
}

/// <param name="Code"><c>&lt;row&gt;/&lt;column&gt;</c>.</param>
/// <param name="Position">In the form, from 1.</param>
public sealed record FormCell(
    string Code,
    string Row,
    string Column,
    string Table,
    string Section,
    string RowLabel,
    string ColumnLabel,
    string Unit,
    CellKind Kind,
    int Position)
{
    /// <summary>Row and column label with the row's groups, for people.</summary>
    public required string Label { get; init; }

    /// <summary>The form prints no unit, so only a unit printed by the report tells what the number means.</summary>
    public bool NeedsPrintedUnit { get; init; }

    /// <summary>Codes of the cells it stands for where it is printed; empty for the regular cells of a form.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];
}

/// <summary>The sum of the left cells equals the sum of the right ones.</summary>
/// <param name="Status"><c>official_stated</c> (printed in the form), <c>official_implied</c> or <c>plausible</c>.</param>
/// <param name="Label">The rule in Chinese.</param>
public sealed record FormCheck(
    string Id, string Family, string Status, string Label, IReadOnlyList<string> Left, IReadOnlyList<string> Right);

/// <summary>A number that the prose tends to state, and the cells whose sum says the same.</summary>
/// <param name="Label">What is counted, for people.</param>
/// <param name="Sections">Sections in whose prose it is looked for.</param>
/// <param name="Cells">Their sum is the measure; empty where the form does not ask for it.</param>
/// <param name="Patterns">Regular expressions over one folded sentence; the group <c>n</c> holds the number.</param>
/// <param name="NonePatterns">Regular expressions that state zero in words.</param>
/// <param name="Keys">A sentence without any of these words states nothing of it.</param>
/// <param name="About">What the sentence or the heading above it must hold for the number to be certain; null for anything.</param>
/// <param name="Unless">What in the number's clause makes it another number; null for nothing.</param>
/// <param name="IsWhole">Behind 其中 the number is a part of the measure.</param>
/// <param name="IsLoose">Agencies count otherwise than the form does, so that a difference proves nothing.</param>
public sealed record FormMeasure(
    string Code,
    string Label,
    IReadOnlyList<string> Sections,
    IReadOnlyList<string> Cells,
    IReadOnlyList<string> Patterns,
    IReadOnlyList<string> NonePatterns,
    IReadOnlyList<string> Keys,
    string? About = null,
    string? Unless = null,
    bool IsWhole = false,
    bool IsLoose = false);
