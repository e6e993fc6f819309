using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.SampleSites.Figures;

namespace EtlWarehouse.SampleSites.Sites;

/// <summary>One report as it stands on a sample site.</summary>
/// <param name="File">Under <c>samples/</c>.</param>
/// <param name="MediaType">As the site declares it, with its charset if it declares one.</param>
public sealed record SampleDocument(SampleReport Report, Uri Url, string File, string MediaType);

/// <summary>A page of a list that is no report.</summary>
public sealed record LookAlike(string Title, DateOnly Published, string Text);

/// <summary>One line of a list: a report or something beside it.</summary>
/// <param name="Path">Of the page, with a leading slash.</param>
public sealed record ListLine(string Title, DateOnly Published, string Path);

/// <summary>A sample site and the reports on it.</summary>
public sealed record SampleSite(SiteFolder Folder, IReadOnlyList<SampleDocument> Documents)
{
    /// <summary>All sites of the sample.</summary>
    public static IReadOnlyList<SampleSite> All(FormDefinition form) =>
        [QingheSite.Build(form), YunxiSite.Build(form), ShiqiaoSite.Build(form), ShiliSite.Build(form)];
}

/// <summary>What stands in the lists beside the reports.</summary>
internal static class LookAlikes
{
    public static IReadOnlyList<LookAlike> Of(string place) =>
    [
        new($"一图读懂：{place}人民政府2023年政府信息公开工作年度报告", new DateOnly(2024, 4, 2),
            "下图以图解方式介绍年度报告的主要数据，全文请见本栏目。"),
        new($"{place}司法局2023年法治政府建设年度报告", new DateOnly(2024, 2, 20),
            "现将本年度推进法治政府建设的情况报告如下：深入开展行政执法监督，组织案卷评查，推动矛盾纠纷就地化解。"),
        new($"{place}人民政府政府信息公开指南", new DateOnly(2021, 6, 1),
            "为方便公民、法人和其他组织获取政府信息，编制本指南。受理机构为政务公开办公室，受理时间为工作日。"),
    ];
}
