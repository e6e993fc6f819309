using System.Globalization;
using Dapper;
using EtlWarehouse.Loading.Transforms;
using Npgsql;

namespace EtlWarehouse.IntegrationTests.Sql;

/// <summary>
/// One <c>sql/&lt;schema&gt;/&lt;object&gt;/tests/&lt;case&gt;</c>: a CSV for each table that the object reads, and <c>expect.csv</c> with the
/// rows it then holds, in the columns of interest. Unquoted nothing is null, as in PostgreSQL's COPY.
/// </summary>
internal sealed record SqlCase(string ObjectName, string Name, string Folder)
{
    private const string Expected = "expect.csv";

    // What a case may leave out: columns that every row needs and that do not matter to it.
    private static readonly Dictionary<string, Dictionary<string, string>> Defaults = new(StringComparer.Ordinal)
    {
        ["stg.document"] = new()
        {
            ["sha256"] = "encode(sha256(document_key::text::bytea), 'hex')",
            ["url"] = "'http://example.gov.cn/' || document_key",
            ["first_seen_at"] = "timestamptz '2025-01-20 00:00Z' + document_key * interval '1 minute'",
            ["media_type"] = "'text/html'",
            ["reader_version"] = "1",
            ["outcome"] = "'report'",
            ["title"] = "'年度报告'",
            ["form"] = "'2021'",
            ["content_hash"] = "'content ' || document_key",
            ["facts_hash"] = "'facts ' || document_key",
            ["reading_hash"] = "'reading ' || document_key",
        },
        ["stg.report_reading"] = new()
        {
            ["cell_raws"] = "array_fill(null::text, array[cardinality(cell_states)])",
            ["cell_locators"] = "array_fill(null::text, array[cardinality(cell_states)])",
            ["cell_repairs"] = "array_fill(null::text, array[cardinality(cell_states)])",
            ["check_statuses"] = "'{}'",
            ["check_lefts"] = "'{}'",
            ["check_rights"] = "'{}'",
        },
        ["stg.section"] = new() { ["position"] = "1", ["title"] = "section_code", ["body"] = "'正文'", ["locator"] = "'p[1]'" },
        ["dw.dim_division"] = new() { ["level"] = "'county'", ["province"] = "'河南省'", ["valid_from"] = "date '1981-12-31'" },
        ["dw.dim_year"] = new()
        {
            ["department_deadline_date"] = "make_date(year_key + 1, 1, 31)",
            ["government_deadline_date"] = "make_date(year_key + 1, 3, 31)",
            ["deadline_law"] = "'政府信息公开条例'",
        },
        ["dw.dim_agency"] = new() { ["level"] = "'county'" },
        ["dw.dim_document"] = new()
        {
            ["sha256"] = "encode(sha256(document_key::text::bytea), 'hex')",
            ["url"] = "'http://example.gov.cn/' || document_key",
            ["first_seen_at"] = "timestamptz '2025-01-20 00:00Z' + document_key * interval '1 minute'",
            ["media_type"] = "'text/html'",
            ["title"] = "'年度报告'",
            ["form"] = "'2021'",
            ["facts_hash"] = "'facts ' || document_key",
            ["revision"] = "1",
            ["is_current"] = "true",
        },
        ["dw.dim_cell"] = new()
        {
            ["form"] = "'2021'",
            ["row_code"] = "split_part(cell_code, '/', 1)",
            ["column_code"] = "split_part(cell_code, '/', 2)",
            ["table_code"] = "'s3.requests'",
            ["section"] = "'requests'",
            ["label_zh"] = "cell_code",
            ["row_label_zh"] = "cell_code",
            ["column_label_zh"] = "cell_code",
            ["unit"] = "'件'",
            ["kind"] = "'count'",
            ["position"] = "cell_key % 1000",
        },
        ["dw.dim_check"] = new()
        {
            ["form"] = "'2021'",
            ["family"] = "check_code",
            ["basis"] = "'official_implied'",
            ["label_zh"] = "check_code",
            ["left_cells"] = "'{}'",
            ["right_cells"] = "'{}'",
        },
        ["dw.dim_concept"] = new() { ["label_zh"] = "concept_code", ["unit"] = "'件'" },
        ["dw.bridge_concept_cell"] = new() { ["form"] = "'2021'", ["is_exact"] = "true" },
        ["ops.run"] = new() { ["started_at"] = "timestamptz '2020-01-01 00:00Z'" },
        ["ops.site_visit"] = new() { ["run_id"] = "1" },
        ["ops.summary_scope"] = new() { ["is_added"] = "true", ["form"] = "'2021'", ["agency_level"] = "'county'" },
        ["mart.agency_measure"] = new() { ["form"] = "'2021'", ["document_key"] = "agency_key" },
        ["ops.placed_document"] = new()
        {
            ["revision"] = "1",
            ["is_current"] = "true",
            ["form"] = "'2021'",
            ["facts_hash"] = "'facts ' || document_key",
            ["agency_name"] = "agency_code",
            ["level"] = "'county'",
            ["division_key"] = "4103032000",
            ["valid_from"] = "make_date(year_key, 12, 31)",
            ["valid_to"] = "'infinity'",
        },
    };

