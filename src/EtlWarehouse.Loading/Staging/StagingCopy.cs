using System.Text;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Text;
using Npgsql;
using NpgsqlTypes;

namespace EtlWarehouse.Loading.Staging;

/// <summary>Copies documents into the tables of schema <c>stg</c>, one COPY a table.</summary>
internal static class StagingCopy
{
    private const NpgsqlDbType TextArray = NpgsqlDbType.Array | NpgsqlDbType.Text;
    private const NpgsqlDbType NumericArray = NpgsqlDbType.Array | NpgsqlDbType.Numeric;

    /// <summary>Text that PostgreSQL can keep: without the character zero, and with U+FFFD for half a surrogate pair.</summary>
    private static string? Clean(string? text)
    {
        if (text is null || (!text.Contains('\0', StringComparison.Ordinal) && !text.Any(char.IsSurrogate)))
            return text;

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != 0)
                clean.Append(rune.ToString());
        }

        return clean.ToString();
    }

    public static async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<DocumentRow> rows, CancellationToken ct)
    {
        await WriteLayoutsAsync(connection, rows, ct);
        await CopyAsync(connection, "stg.document (document_key, sha256, url, first_seen_at, media_type, charset, pipeline, site_code, "
            + "reader_version, outcome, refusal_code, refusal_message, title, agency_name, agency_body, division_code, agency_kind, "
            + "year, form, published_on, review_reason, content_hash, facts_hash, reading_hash)", rows, WriteDocumentAsync, ct);

        var reports = rows.Where(row => row.Report is not null);
        await CopyAsync(connection, "stg.report_reading (document_key, layout_key, cell_values, cell_states, cell_raws, cell_locators, "
            + "cell_repairs, check_statuses, check_lefts, check_rights)", reports, WriteReadingAsync, ct);
        await CopyAsync(connection, "stg.narrative (document_key, position, measure, value, raw, locator, agrees, table_value, reason)",
            reports.SelectMany(row => Numbered(row, row.Report!.Narrative)), WriteNarrativeAsync, ct);
        await CopyAsync(connection, "stg.section (document_key, position, section_code, title, body, locator, shingles, sketch)",
            reports.SelectMany(row => Numbered(row, row.Report!.Sections)), WriteSectionAsync, ct);
        await CopyAsync(connection, "stg.finding (document_key, position, severity, code, message, locator)",
            rows.SelectMany(row => Numbered(row, row.Document.Result.Findings)), WriteFindingAsync, ct);
        await CopyAsync(connection, "stg.witness (document_key, position, witness, said, agency_name, division_code, year, agrees)",
            rows.SelectMany(row => Numbered(row, row.Document.Result.Witnesses)), WriteWitnessAsync, ct);
    }

    private static async Task WriteLayoutsAsync(NpgsqlConnection connection, IReadOnlyList<DocumentRow> rows, CancellationToken ct)
    {
        foreach (var layout in rows.Select(row => row.Layout).OfType<ReadingLayout>().DistinctBy(layout => layout.Key))
        {
            await connection.ExecuteAsync(
                "insert into stg.reading_layout (layout_key, form, cell_codes, check_codes) values ($1, $2, $3, $4) on conflict do nothing", ct,
                new NpgsqlParameter<long> { TypedValue = layout.Key }, new NpgsqlParameter<string> { TypedValue = layout.Form },
                new NpgsqlParameter<string[]> { TypedValue = layout.CellCodes }, new NpgsqlParameter<string[]> { TypedValue = layout.CheckCodes });
        }
    }

    private static IEnumerable<(long Key, short Position, T Item)> Numbered<T>(DocumentRow row, IReadOnlyList<T> items) =>
        items.Select((item, index) => (row.Key, checked((short)(index + 1)), item));

    private static async Task CopyAsync<T>(
        NpgsqlConnection connection, string target, IEnumerable<T> items, Func<NpgsqlBinaryImporter, T, CancellationToken, Task> writeAsync,
        CancellationToken ct)
    {
        await using var importer = await connection.BeginBinaryImportAsync($"copy {target} from stdin (format binary)", ct);
        importer.Timeout = Timeout.InfiniteTimeSpan;
        foreach (var item in items)
        {
            await importer.StartRowAsync(ct);
            await writeAsync(importer, item, ct);
        }

        await importer.CompleteAsync(ct);
    }

    private static async Task WriteDocumentAsync(NpgsqlBinaryImporter importer, DocumentRow row, CancellationToken ct)
    {
        var (document, result) = (row.Document, row.Document.Result);
        var identity = result.Report?.Identity;
        await importer.WriteAsync(row.Key, NpgsqlDbType.Bigint, ct);
        await importer.WriteAsync(document.Sha256, NpgsqlDbType.Text, ct);
        await importer.WriteAsync(document.Url, NpgsqlDbType.Text, ct);
        await importer.WriteAsync(row.Capture.FirstSeenAt, NpgsqlDbType.TimestampTz, ct);
        await importer.WriteAsync(result.Document.MediaType, NpgsqlDbType.Text, ct);
        await TextAsync(result.Document.Charset);
        await TextAsync(document.Pipeline);
        await TextAsync(document.SiteCode);
        await importer.WriteAsync(row.ReaderVersion, NpgsqlDbType.Integer, ct);
        await TextAsync(identity is null ? "refused" : "report");
        await TextAsync(result.Refusal?.Code);
        await TextAsync(result.Refusal?.Message);
        await TextAsync(identity?.Title);
        await TextAsync(identity?.Agency);
        await TextAsync(identity?.AgencyBody);
        await TextAsync(identity?.DivisionCode);
        await TextAsync(identity?.AgencyKind);
        await importer.WriteAsync(identity is null ? null : checked((short?)identity.Year), NpgsqlDbType.Smallint, ct);
        await TextAsync(identity?.Form);
        await importer.WriteAsync(identity?.Published, NpgsqlDbType.Date, ct);
        await TextAsync(identity?.Review);
        await TextAsync(row.Hashes.Content);
        await TextAsync(row.Hashes.Facts);
        await TextAsync(row.Hashes.Reading);

        Task TextAsync(string? text) => importer.WriteAsync(Clean(text), NpgsqlDbType.Text, ct);
    }

    private static async Task WriteReadingAsync(NpgsqlBinaryImporter importer, DocumentRow row, CancellationToken ct)
    {
        var (cells, checks) = (row.Report!.Cells, row.Report.Checks);
        await importer.WriteAsync(row.Key, NpgsqlDbType.Bigint, ct);
        await importer.WriteAsync(row.Layout!.Key, NpgsqlDbType.Bigint, ct);
        await importer.WriteAsync(ArrayOf(cells, cell => cell.Value), NumericArray, ct);
        await importer.WriteAsync(ArrayOf(cells, cell => StateText.Of(cell.State)), TextArray, ct);
        await importer.WriteAsync(ArrayOf(cells, cell => Clean(cell.Raw)), TextArray, ct);
        await importer.WriteAsync(ArrayOf(cells, cell => Clean(cell.Locator)), TextArray, ct);
        await importer.WriteAsync(ArrayOf(cells, cell => Clean(cell.Repair)), TextArray, ct);
        await importer.WriteAsync(ArrayOf(checks, check => StateText.Of(check.Status)), TextArray, ct);
        await importer.WriteAsync(ArrayOf(checks, check => check.Left), NumericArray, ct);
        await importer.WriteAsync(ArrayOf(checks, check => check.Right), NumericArray, ct);
    }

    private static TResult[] ArrayOf<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> select)
    {
        var array = new TResult[items.Count];
        for (var index = 0; index < array.Length; index++)
            array[index] = select(items[index]);
        return array;
    }

    private static async Task WriteNarrativeAsync(
        NpgsqlBinaryImporter importer, (long Key, short Position, NarrativeReading Stated) row, CancellationToken ct)
    {
        await importer.WriteAsync(row.Key, NpgsqlDbType.Bigint, ct);
        await importer.WriteAsync(row.Position, NpgsqlDbType.Smallint, ct);
        await importer.WriteAsync(row.Stated.Measure, NpgsqlDbType.Text, ct);
        await importer.WriteAsync(row.Stated.Value, NpgsqlDbType.Numeric, ct);
        await importer.WriteAsync(Clean(row.Stated.Text), NpgsqlDbType.Text, ct);
        await importer.WriteAsync(row.Stated.Locator, NpgsqlDbType.Text, ct);
        await importer.WriteAsync(row.Stated.Agrees, NpgsqlDbType.Boolean, ct);
        await importer.WriteAsync(row.Stated.Table, NpgsqlDbType.Numeric, ct);
        await importer.WriteAsync(row.Stated.Reason, NpgsqlDbType.Text, ct);
    }

    private static async Task WriteSectionAsync(
        NpgsqlBinaryImporter importer, (long Key, short Position, ReportSection Section) row, CancellationToken ct)
    {
        await importer.WriteAsync(row.Key, NpgsqlDbType.Bigint, ct);
        await importer.WriteAsync(row.Position, NpgsqlDbType.Smallint, ct);
        await importer.WriteAsync(row.Section.Code, NpgsqlDbType.Text, ct);
        await importer.WriteAsync(Clean(row.Section.Title), NpgsqlDbType.Text, ct);
        await importer.WriteAsync(Clean(row.Section.Text), NpgsqlDbType.Text, ct);
        await importer.WriteAsync(row.Section.Locator, NpgsqlDbType.Text, ct);
        var sketch = ProseSketch.Of(row.Section.Text);
        await importer.WriteAsync(sketch.Shingles, NpgsqlDbType.Integer, ct);
        await importer.WriteAsync(sketch.Hashes.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer, ct);
    }

    private static async Task WriteFindingAsync(
        NpgsqlBinaryImporter importer, (long Key, short Position, Finding Finding) row, CancellationToken ct)
    {
        await importer.WriteAsync(row.Key, NpgsqlDbType.Bigint, ct);
        await importer.WriteAsync(row.Position, NpgsqlDbType.Smallint, ct);
        await importer.WriteAsync(StateText.Of(row.Finding.Severity), NpgsqlDbType.Text, ct);
        await importer.WriteAsync(row.Finding.Code, NpgsqlDbType.Text, ct);
        await importer.WriteAsync(Clean(row.Finding.Message), NpgsqlDbType.Text, ct);
        await importer.WriteAsync(Clean(row.Finding.Locator), NpgsqlDbType.Text, ct);
    }

    private static async Task WriteWitnessAsync(
        NpgsqlBinaryImporter importer, (long Key, short Position, IdentityWitness Witness) row, CancellationToken ct)
    {
        await importer.WriteAsync(row.Key, NpgsqlDbType.Bigint, ct);
        await importer.WriteAsync(row.Position, NpgsqlDbType.Smallint, ct);
        await importer.WriteAsync(row.Witness.Code, NpgsqlDbType.Text, ct);
        await importer.WriteAsync(Clean(row.Witness.Said), NpgsqlDbType.Text, ct);
        await importer.WriteAsync(Clean(row.Witness.Agency), NpgsqlDbType.Text, ct);
        await importer.WriteAsync(row.Witness.DivisionCode, NpgsqlDbType.Text, ct);
        await importer.WriteAsync(checked((short?)row.Witness.Year), NpgsqlDbType.Smallint, ct);
        await importer.WriteAsync(row.Witness.Agrees, NpgsqlDbType.Boolean, ct);
    }
}
