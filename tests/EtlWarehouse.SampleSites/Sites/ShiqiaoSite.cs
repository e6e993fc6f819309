using System.Text;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.SampleSites.Figures;
using EtlWarehouse.SampleSites.Layouts;

namespace EtlWarehouse.SampleSites.Sites;

/// <summary>A district in GBK that only its meta tag tells of; a column of its own for each agency, paged by a parameter.</summary>
internal static class ShiqiaoSite
{
    private const int PerPage = 3;
    private const string Column = "/zwgk/ndbg";
    private const string PageType = "text/html";

    public static SampleSite Build(FormDefinition form)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var folder = new SiteFolder("shiqiao", "www.shiqiao.sample.localhost", Encoding.GetEncoding("gb2312"), PageType);
        var documents = new List<SampleDocument>();
        var id = 7013;
        foreach (var agency in SampleAgencies.Shiqiao)
        {
            var lines = new List<ListLine>();
            foreach (var report in SampleReports.Of(agency, form))
            {
                id += 29;
                var path = $"{Column}/{agency.Folder}/content_{id}.htm";
                folder.AddPage(path, Page(report.Title, report.Published, Body(report)));
                lines.Add(new ListLine(report.ListTitle, report.Published, path));
                documents.Add(new SampleDocument(report, folder.Address(path), folder.Name + path, PageType));
            }

            foreach (var other in LookAlikes.Of("石桥区").Where(other => other.Title.Contains(agency.Name, StringComparison.Ordinal)))
            {
                id += 29;
                var path = $"{Column}/{agency.Folder}/content_{id}.htm";
                folder.AddPage(path, Page(other.Title, other.Published, $"<P>{other.Text}\r\n"));
                lines.Add(new ListLine(other.Title, other.Published, path));
            }

            AddList(folder, agency, [.. lines.OrderByDescending(line => line.Published)]);
        }

        var columns = string.Concat(SampleAgencies.Shiqiao.Select(agency =>
            $"<LI><A HREF=\"{Column}/{agency.Folder}/index.htm\">{agency.Name}</A>\r\n"));
        folder.AddPage($"{Column}/index.htm", Frame("政府信息公开年报", $"<H3>按单位浏览</H3>\r\n<UL CLASS=\"columns\">\r\n{columns}</UL>\r\n"));
        folder.Finish("# no rules\nUser-agent: *\nDisallow:\n");
        return new SampleSite(folder, documents);
    }

    /// <summary>The justice bureau pastes plain text, the others keep their tables.</summary>
    private static string Body(SampleReport report) => report.Agency.Kind == "justice"
        ? $"<PRE>\r\n{ReportText.Tabbed(report)}</PRE>\r\n"
        : ReportHtml.Write(report, new OldMarkup(), isDisclosureSplit: report.Agency.Kind == "education");

    private static void AddList(SiteFolder folder, SampleAgency agency, List<ListLine> lines)
    {
        var pages = (lines.Count + PerPage - 1) / PerPage;
        for (var page = 1; page <= pages; page++)
        {
            var items = string.Concat(lines.Skip((page - 1) * PerPage).Take(PerPage).Select(line =>
                $"<LI><A HREF=\"{line.Path[(line.Path.LastIndexOf('/') + 1)..]}\">{line.Title}</A> <FONT COLOR=gray>{line.Published:yyyy/MM/dd}</FONT>\r\n"));
            var next = page < pages ? $"<A HREF=\"?page={page + 1}\">下一页</A>" : "下一页";
            var file = $"{Column}/{agency.Folder}/{(page == 1 ? "index.htm" : $"index-{page}.htm")}";
            folder.AddPage(file, Frame($"{agency.Name}年报", $"<UL CLASS=\"list\">\r\n{items}</UL>\r\n<P>共{lines.Count}条 第{page}/{pages}页 {next}\r\n"));
            if (page > 1)
                folder.AddRoute($"GET {Column}/{agency.Folder}/index.htm?page={page}", file);
        }
    }

    private static string Page(string title, DateOnly published, string body) => Frame(
        title, $"<P ALIGN=center>发布时间：{published:yyyy-MM-dd}　浏览次数：<SPAN ID=hits></SPAN>　【打印】【关闭】\r\n<DIV CLASS=content>\r\n{body}</DIV>\r\n");

    private static string Frame(string title, string body) =>
        $"<HTML>\r\n<HEAD>\r\n<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=gb2312\">\r\n<TITLE>{title} - 石桥区政府信息公开</TITLE>\r\n</HEAD>\r\n<BODY>\r\n"
        + $"<DIV ID=nav><A HREF=\"/zwgk/ndbg/index.htm\">政府信息公开年报</A> | <A HREF=\"/zwgk/zn.htm\">政府信息公开指南</A> | <A HREF=\"/zwgk/zd.htm\">政府信息公开制度</A></DIV>\r\n"
        + $"{body}<HR>\r\n<P ALIGN=center>石桥区人民政府办公室 版权所有\r\n</BODY>\r\n</HTML>\r\n";
}
