using EtlWarehouse.App.Commands.Sql;
using EtlWarehouse.IntegrationTests.Ingestion;

namespace EtlWarehouse.IntegrationTests.Guide;

/// <summary>
/// Runs the guide's SQL as the analysts' role over the sample pipeline and the reference reports. What must come out was worked out by
/// hand from what the documents print (tests/fixtures/samples, and the truth that comes with the reference reports), never by a query.
/// </summary>
public sealed class AnalystGuideTests
{
    private static readonly string Seeds = Path.Combine(Path.GetDirectoryName(TestServer.Root)!, "shared", "seeds");

    private Warehouse? warehouse;
    private bool hasSeeds;

    [OneTimeSetUp]
    public async Task Fill()
    {
        warehouse = await Warehouse.CreateAsync();
        await warehouse.RunSampleAsync();
        hasSeeds = Directory.Exists(Seeds);
        if (hasSeeds)
            await warehouse.ImportAsync(Seeds);
    }

    [OneTimeTearDown]
    public async Task Remove()
    {
        if (warehouse is not null)
            await warehouse.DisposeAsync();
    }

    [Test]
    public void Questions_All_AreWorkedOutHere()
    {
        var worked = typeof(AnalystGuideTests).GetMethod(nameof(Sql_OfAQuestion_GivesWhatAHandCalculationGives))!
            .GetCustomAttributes(typeof(TestCaseAttribute), false)
            .Select(each => (int)((TestCaseAttribute)each).Arguments[0]!)
            .ToList();
        Assert.That(worked, Is.EquivalentTo(AnalystGuide.Read().Select(question => question.Number)).And.Count.GreaterThanOrEqualTo(15));
    }

