using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.IntegrationTests.Ingestion;

/// <summary>Reports that nobody may place but a person: they wait with their reason, are placed by one line, and stay so.</summary>
public sealed class PlacingTests
{
    private Warehouse warehouse = null!;

    [SetUp]
    public async Task Create() => warehouse = await Warehouse.CreateAsync();

    [TearDown]
    public async Task Remove() => await warehouse.DisposeAsync();

    [Test]
    public async Task Import_NameOfFourPlaces_WaitsWithItsWitnessesUntilAPersonPlacesIt()
    {
        await ImportAsync("鼓楼区司法局2023年政府信息公开工作年度报告");
        var waiting = await WaitingAsync();
        Assert.That((waiting.Count, waiting[0].Reason, await FactsAsync()), Is.EqualTo((1, "division.ambiguous", 0L)));
        Assert.That(waiting[0].Witnesses, Does.StartWith("title: 鼓楼区司法局2023年政府信息公开工作年度报告"));

        var settled = Settled(new Placement(waiting[0].Sha256, "320106", "司法局", 2023, "张三", "附件封面注明南京市"));
        await warehouse.UpdateAsync(reference: settled);
        Assert.That(await WaitingAsync(), Is.Empty);
        Assert.That(
            await warehouse.QueryAsync<(string, string, int)>("select distinct division_code, agency_name, year from mart.cell"),
            Is.EqualTo(new[] { ("320106", "鼓楼区司法局", 2023) }));
        Assert.That(
            await warehouse.QueryAsync<(string, string, string)>("select said, said_division_code, agency_name from mart.document_witness where witness = 'settled'"),
            Is.EqualTo(new[] { ("张三: 附件封面注明南京市", "320106", "鼓楼区司法局") }));

        // Again, and from the archive alone: the same.
        var hash = await warehouse.HashAsync();
        var again = await warehouse.UpdateAsync(reference: settled);
        Assert.That((again.Staged, again.Transform.DocumentsChanged, again.Transform.FactsInserted), Is.EqualTo((0, 0L, 0L)));
        Assert.That(await warehouse.HashAsync(), Is.EqualTo(hash));
        await warehouse.EmptyDatabaseAsync();
        await warehouse.UpdateAsync(everything: true, settled);
        Assert.That(await warehouse.HashAsync(), Is.EqualTo(hash));

        // Without the line it is the reader's again.
        await warehouse.UpdateAsync();
        Assert.That(((await WaitingAsync()).Single().Reason, await FactsAsync()), Is.EqualTo(("division.ambiguous", 0L)));
    }

    [Test]
    public async Task Import_YearThatIsContradicted_WaitsAndIsPlacedUnderTheYearAPersonSays()
    {
        await ImportAsync("西工区司法局2022年政府信息公开工作年度报告", "<p>统计期限自2023年1月1日起，至2023年12月31日止。</p>");
        var waiting = await WaitingAsync();
        Assert.That(waiting.Select(document => document.Reason), Is.EqualTo(new[] { "year.contradicted" }));

        await warehouse.UpdateAsync(reference: Settled(new Placement(waiting[0].Sha256, "410303", "司法局", 2023, "张三", "统计期限为2023年")));
        Assert.That(await warehouse.QueryAsync<(string, int)>("select distinct agency_name, year from mart.cell"), Is.EqualTo(new[] { ("西工区司法局", 2023) }));
        Assert.That(
            await warehouse.QueryAsync<(string, bool?)>("select witness, agrees from mart.document_witness order by position"),
            Is.EqualTo(new (string, bool?)[] { ("settled", true), ("title", false), ("period", true) }));
    }

    [Test]
    public async Task Import_ReportWithoutAnyYear_WaitsAndIsReadOnceAPersonSaysIt()
    {
        await ImportAsync("西工区司法局政府信息公开工作年度报告");
        var waiting = await WaitingAsync();
        Assert.That(waiting.Select(document => document.Reason), Is.EqualTo(new[] { "report.no_year" }));

        await warehouse.UpdateAsync(reference: Settled(new Placement(waiting[0].Sha256, "410303", "司法局", 2023, "张三", "列表注明")));
        Assert.That((await WaitingAsync(), await FactsAsync()), Is.EqualTo((Array.Empty<(string, string, string?)>(), 200L)));
    }

    private static ReferenceData Settled(Placement placement) =>
        Warehouse.Reference with { Placements = new Dictionary<string, Placement> { [placement.Sha256] = placement } };

    private async Task ImportAsync(string title, string more = "")
    {
        var sample = await File.ReadAllTextAsync(Directory.GetFiles(
            Path.Combine(TestServer.Root, "samples", "qinghe"), "t2024*.html", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First());
        var tables = sample[sample.IndexOf("三、收到和处理", StringComparison.Ordinal)..];
        var file = Path.Combine(warehouse.Settings.Home, "report.html");
        Directory.CreateDirectory(warehouse.Settings.Home);
        await File.WriteAllTextAsync(file, $"<html><head><meta charset=\"utf-8\"></head><body><h1>{title}</h1>{more}<p>{tables}");
        await warehouse.ImportAsync(file);
    }

    private Task<List<(string Reason, string Sha256, string? Witnesses)>> WaitingAsync() =>
        warehouse.QueryAsync<(string, string, string?)>("select reason, sha256, witnesses from mart.unplaced");

    private async Task<long> FactsAsync() => (await warehouse.QueryAsync<long>("select count(*) from mart.cell")).Single();
}
