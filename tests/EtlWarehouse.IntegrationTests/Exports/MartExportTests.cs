using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EtlWarehouse.App.Exports;
using EtlWarehouse.IntegrationTests.Databases;
using ExcelDataReader;
using Npgsql;

namespace EtlWarehouse.IntegrationTests.Exports;

public sealed class MartExportTests
{
    // One row for each thing that spreadsheets do to values.
    private const string Values = """
        set role etl_owner;
        create table mart.trap (
            id smallint primary key, words text, division_code text, amount numeric, share double precision, is_late boolean,
            published_on date, seen_at timestamptz, names text[]
        );
        comment on table mart.trap is '电子表格的陷阱 / what spreadsheets do to values';
        comment on column mart.trap.words is '文字 / words';
        insert into mart.trap values
            (1, '=1+1', '410307', 0, 0.1, true, '2025-01-20', '2025-01-20 08:00+08', '{甲,"乙,丙"}'),
            (2, null, '010203', null, null, null, null, null, null),
            (3, '－5 件', '410381', -12.50, 1e-9, false, '1999-12-31', '2025-01-20 08:00:00.25Z', '{}'),
            (4, E'换行\n"引号",逗号', '410300', 12345678901234567.89, 'NaN', true, null, null, null),
            (5, '', '410301', 999999999999999, 100, true, null, null, null),
            (6, E'@\x01_x0041_', '410302', 1, 1, true, null, null, null);
        create table mart.keyless as select n, repeat('x', 1000) as filling from generate_series(1, 50000) as n;
        create view mart.slow as select n, pg_sleep(0.001)::text as pause, repeat('x', 1000) as filling from generate_series(1, 1000000) as n
        """;

    // LibreOffice's filter with its tokens: separator, quote and encoding by number.
    private const string CommaQuoteUtf8 = "Text - txt - csv (StarCalc):44,34,76";

    private TestDatabase? database;
    private DirectoryInfo folder = null!;

    [OneTimeSetUp]
    public async Task Create()
    {
        // ExcelDataReader asks for it, even of files that are UTF-8.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        database = await TestDatabase.CreateAsync();
        await using var create = database.Owner.CreateCommand(Values);
        await create.ExecuteNonQueryAsync();
    }

    [OneTimeTearDown]
    public async Task Drop()
    {
        if (database is not null)
            await database.DisposeAsync();
    }

    [SetUp]
    public void CreateFolder() => folder = Directory.CreateTempSubdirectory("etl-export-");

    [TearDown]
    public void RemoveFolder() => folder.Delete(recursive: true);

