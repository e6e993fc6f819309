using EtlWarehouse.Loading.Staging;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.IntegrationTests.Loading;

public sealed class StagingWriterTests
{
    private Warehouse warehouse = null!;

    [SetUp]
    public async Task Create() => warehouse = await Warehouse.CreateAsync();

    [TearDown]
    public async Task Drop()
    {
        if (warehouse is not null)
            await warehouse.DisposeAsync();
    }

    [Test]
    public async Task WriteAsync_Report_KeepsEveryCellAsRead()
    {
        var document = Documents.Report(2024, 12.5m);
        await warehouse.StageAsync(document);

        var staged = await warehouse.RowsAsync<(string Code, decimal? Value, string State, string? Raw, string? Locator, string? Repair)>(
            "select cell_code, value, state, raw, locator, repair from stg.reading order by place");
        Assert.That(
            staged,
            Is.EqualTo(document.Result.Report!.Cells.Select(cell => (cell.Code, cell.Value, "reported", cell.Raw, cell.Locator, cell.Repair))));
        Assert.That(await warehouse.ScalarAsync<long>("select count(*) from stg.check_result where status = 'pass' and left_value = 12.5"), Is.EqualTo(42));
        Assert.That(await warehouse.ScalarAsync<string>("select body from stg.section"), Is.EqualTo("本年度认真落实。"));
        Assert.That(await warehouse.ScalarAsync<string>("select measure from stg.narrative"), Is.EqualTo("requests.new"));
        Assert.That(await warehouse.ScalarAsync<string>("select code from stg.finding"), Is.EqualTo("label.variant"));
    }

    [Test]
    public async Task WriteAsync_Refusal_KeepsTheReason()
    {
        await warehouse.StageAsync(Documents.Refused("empty"));
        Assert.That(
            await warehouse.ScalarAsync<(string, string)>("select outcome, refusal_code from stg.document"), Is.EqualTo(("refused", "document.empty")));
    }

    [Test]
    public async Task WriteAsync_SameReadingAgain_StagesNothing()
    {
        StagedDocument[] batch = [Documents.Report(2023), Documents.Report(2024), Documents.Refused("empty")];
        Assert.That(await warehouse.StageAsync(batch), Is.EqualTo(new StagingResult(3, 0)));
        Assert.That(await warehouse.StageAsync(batch), Is.EqualTo(new StagingResult(0, 3)));
    }

    [Test]
    public async Task WriteAsync_NewerReader_ReplacesTheWholeReading()
    {
        var document = Documents.Report(2024);
        await warehouse.StageAsync(1, document);
        await warehouse.StageAsync(2, document.ReadAs(document.Result.Report! with { Sections = [], Narrative = [] }));
        Assert.That(
            await warehouse.ScalarAsync<(int, long, long)>(
                "select reader_version, (select count(*) from stg.section), (select count(*) from stg.reading) from stg.document"),
            Is.EqualTo((2, 0L, 200L)));
    }

    [Test]
    public async Task WriteAsync_SameReadingFromNewerReader_TakesItsVersion()
    {
        await warehouse.StageAsync(1, Documents.Report(2024));
        Assert.That((await warehouse.StageAsync(2, Documents.Report(2024))).Staged, Is.EqualTo(1));
        Assert.That(await warehouse.ScalarAsync<int>("select reader_version from stg.document"), Is.EqualTo(2));
    }

    // Whatever the order in which captures of the same bytes come in, the first one stands.
    [TestCase(0, 1)]
    [TestCase(1, 0)]
    public async Task WriteAsync_SameBytesAtTwoAddresses_KeepsTheFirstCapture(int first, int second)
    {
        var report = Documents.Report(2024);
        StagedDocument[] captures = [report with { Url = "http://b/" }, report with { Url = "http://a/", FirstSeenAt = report.FirstSeenAt.AddHours(1) }];
        await warehouse.StageAsync(captures[first]);
        await warehouse.StageAsync(captures[second]);
        Assert.That(await warehouse.RowsAsync<string>("select url from stg.document"), Is.EqualTo(new[] { "http://b/" }));
    }

    [Test]
    public async Task WriteAsync_SameBytesTwiceInABatch_IsOneDocument()
    {
        var report = Documents.Report(2024);
        var result = await warehouse.StageAsync(report with { Url = "http://b/" }, report with { Url = "http://a/" });
        Assert.That((result, await warehouse.ScalarAsync<string>("select url from stg.document")), Is.EqualTo((new StagingResult(1, 1), "http://a/")));
    }

    // Not as attributes: half a surrogate pair cannot stand in the program's metadata.
    private static readonly TestCaseData[] Texts =
    [
        new("前\0后", "前后") { TestName = "WriteAsync_CharacterZero_IsLeftOut" },
        new("前\ud83d后", "前\ufffd后") { TestName = "WriteAsync_HalfASurrogatePair_IsReplaced" },
        new("前𠮷后", "前𠮷后") { TestName = "WriteAsync_WholeSurrogatePair_IsKept" },
    ];

    [TestCaseSource(nameof(Texts))]
    public async Task WriteAsync_TextThatIsNoText_IsCleaned(string text, string expected)
    {
        var document = Documents.Report(2024);
        await warehouse.StageAsync(document.ReadAs(document.Result.Report! with { Sections = [new ReportSection("overview", "一", text, "p[1]")] }));
        Assert.That(await warehouse.ScalarAsync<string>("select body from stg.section"), Is.EqualTo(expected));
    }

    [Test]
    public async Task WriteAsync_ContradictoryReading_StagesNothingOfTheBatch()
    {
        var neither = Documents.Refused("empty");
        neither = neither with { Result = neither.Result with { Refusal = null } };
        await Assert.ThatAsync(
            () => warehouse.StageAsync(Documents.Report(2024), neither), Throws.TypeOf<FormatException>().With.Message.Contains("empty.html"));
        Assert.That(await warehouse.ScalarAsync<long>("select count(*) from stg.document"), Is.Zero);
    }

    [Test]
    public async Task Holds_AfterStaging_TellsWhatNeedsNoReading()
    {
        var report = Documents.Report(2024);
        await warehouse.StageAsync(2, report);
        var catalog = await StagedCatalog.LoadAsync(warehouse.Database.Owner);
        Assert.Multiple(() =>
        {
            Assert.That(catalog.Holds(report.Sha256, report.Url, report.FirstSeenAt, 2), Is.True);
            Assert.That(catalog.Holds(report.Sha256, report.Url, report.FirstSeenAt, 3), Is.False, "a newer reader reads it again");
            Assert.That(catalog.Holds(report.Sha256, "http://later/", report.FirstSeenAt.AddDays(1), 2), Is.True, "a later capture adds nothing");
            Assert.That(catalog.Holds(report.Sha256, "http://earlier/", report.FirstSeenAt.AddDays(-1), 2), Is.False, "an earlier capture takes over");
            Assert.That(catalog.Holds(Documents.Report(2023).Sha256, report.Url, report.FirstSeenAt, 2), Is.False);
        });
    }
}
