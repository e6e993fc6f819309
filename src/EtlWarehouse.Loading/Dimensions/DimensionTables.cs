using System.Globalization;
using EtlWarehouse.Parsing.Registers;
using NpgsqlTypes;

namespace EtlWarehouse.Loading.Dimensions;

/// <summary>Which column of which dimension holds what of the registers.</summary>
internal static class DimensionTables
{
    private const long YearsOfACode = 10_000;

    public static DimensionTable<Division> Division { get; } = new("dw.dim_division", 1, null,
    [
        new("division_key", NpgsqlDbType.Bigint, division => DivisionKey(division)),
        new("division_code", NpgsqlDbType.Text, division => division.Code),
        new("name", NpgsqlDbType.Text, division => division.Name),
        new("level", NpgsqlDbType.Text, division => division.Level),
        new("province", NpgsqlDbType.Text, division => division.Province),
        new("prefecture", NpgsqlDbType.Text, division => division.Prefecture),
        new("county", NpgsqlDbType.Text, division => division.County),
        new("valid_from", NpgsqlDbType.Date, division => YearEnd(division.FromYear)),
        // Npgsql writes the greatest date as infinity.
        new("valid_to", NpgsqlDbType.Date, division => division.ToYear is { } year ? YearEnd(year) : DateOnly.MaxValue),
        new("successor_code", NpgsqlDbType.Text, division => division.Successors.Count == 1 ? division.Successors[0] : null),
        new("successor_codes", NpgsqlDbType.Array | NpgsqlDbType.Text, division => division.Successors.ToArray()),
    ]);

    public static DimensionTable<DivisionLinkRow> DivisionLink { get; } = new("dw.division_link", 3, null,
    [
        new("division_key", NpgsqlDbType.Bigint, row => DivisionKey(row.From)),
        new("successor_key", NpgsqlDbType.Bigint, row => DivisionKey(row.To)),
        new("changed_on", NpgsqlDbType.Date, row => YearEnd(row.Year)),
        new("kind", NpgsqlDbType.Text, row => row.Kind),
    ]);

    public static DimensionTable<AgencyLink> AgencyLink { get; } = new("stg.agency_link", 2, null,
    [
        new("agency_code", NpgsqlDbType.Text, link => link.Agency),
        new("successor_code", NpgsqlDbType.Text, link => link.Successor),
        new("from_date", NpgsqlDbType.Date, link => link.From),
        new("kind", NpgsqlDbType.Text, link => link.Kind),
    ]);

    public static DimensionTable<ExpectedAgency> ExpectedAgency { get; } = new("dw.expected_agency", 1, null,
    [
        new("agency_code", NpgsqlDbType.Text, agency => agency.Code),
        new("division_code", NpgsqlDbType.Text, agency => agency.DivisionCode),
        new("agency_body", NpgsqlDbType.Text, agency => agency.Body),
        new("agency_kind", NpgsqlDbType.Text, agency => agency.Kind),
        new("first_year", NpgsqlDbType.Smallint, agency => checked((short)agency.FirstYear)),
        new("last_year", NpgsqlDbType.Smallint, agency => checked((short?)agency.LastYear)),
    ]);

    public static DimensionTable<AgencyKind> AgencyKind { get; } = new("dw.dim_agency_kind", 1, null,
    [
        new("agency_kind", NpgsqlDbType.Text, kind => kind.Code),
        new("label_zh", NpgsqlDbType.Text, kind => kind.Label),
        new("is_vertical", NpgsqlDbType.Boolean, kind => kind.IsVertical),
        new("names", NpgsqlDbType.Array | NpgsqlDbType.Text, kind => kind.Names.Except(kind.FormerNames).Except(kind.PartlyFormerNames).ToArray()),
        new("former_names", NpgsqlDbType.Array | NpgsqlDbType.Text, kind => kind.FormerNames.ToArray()),
        new("partly_former_names", NpgsqlDbType.Array | NpgsqlDbType.Text, kind => kind.PartlyFormerNames.ToArray()),
    ]);

    public static DimensionTable<ReportingYear> Year { get; } = new("dw.dim_year", 1, null,
    [
        new("year_key", NpgsqlDbType.Smallint, year => year.Year),
        new("department_deadline_date", NpgsqlDbType.Date, year => year.DepartmentDeadline),
        new("government_deadline_date", NpgsqlDbType.Date, year => year.GovernmentDeadline),
        new("deadline_law", NpgsqlDbType.Text, year => year.Law),
        new("form", NpgsqlDbType.Text, year => year.Form),
    ]);