    public static IEnumerable<SqlCase> All(string sqlFolder) =>
        from folder in Directory.EnumerateDirectories(sqlFolder, "tests", SearchOption.AllDirectories)
        from each in Directory.EnumerateDirectories(folder)
        let owner = Path.GetRelativePath(sqlFolder, Path.GetDirectoryName(folder)!)
        orderby each
        select new SqlCase(owner.Replace(Path.DirectorySeparatorChar, '.'), Path.GetFileName(each), each);

    /// <summary>Loads the inputs, runs the object's transform if it has one, and compares; leaves nothing behind.</summary>
    public async Task RunAsync(NpgsqlDataSource owner, string sqlFolder)
    {
        await using var connection = await owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        // Foreign keys rest while the inputs go in, so that a case holds only what its object reads.
        await connection.ExecuteAsync("set local session_replication_role to replica; set local timezone to 'UTC'");
        foreach (var input in Directory.EnumerateFiles(Folder, "*.csv").Where(file => Path.GetFileName(file) != Expected).Order(StringComparer.Ordinal))
            await LoadAsync(connection, input);
        await connection.ExecuteAsync("set local session_replication_role to origin");

        if (File.Exists(Path.Combine(sqlFolder, ObjectName.Replace('.', Path.DirectorySeparatorChar), "transform.sql")))
            await (await TransformFile.ReadAsync(sqlFolder, ObjectName, default)).RunAsync(connection, default);
        Assert.That(await DifferencesAsync(connection), Is.Empty, $"{ObjectName}, {Name}");
    }

    private static async Task LoadAsync(NpgsqlConnection connection, string input)
    {
        var table = Path.GetFileNameWithoutExtension(input);
        var columns = await ColumnsAsync(input);
        await CopyAsync(connection, "input", table, columns, input);
        var defaults = Defaults.GetValueOrDefault(table)?.Where(pair => !columns.Contains(pair.Key)).ToList() ?? [];
        await connection.ExecuteAsync($"""
            insert into {table} ({string.Join(", ", columns.Concat(defaults.Select(pair => pair.Key)))}) overriding system value
            select {string.Join(", ", columns.Concat(defaults.Select(pair => pair.Value)))} from input;
            drop table input
            """);
    }

    /// <summary>Rows that stand on one side only, as text; a minus sign marks those that were expected.</summary>
    private async Task<IReadOnlyList<string>> DifferencesAsync(NpgsqlConnection connection)
    {
        var expected = Path.Combine(Folder, Expected);
        var columns = await ColumnsAsync(expected);
        await CopyAsync(connection, "expected", ObjectName, columns, expected);
        var list = string.Join(", ", columns);
        return (await connection.QueryAsync<string>($"""
            select '- ' || missing::text from (select {list} from expected except all select {list} from {ObjectName}) as missing
            union all
            select '+ ' || surplus::text from (select {list} from {ObjectName} except all select {list} from expected) as surplus
            order by 1
            """)).AsList();
    }

    private static async Task<IReadOnlyList<string>> ColumnsAsync(string file)
    {
        var header = (await File.ReadAllLinesAsync(file))[0];
        return header.Split(',', StringSplitOptions.TrimEntries);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string target, string like, IReadOnlyList<string> columns, string file)
    {
        var list = string.Join(", ", columns);
        await connection.ExecuteAsync($"create temporary table {target} on commit drop as select {list} from {like} with no data");
        await using var writer = await connection.BeginTextImportAsync($"copy {target} ({list}) from stdin (format csv, header true)");
        await writer.WriteAsync(await File.ReadAllTextAsync(file));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ObjectName}, {Name}");
}