    [Test]
    public async Task Csv_Values_AreExactGuardedAndMissingIsNotZero()
    {
        await ExportAsync("trap", ExportFormat.Csv);
        var bytes = await File.ReadAllBytesAsync(PathOf("trap.csv"));
        Assert.That(bytes[..3], Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF }), "Chinese Excel takes a file without the mark for GBK");
        Assert.That(Encoding.UTF8.GetString(bytes[3..]), Is.EqualTo(string.Concat(
            "id,words,division_code,amount,share,is_late,published_on,seen_at,names\r\n",
            "1,'=1+1,410307,0,0.1,true,2025-01-20,2025-01-20T00:00:00.000000Z,\"[\"\"甲\"\",\"\"乙,丙\"\"]\"\r\n",
            "2,,010203,,,,,,\r\n",
            "3,'－5 件,410381,-12.50,1e-09,false,1999-12-31,2025-01-20T08:00:00.250000Z,[]\r\n",
            "4,\"换行\n\"\"引号\"\",逗号\",410300,12345678901234567.89,NaN,true,,,\r\n",
            "5,\"\",410301,999999999999999,100,true,,,\r\n",
            "6,'@\u0001_x0041_,410302,1,1,true,,,\r\n")));
    }

    [Test]
    public async Task Json_Values_AreExactAndMissingIsNull()
    {
        await ExportAsync("trap", ExportFormat.Json);
        var rows = JsonNode.Parse(await File.ReadAllTextAsync(PathOf("trap.json")))!.AsArray();
        Assert.That(rows[0]!.ToJsonString(), Is.EqualTo(JsonNode.Parse(
            """{"id":1,"words":"=1+1","division_code":"410307","amount":0,"share":0.1,"is_late":true,"published_on":"2025-01-20","seen_at":"2025-01-20T00:00:00.000000Z","names":["甲","乙,丙"]}""")!.ToJsonString()));
        Assert.That(rows[1]!["amount"], Is.Null);
        Assert.That(rows[3]!["amount"]!.ToJsonString(), Is.EqualTo("12345678901234567.89"));
    }

    [Test]
    public async Task Xlsx_Values_KeepTheirKindAndNothingIsAFormula()
    {
        await ExportAsync("trap", ExportFormat.Xlsx);
        var rows = ReadSheet(PathOf("trap.xlsx"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows[0], Is.EqualTo(new[] { "id", "words", "division_code", "amount", "share", "is_late", "published_on", "seen_at", "names" }));
            Assert.That(rows[1], Is.EqualTo(new object?[] { 1d, "=1+1", "410307", 0d, 0.1, true, new DateTime(2025, 1, 20), "2025-01-20T00:00:00.000000Z", "[\"甲\",\"乙,丙\"]" }));
            Assert.That(rows[2], Is.EqualTo(new object?[] { 2d, null, "010203", null, null, null, null, null, null }));
            Assert.That(rows[3], Is.EqualTo(new object?[] { 3d, "－5 件", "410381", -12.5, 1e-9, false, new DateTime(1999, 12, 31), "2025-01-20T08:00:00.250000Z", "[]" }));
            // A sheet's numbers have 15 digits; the sixteenth would be lost without a word.
            Assert.That(rows[4], Is.EqualTo(new object?[] { 4d, "换行\n\"引号\",逗号", "410300", "12345678901234567.89", "NaN", true, null, null, null }));
            Assert.That(rows[5][3], Is.EqualTo(999999999999999d));
        }
    }

    [Test]
    public async Task Files_OpenedByLibreOffice_ShowTheSameValues()
    {
        if (!File.Exists("/usr/bin/soffice"))
            Assert.Ignore("SKIPPED: LibreOffice (soffice) is not installed");
        await ExportAsync("trap", ExportFormat.Xlsx);
        await ExportAsync("trap", ExportFormat.Csv);

        await ConvertAsync("trap.xlsx", $"csv:{CommaQuoteUtf8},1");
        var printed = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "converted", "trap.csv"));
        // Without a window it does not ask how to read, and takes a file for Western European now and then.
        await ConvertAsync("trap.csv", "xlsx", $"--infilter={CommaQuoteUtf8}");
        var reopened = ReadSheet(Path.Combine(folder.FullName, "converted", "trap.xlsx"));

        // It prints texts in quotes, numbers without.
        Assert.That(printed, Does.Contain("\n1,\"=1+1\",\"410307\",0,0.1,TRUE,").And.Contain("\n2,,\"010203\",,,,,,\n").And.Contain("\"换行\n\"\"引号\"\",逗号\""));
        Assert.That(reopened.Select(row => row[1]), Is.EqualTo(new[] { "words", "'=1+1", null, "'－5 件", "换行\n\"引号\",逗号", null, "'@\u0001_x0041_" }));
        // The descriptor warns of what becomes of the fourth: a spreadsheet keeps 15 digits of a number in a CSV file.
        Assert.That(reopened.Skip(1).Select(row => row[3]), Is.EqualTo(new object?[] { 0d, null, -12.5, 12345678901234600d, 999999999999999d, 1d }));
    }

    [Test]
    public async Task Descriptor_OfTwoFormats_DescribesBothFilesAsTheyAre()
    {
        await ExportAsync("trap", ExportFormat.Csv);
        await ExportAsync("trap", ExportFormat.Xlsx);
        await ExportAsync("trap", ExportFormat.Csv, "id > 1");
        var package = JsonNode.Parse(await File.ReadAllTextAsync(PathOf("datapackage.json")))!;
        var resources = package["resources"]!.AsArray();
        Assert.That(resources.Select(each => (string)each!["path"]!), Is.EqualTo(new[] { "trap.xlsx", "trap.csv" }));
        foreach (var each in resources)
        {
            var bytes = await File.ReadAllBytesAsync(PathOf((string)each!["path"]!));
            Assert.That((string)each["hash"]!, Is.EqualTo($"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}"));
            Assert.That((long)each["bytes"]!, Is.EqualTo(bytes.Length));
        }

        var csv = resources[1]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((long)csv["rows"]!, Is.EqualTo(5));
            Assert.That((long)csv["guardedTexts"]!, Is.EqualTo(2));
            Assert.That((string)csv["title"]!, Is.EqualTo("电子表格的陷阱"));
            Assert.That((string)csv["sources"]![0]!["title"]!, Is.EqualTo("mart.trap where id > 1"));
            Assert.That(csv["schema"]!["primaryKey"]!.ToJsonString(), Is.EqualTo("[\"id\"]"));
            Assert.That(
                csv["schema"]!["fields"]!.AsArray().Select(field => (string)field!["type"]!),
                Is.EqualTo(new[] { "integer", "string", "string", "number", "number", "boolean", "date", "datetime", "array" }));
            Assert.That((string)csv["schema"]!["fields"]![1]!["title"]!, Is.EqualTo("文字"));
        }
    }

    [Test]
    public async Task EveryMart_EveryFormat_CanBeExported([Values("Csv", "Xlsx", "Json")] string named)
    {
        var format = Enum.Parse<ExportFormat>(named);
        var refused = (await Assert.ThrowsAsync<ArgumentException>(() => ExportAsync("nothing", format)))!.Message;
        Assert.That(refused, Does.StartWith("nothing: expected a mart, found none of that name; there are: agency_measure, division_total, "));
        foreach (var mart in refused.Split("there are: ")[1].Split(", ").Except(["trap", "keyless", "slow"]))
            Assert.That((await ExportAsync(mart, format)).Columns, Is.Not.Empty);
    }

    [Test]
    public async Task Rows_SameData_AreTheSameBytes()
    {
        var first = await ExportAsync("rate_definition", ExportFormat.Csv);
        Assert.That((await ExportAsync("mart.rate_definition", ExportFormat.Csv)).Sha256, Is.EqualTo(first.Sha256));
        var lines = await File.ReadAllLinesAsync(PathOf("rate_definition.csv"));
        Assert.That(lines.Skip(1), Is.Ordered.Using((System.Collections.IComparer)StringComparer.Ordinal), "by the key that the view's head names");
    }

    [Test]
    public async Task Refused_HalfWay_LeavesWhatWasThere()
    {
        await ExportAsync("keyless", ExportFormat.Csv, "n < 3");
        var before = await File.ReadAllBytesAsync(PathOf("keyless.csv"));
        Assert.That(
            () => ExportAsync("keyless", ExportFormat.Csv, "1 / (49999 - n) > -2"),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.DivisionByZero));
        Assert.That(await File.ReadAllBytesAsync(PathOf("keyless.csv")), Is.EqualTo(before));
        Assert.That(folder.GetFiles().Select(file => file.Name), Is.EquivalentTo(new[] { "keyless.csv", "datapackage.json" }));
    }

    [Test]
    public async Task Interrupted_WhileWriting_LeavesNothing([Values("Csv", "Xlsx", "Json")] string named)
    {
        var format = Enum.Parse<ExportFormat>(named);
        using var interrupt = new CancellationTokenSource();
        var export = ExportAsync("slow", format, null, interrupt.Token);
        while (folder.GetFiles() is not [{ Length: > 0 }] && !export.IsCompleted)
            await Task.Delay(5);
        Assert.That(folder.GetFiles().Single().Name, Does.EndWith(".partial"));

        await interrupt.CancelAsync();

        Assert.That(() => export, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(folder.GetFiles(), Is.Empty);
    }

    [TestCase("year = 2024); delete from mart.agency_measure; select (1", "25006")]
    [TestCase("(select count(*) from stg.document) > 0", "42501")]
    [TestCase("exists (with gone as (delete from mart.agency_measure returning 1) select from gone)", "0A000")]
    public void Condition_ThatDoesMore_IsRefused(string condition, string state) =>
        Assert.That(() => ExportAsync("coverage", ExportFormat.Csv, condition), Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(state));

    [Test]
    public async Task Condition_WithAComment_IsItsOwnLine() =>
        Assert.That((await ExportAsync("trap", ExportFormat.Csv, "id > 4 -- the last")).Rows, Is.EqualTo(2));

    [Test]
    public async Task Folder_WithAnotherDescriptor_IsLeftAlone()
    {
        await File.WriteAllTextAsync(PathOf("datapackage.json"), "[]");
        Assert.That(() => ExportAsync("trap", ExportFormat.Csv), Throws.TypeOf<FormatException>().With.Message.Contains("datapackage.json: expected a data package"));
        Assert.That(folder.GetFiles().Select(file => file.Name), Is.EqualTo(new[] { "datapackage.json" }));
    }

    private Task<ExportedFile> ExportAsync(string name, ExportFormat format, string? condition = null, CancellationToken ct = default) =>
        new MartExport(database!.Analyst, Path.Combine(TestServer.Root, "sql"), TimeProvider.System).WriteAsync(name, condition, format, folder.FullName, ct);

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    private static List<object?[]> ReadSheet(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = ExcelReaderFactory.CreateReader(file);
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
        return rows;
    }

    private async Task ConvertAsync(string name, string format, params string[] more)
    {
        using var office = Process.Start("/usr/bin/soffice",
            [$"-env:UserInstallation=file://{folder.FullName}/office", "--headless", .. more, "--convert-to", format, "--outdir", PathOf("converted"), PathOf(name)]);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await office.WaitForExitAsync(patience.Token);
        }
        finally
        {
            // One that hangs must not outlive the test.
            if (!office.HasExited)
                office.Kill(entireProcessTree: true);
        }
        Assert.That(office.ExitCode, Is.Zero);
    }
}
