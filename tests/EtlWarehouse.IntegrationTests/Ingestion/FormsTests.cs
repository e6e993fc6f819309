using System.Text;

namespace EtlWarehouse.IntegrationTests.Ingestion;

/// <summary>Reports on all three forms, and one that mixes two, become facts of their own form.</summary>
public sealed class FormsTests
{
    private const string Undivided =
        "<html><h1>淄博市司法局2023年政府信息公开工作年度报告</h1><table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政处罚</td><td>3</td></tr></table>"
        + "<table><tr><td>（六）其他处理</td><td>1</td><td>0</td><td>0</td><td>2</td><td>0</td><td>0</td><td>3</td></tr></table></html>";

    private const string Divided =
        "<html><h1>淄博市司法局2022年政府信息公开工作年度报告</h1><table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政处罚</td><td>5</td></tr></table></html>";

    private const string Procurement =
        "<html><h1>淄博市司法局2020年政府信息公开工作年度报告</h1><table><tr><td>信息内容</td><td>采购项目数量</td><td>采购总金额</td></tr>"
        + "<tr><td>政府集中采购</td><td>6</td><td>45.82万元</td></tr></table></html>";

    private const string Indicators =
        "<html><h1>淄博市司法局2017年政府信息公开工作年度报告</h1><p>政府信息公开情况统计表</p><table><tr><td>统计指标</td><td>单位</td><td>统计数</td></tr>"
        + "<tr><td>六、举报投诉数量</td><td>件</td><td>6</td></tr></table></html>";

    [Test]
    public async Task Import_ReportsOnAllForms_LoadsEachWithTheCellsOfItsForm()
    {
        await using var warehouse = await Warehouse.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("etl-forms-");
        try
        {
            string[] pages = [Undivided, Divided, Procurement, Indicators];
            for (var page = 0; page < pages.Length; page++)
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{page}.html"), pages[page], Encoding.UTF8);
            await warehouse.ImportAsync(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        var reports = await warehouse.QueryAsync<(int Year, string Form, int Cells, decimal Sum)>(
            "select year, form, count(*)::integer, sum(value) from mart.cell group by year, form order by year");
        Assert.That(reports, Is.EqualTo(new[]
        {
            (2017, "2014", 58, 6m),
            (2020, "2019", 198, 458206m),
            (2022, "2021", 200, 5m),
            (2023, "2021", 207, 9m), // the seven cells of （六）其他处理 beside the form's 200
        }));
        var check = await warehouse.QueryAsync<(int Year, string Status)>(
            "select fact.year_key::integer, fact.status::text from dw.fact_check as fact inner join dw.dim_check as rule using (check_key) where rule.check_code = 'req.applicant_total.result.other'");
        // Form 2019 has the row always.
        Assert.That(check, Is.EquivalentTo(new[] { (2020, "not_assessable"), (2023, "pass") }));
    }
}
