using EtlWarehouse.Parsing.Registers;
using Npgsql;

namespace EtlWarehouse.Loading.Dimensions;

/// <summary>What one loading of the registers changed, in rows.</summary>
public sealed record DimensionResult(int Divisions, int AgencyKinds, int Years, int Cells, int Checks, bool ConceptsReplaced);

/// <summary>Loads forms, divisions, kinds and concepts into their dimensions. The same registers again change nothing.</summary>
public static class DimensionLoader
{
    /// <summary>Loads in the connection's open transaction and notes for the transform what it has to do again for every document.</summary>
    /// <exception cref="FormatException">A register gives another meaning to a key under which facts may stand.</exception>
    public static async Task<DimensionResult> LoadAsync(NpgsqlConnection connection, ReferenceData reference, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var divisions = await DimensionTables.Division.LoadAsync(connection, reference.Divisions, ct);
        var divisionLinks = await ReplaceAsync(connection, DimensionTables.DivisionLink, DivisionLinkRow.All(reference.Divisions), ct);
        var agencyLinks = await ReplaceAsync(connection, DimensionTables.AgencyLink, reference.AgencyLinks, ct);
        await ReplaceAsync(connection, DimensionTables.ExpectedAgency, reference.ExpectedAgencies, ct);
        var kinds = await DimensionTables.AgencyKind.LoadAsync(connection, reference.AgencyKinds, ct);
        var years = await DimensionTables.Year.LoadAsync(connection, ReportingYear.All(reference.Forms), ct);
        var cells = await DimensionTables.Cell.LoadAsync(connection, CellRow.All(reference), ct);
        var checks = await DimensionTables.Check.LoadAsync(connection, CheckRow.All(reference.Forms), ct);
        await DimensionTables.Measure.LoadAsync(connection, MeasureRow.All(reference.Forms), ct);
        var concepts = await ReplaceConceptsAsync(connection, reference, ct);

        if (divisions > 0)
            await NoteAsync(DimensionTables.Division.Name);
        if (divisionLinks || agencyLinks || kinds > 0)
            await NoteAsync(DimensionTables.AgencyLink.Name);
        if (years > 0)
            await NoteAsync(DimensionTables.Year.Name);
        if (concepts)
            await NoteAsync(DimensionTables.ConceptCell.Name);
        return new DimensionResult(divisions, kinds, years, cells, checks, concepts);

        Task NoteAsync(string table) => connection.ExecuteAsync(
            "insert into ops.pending_reference (object_name) values ($1) on conflict do nothing", ct,
            new NpgsqlParameter<string> { TypedValue = table });
    }

    /// <summary>What a register no longer says goes, too; no stored row hangs on it.</summary>
    private static async Task<bool> ReplaceAsync<T>(NpgsqlConnection connection, DimensionTable<T> table, IEnumerable<T> rows, CancellationToken ct)
    {
        if (!await table.DiffersAsync(connection, rows, ct))
            return false;

        await connection.ExecuteAsync($"delete from {table.Name}", ct);
        await table.InsertAsync(connection, ct);
        return true;
    }

    /// <summary>Concepts are numbered by their place in the register, so a change replaces them all; the transform then makes the measures anew.</summary>
    private static async Task<bool> ReplaceConceptsAsync(NpgsqlConnection connection, ReferenceData reference, CancellationToken ct)
    {
        var concepts = await DimensionTables.Concept.DiffersAsync(connection, ConceptRow.All(reference), ct);
        var cells = await DimensionTables.ConceptCell.DiffersAsync(connection, ConceptCellRow.All(reference), ct);
        if (!concepts && !cells)
            return false;

        await connection.ExecuteAsync($"delete from {DimensionTables.ConceptCell.Name}; delete from {DimensionTables.Concept.Name}", ct);
        await DimensionTables.Concept.InsertAsync(connection, ct);
        await DimensionTables.ConceptCell.InsertAsync(connection, ct);
        return true;
    }
}