    // 青禾县人民政府 received 234, 316, 284 and 389 requests: 82/234 = 35.04 %, -32/316 = -10.13 %, 105/284 = 36.97 %.
    [TestCase(1, false, "2021|234|||exact", "2022|316|82|35.0|exact", "2023|284|-32|-10.1|exact", "2024|389|105|37.0|exact")]
    // 105/284 = 36.97 %; 云溪县教育局 57 -> 78: 21/57 = 36.84 %; 示例市人民政府 3114 -> 4161: 1047/3114 = 33.62 %; the next is 示例市教育局, 79/243 = 32.51 %.
    [TestCase(2, false, "青禾县人民政府|284|389|105|37.0", "云溪县教育局|57|78|21|36.8", "示例市人民政府|3114|4161|1047|33.6")]
    // Denied: 2+5+1+6+9+16+12+19 = 70 of 376, 9+11+14+29+35+23+44+30 = 195 of 1468, 7+3+5+15+13+21+9+27 = 100 of 757.
    // Wilson, z = 1.96, of 70/376: centre (0.18617 + 3.8415/752) / (1 + 3.8415/376) = 0.18934, half-width 0.03927: 15.01 to 22.86 %.
    [TestCase(3, false, "青禾县人民政府|70|376|18.62|15.01|22.86", "石桥区人民政府|195|1468|13.28|11.64|15.12", "云溪县人民政府|100|757|13.21|10.98|15.81")]
    // Three values: below the first are 2 and half of itself: 2.5/3 = 83.3 %; 1.5/3 = 50 %; 0.5/3 = 16.7 %.
    [TestCase(4, false, "石桥区人民政府|1474|1|83.3|3|3", "云溪县人民政府|767|2|50.0|3|3", "青禾县人民政府|389|3|16.7|3|3")]
    // 偃师区司法局 prints 1 request for 2024; of 西工区司法局 there is only the report of 2021. One value of two: no rank below three.
    [TestCase(5, true, "偃师区司法局|reported|1||1|2|3", "西工区司法局|absent|||1|2|3")]
    // Reports of 2023 (许昌, 芮城) and 2021 (西工); the newest year of all is 2024. Departments' deadline is January 31.
    [TestCase(6, true,
        "芮城县司法局|140830|2024|2025-01-31", "西工区司法局|410303|2022|2023-01-31", "西工区司法局|410303|2023|2024-01-31",
        "西工区司法局|410303|2024|2025-01-31", "许昌市司法局|411000|2024|2025-01-31")]
    // Printed 2023-02-17: 17 days after January 31. All other dates of departments are in January, all of governments by March 28.
    [TestCase(7, false, "石桥区市场监督管理局|2022|2023-01-31|2023-02-17|17")]
    // 芮城 prints 2024-01-15, 许昌 no date; nobody looked at their sites before the deadline or after it without finding them.
    [TestCase(8, true, "石桥区市场监督管理局|2022|2023-02-17|17|late_claimed", "芮城县司法局|2023|2024-01-15|0|in_time_claimed", "许昌市司法局|2023|||undated")]
    // 16 agencies, 7 columns: 112 of 2021 have no year before. Of the other 336, 石桥区教育局 leaves blank 4 carried over in 2023 and 3 carried
    // forward into 2024; the rest print the same number twice: 336 - 7 = 329.
    [TestCase(9, false, "pass||329", "not_assessable|previous_absent|112", "not_assessable|this_blank|4", "not_assessable|previous_blank|3")]
    // The two pages of 2024-01-13 and 2024-03-05 differ in four cells: granted 10 -> 13 and 12 -> 15, other 4 -> 1 and 4 -> 1.
    [TestCase(10, false,
        "2023|三、本年度办理结果 · （一）予以公开 · 总计|12|15|3", "2023|三、本年度办理结果 · （一）予以公开 · 自然人|10|13|3",
        "2023|三、本年度办理结果 · （六）其他处理 · 3.其他 · 总计|4|1|-3", "2023|三、本年度办理结果 · （六）其他处理 · 3.其他 · 自然人|4|1|-3")]
    // Nothing was captured in 2020; in the end 16 agencies, 4 years, 200 cells.
    [TestCase(11, false, "2020-01-01|0", "2999-01-01|12800")]
    // 偃师市 410381 became 偃师区 410307 in 2021; the one report is of 2024.
    [TestCase(12, true, "2020|410381|偃师市|洛阳市|0", "2024|410307|偃师区|洛阳市|1")]
    // 286 + 60 + 7 + 11 + 17 + 8 = 389, which is the printed total; both together 778.
    [TestCase(13, false, "778|389|389")]
    // Of 石桥, 云溪, 青禾: 165+78+37, 118+45+36, 225+109+64, 1474+767+389.
    [TestCase(14, false, "示例市|education|280|3|3", "示例市|justice|199|3|3", "示例市|market_regulation|398|3|3", "示例市|people_government|2630|3|3")]
    // (70+195+100) / (376+1468+757) = 365/2601 = 14.03 %; the mean of 18.62, 13.28 and 13.21 is 15.04.
    [TestCase(15, false, "14.03|365|2601|3/3|15.04")]
    // 29+6 + (1+1+2+2+1) + (13+3) + (1+1+1) + (1+2) = 64 against 62 printed; granted 22+2+1+1+0+1 = 27 against 29 printed.
    [TestCase(16, false, "云溪县教育局|2022|（一）至（六）各项之和 = （七）总计|64|62", "云溪县教育局|2022|自然人 + 五类法人或其他组织 = 总计|27|29")]
    // 750 + 1774 + 861 = 3385, stated is 3585.
    [TestCase(17, true, "许昌市司法局|2023|sum.parts|3585|3385|200")]
    // Printed 6, 2 and the total 8; the four others are blank.
    [TestCase(18, false, "reported|3|16", "blank|4|")]
    // In the page's third table row 4 is the first below three rows of header; three columns of label, six of applicants, then the total.
    // The hash is sha256sum's of the page in samples/.
    [TestCase(19, false, "389|389|table[3]/r4c10|2025-03-27|9d1ca50628e3|http://www.qinghe.sample.localhost/zfxxgk/fdzdgknr/ndbg/202503/t20250327_30258.html")]
    // 118+45+36 = 199 > 170; 165+78+37 = 280 < 322.
    [TestCase(20, false, "示例市司法局|lower_divisions|170|199|-29|3/3|below_children", "示例市教育局|lower_divisions|322|280|42|3/3|above_children")]
    // 27+2-0 = 29, 29+3-3 = 29, 29+3-1 = 31.
    [TestCase(21, false, "2021||1|1||27|not_assessable|previous_absent", "2022|27|2|0|29|29|pass|", "2023|29|3|3|29|29|pass|", "2024|29|3|1|31|31|pass|")]
    public async Task Sql_OfAQuestion_GivesWhatAHandCalculationGives(int number, bool needsSeeds, params string[] expected)
    {
        var question = AnalystGuide.Read().Single(each => each.Number == number);
        if (needsSeeds && !hasSeeds)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail($"expected the reference reports in {Seeds}, found nothing");
            Assert.Ignore($"SKIPPED: no reference reports in {Seeds}");
        }