    public static DimensionTable<CellRow> Cell { get; } = new("dw.dim_cell", 1, "cell_code",
    [
        new("cell_key", NpgsqlDbType.Integer, row => row.Key),
        new("form", NpgsqlDbType.Text, row => row.Form),
        new("cell_code", NpgsqlDbType.Text, row => row.Cell.Code),
        new("row_code", NpgsqlDbType.Text, row => row.Cell.Row),
        new("column_code", NpgsqlDbType.Text, row => row.Cell.Column),
        new("table_code", NpgsqlDbType.Text, row => row.Cell.Table),
        new("section", NpgsqlDbType.Text, row => row.Cell.Section),
        new("label_zh", NpgsqlDbType.Text, row => row.Cell.Label),
        new("row_label_zh", NpgsqlDbType.Text, row => row.Cell.RowLabel),
        new("column_label_zh", NpgsqlDbType.Text, row => row.Cell.ColumnLabel),
        new("unit", NpgsqlDbType.Text, row => row.Cell.Unit),
        new("kind", NpgsqlDbType.Text, row => row.Cell.Kind.ToString().ToLower(CultureInfo.InvariantCulture)),
        new("position", NpgsqlDbType.Smallint, row => (short)row.Cell.Position),
        new("concept_code", NpgsqlDbType.Text, row => row.Concept),
        new("is_optional", NpgsqlDbType.Boolean, row => row.Cell.Replaces.Count > 0),
        new("is_total", NpgsqlDbType.Boolean, row => row.IsTotal),
        new("additive_group", NpgsqlDbType.Text, row => row.Group),
    ]);

    public static DimensionTable<CheckRow> Check { get; } = new("dw.dim_check", 1, "check_code",
    [
        new("check_key", NpgsqlDbType.Integer, row => row.Key),
        new("form", NpgsqlDbType.Text, row => row.Form),
        new("check_code", NpgsqlDbType.Text, row => row.Check.Id),
        new("family", NpgsqlDbType.Text, row => row.Check.Family),
        new("basis", NpgsqlDbType.Text, row => row.Check.Status),
        new("label_zh", NpgsqlDbType.Text, row => row.Check.Label),
        new("left_cells", NpgsqlDbType.Array | NpgsqlDbType.Text, row => row.Check.Left.ToArray()),
        new("right_cells", NpgsqlDbType.Array | NpgsqlDbType.Text, row => row.Check.Right.ToArray()),
    ]);

    public static DimensionTable<MeasureRow> Measure { get; } = new("dw.dim_measure", 1, "measure_code",
    [
        new("measure_key", NpgsqlDbType.Bigint, row => NaturalKey.OfText(row.Code)),
        new("measure_code", NpgsqlDbType.Text, row => row.Code),
        new("label_zh", NpgsqlDbType.Text, row => row.Label),
    ]);

    public static DimensionTable<ConceptRow> Concept { get; } = new("dw.dim_concept", 1, null,
    [
        new("concept_key", NpgsqlDbType.Smallint, row => row.Key),
        new("concept_code", NpgsqlDbType.Text, row => row.Concept.Code),
        new("label_zh", NpgsqlDbType.Text, row => row.Concept.Label),
        new("unit", NpgsqlDbType.Text, row => row.Concept.Unit),
    ]);

    public static DimensionTable<ConceptCellRow> ConceptCell { get; } = new("dw.bridge_concept_cell", 2, null,
    [
        new("concept_key", NpgsqlDbType.Smallint, row => row.ConceptKey),
        new("cell_key", NpgsqlDbType.Integer, row => row.CellKey),
        new("form", NpgsqlDbType.Text, row => row.Form),
        new("is_exact", NpgsqlDbType.Boolean, row => row.IsExact),
    ]);

    public static long DivisionKey(Division division) =>
        (long.Parse(division.Code, NumberStyles.None, CultureInfo.InvariantCulture) * YearsOfACode) + division.FromYear;

    // The register says what was in force at the end of a year.
    private static DateOnly YearEnd(int year) => new DateOnly(year, 12, 31);
}