        var (columns, rows) = await RunAsync(question.Sql);

        Assert.That(rows.Select(row => string.Join('|', row)), Is.EqualTo(expected), question.Title);
        await using var printed = new StringWriter { NewLine = "\n" };
        await TableResult.WriteAsync(printed, columns, rows);
        Assert.That(question.Answer, Is.EqualTo($"{printed}({rows.Count} {(rows.Count == 1 ? "row" : "rows")})\n"), "the guide shows another answer");
    }

    // The columns that users' SQL relies on. What a table is filled with shows in the questions above.
    [TestCase("dw.dim_agency", "agency_key, agency_code, agency_name, agency_kind, level, division_key, valid_from, valid_to")]
    [TestCase("dw.dim_division", "division_key, division_code, name, level, province, prefecture, county, valid_from, valid_to, successor_code")]
    [TestCase("dw.dim_year", "year_key, department_deadline_date, government_deadline_date, form")]
    [TestCase("dw.dim_cell", "cell_key, form, cell_code, row_code, column_code, section, label_zh, row_label_zh, column_label_zh, unit, position, concept_code")]
    [TestCase("dw.dim_document", "document_key, sha256, url, first_seen_at, published_on, agency_key, year_key, form, revision, is_current")]
    [TestCase("dw.fact_cell", "agency_key, year_key, cell_key, value, state, document_key")]
    [TestCase("dw.fact_check", "agency_key, year_key, check_key, status, left_value, right_value")]
    [TestCase("mart.cell",
        "agency_name, agency_kind, level, province, prefecture, county, division_code, year, form, cell_code, concept_code, cell_label, unit, value, state, report_url, published_on, sha256, locator")]
    [TestCase("dw.cell_as_of(now())",
        "agency_name, agency_kind, level, province, prefecture, county, division_code, year, form, cell_code, concept_code, cell_label, unit, value, state, report_url, published_on, sha256, locator")]
    [TestCase("mart.county_comparison", "concept_code, year, division_code, value, peers, rank_low, rank_high, percentile, previous_value, n_reported, n_expected")]
    [TestCase("mart.trend", "agency_code, concept_code, year, form, value")]
    [TestCase("mart.rate", "agency_code, year, rate_code, numerator, denominator, definition, rate_pct")]
    [TestCase("mart.coverage", "agency_code, year, state, delay_days")]
    [TestCase("mart.reconciliation", "agency_code, year, passed, failed, not_assessable")]
    [TestCase("mart.carry_over", "agency_code, year, column_code, carried_forward, carried_over")]
    [TestCase("mart.revision", "agency_code, year, cell_code, before_value, after_value")]
    public async Task Relation_OfTheContract_AnswersToItsColumnsAndIsFilled(string relation, string columns)
    {
        var (_, rows) = await RunAsync($"select {columns} from {relation} limit 1");
        Assert.That(rows, Has.Count.EqualTo(1));
    }

    private async Task<(IReadOnlyList<ResultColumn> Columns, IReadOnlyList<string?[]> Rows)> RunAsync(string sql)
    {
        await using var connection = await warehouse!.Database.Analyst.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        // As PostgreSQL prints them.
        command.AllResultTypesAreUnknown = true;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string?[]>();
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetString(column))]);
        return (ResultColumn.Of(reader), rows);
    }
}
