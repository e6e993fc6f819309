using System.Text;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Identity;
using EtlWarehouse.Tests.Parsing.Forms;

namespace EtlWarehouse.Tests.Parsing.Identity;

public sealed class LookAlikesTests
{
    private const string Title = "2023年政府信息公开工作年度报告";

    [TestCase("青禾县2023年政府信息公开工作年度报告图解", "report.infographic")]
    [TestCase("一图读懂：青禾县2023年政府信息公开工作年度报告", "report.infographic")]
    [TestCase("《青禾县2023年政府信息公开工作年度报告》政策解读", "report.interpretation")]
    [TestCase("青禾县2023年政府信息公开年报文字解读", "report.interpretation")]
    [TestCase("青禾县司法局2023年政府信息公开工作自查报告", "report.self_check")]
    [TestCase("关于报送2023年政府信息公开工作年度报告的函", "report.letter")]
    [TestCase("青禾县司法局关于报送《2023年政府信息公开工作年度报告》的报告", "report.letter")]
    [TestCase("关于做好2023年政府信息公开工作年度报告编制发布工作的通知", "report.notice")]
    [TestCase("关于2023年政府信息公开年报发布情况的通报", "report.notice")]
    [TestCase("XX局2023年政府信息公开工作年度报告", "report.template")]
    [TestCase("××县××局20××年政府信息公开工作年度报告", "report.template")]
    [TestCase("青禾县司法局20__年政府信息公开工作年度报告", "report.template")]
    [TestCase("政府信息公开工作年度报告（模板）", "report.template")]
    [TestCase("青禾县2023年政府信息公开工作年度报告培训", "report.other_document")]
    [TestCase("青禾县2023年政务公开工作要点", "report.other_document")]
    [TestCase("青禾县司法局2023年政府信息公开工作年度报告", null)]
    [TestCase("青禾县财政局2020年政府信息公开工作年度报告", null)]                      // 2020年: no 20__年
    [TestCase("青禾县司法局2023年政府信息公开工作年度报告_政策解读_青禾县人民政府", null)] // the column is not the title
    [TestCase("青禾县督查考核办2023年政府信息公开工作年度报告", null)]
    [TestCase("青禾县司法局2023年政府信息公开工作年度报告（图片版）", null)]
    public void KindOf_Title_NamesWhatItIs(string title, string? code) => Assert.That(LookAlikes.KindOf(title), Is.EqualTo(code));

    [TestCase("<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></head><body></body></html>", "page.challenge")]
    [TestCase("<html><script>document.cookie=('__jsl_clearance=17|0|x');location.href=location.pathname</script></html>", "page.challenge")]
    [TestCase("<html><body><h1>安全验证</h1><p>请输入验证码后继续访问</p></body></html>", "page.challenge")]
    [TestCase("<html><head><script src=\"/rfaS8dyQ7tYe/UfaA.a670748.js\" r=\"m\"></script></head><body><input type=\"hidden\" id=\"__onload__\" name=\"uzq1\"></body></html>", "page.challenge")]
    [TestCase("<html><script>var arg1='0BD4';document.cookie='acw_sc__v2='+arg1;document.location.reload();</script></html>", "page.challenge")]
    [TestCase("<html><head><noscript><h1>请打开浏览器的javascript，然后刷新浏览器</h1></noscript><script>var prefix=\"WZWS_CONFIRM\";</script></head><body></body></html>", "page.challenge")]
    [TestCase("<html><head><title>Just a moment...</title></head><body><h1>www.example.gov.cn</h1><p>Verifying you are human. This may take a few seconds.</p></body></html>", "page.challenge")]
    [TestCase("<html><head><title>拦截提示</title></head><body><p>您的请求疑似攻击行为，已被网站防火墙拦截！</p></body></html>", "page.challenge")]
    [TestCase("<html><body><p>访问过于频繁，请稍后再试。</p></body></html>", "page.challenge")]
    [TestCase("<html><head><title>系统维护</title></head><body><p>系统维护中，请稍后再试。</p></body></html>", "page.unavailable")]
    [TestCase("<html><head><title>503 Service Temporarily Unavailable</title></head><body><h1>503 Service Temporarily Unavailable</h1></body></html>", "page.unavailable")]
    [TestCase("<html><head><title>提示信息</title></head><body><p>该稿件已撤销或不存在！</p></body></html>", "page.not_found")]
    [TestCase("<html><head><title>404</title></head><body><p>HTTP 404 - 无法找到文件</p></body></html>", "page.not_found")]
    [TestCase("<html><body><h2>抱歉，您访问的页面出错了</h2><p>可能是页面已被删除、更名或暂时不可用。</p></body></html>", "page.not_found")]
    [TestCase("<html><head><title>提示</title></head><body><p>您访问的页面不存在或已删除！</p></body></html>", "page.not_found")]
    [TestCase("<html><head><title>404 Not Found</title></head><body><center>nginx</center></body></html>", "page.not_found")]
    [TestCase("<html><body>对不起，该信息已被删除。</body></html>", "page.not_found")]
    [TestCase("<html><head><meta http-equiv=\"refresh\" content=\"0;URL=../\" /></head><body></body></html>", "page.redirect")]
    [TestCase("<html><head><title>青禾县人民政府</title></head><body><div id=\"app\"></div><script src=\"/app.js\"></script></body></html>", "page.empty")]
    [TestCase("<html><head><title>青禾县司法局2023年政府信息公开工作年度报告</title></head><body><img src=\"1.jpg\"></body></html>", "page.empty")]
    [TestCase("<html><body><h1>关于报送《青禾县司法局2023年政府信息公开工作年度报告》的函</h1><p>县政府办公室：现将报告送上。</p></body></html>", "report.letter")]
    [TestCase("<html><body><h1>图解：青禾县司法局2023年政府信息公开工作年度报告</h1><img src=\"1.png\"><p>主动公开政府信息320条，收到申请36件。</p></body></html>", "report.infographic")]
    [TestCase("<html><body><h1>一张图看懂青禾县司法局2023年政府信息公开工作年度报告</h1><p>主动公开政府信息320条。</p></body></html>", "report.infographic")]
    [TestCase("<html><body><h1>《青禾县司法局2023年政府信息公开工作年度报告》文字解读</h1><p>一、编制背景</p><p>二、主要内容</p></body></html>", "report.interpretation")]
    [TestCase("<html><body><h1>青禾县司法局2023年政务公开自查报告</h1><p>主动公开政府信息320条。</p></body></html>", "report.self_check")]
    [TestCase("<html><body><h1>青禾县司法局2024年政府信息公开工作计划</h1><p>计划公开信息400条。</p></body></html>", "report.other_document")]
    [TestCase("<html><body><h1>青禾县司法局2023年法治政府建设年度报告</h1><p>全年审查规范性文件12件。</p></body></html>", "report.other_document")]
    [TestCase("<html><body><h1>青禾县司法局发布2023年政府信息公开工作年度报告</h1><p>近日，青禾县司法局发布了上一年度的报告，从六个方面介绍了主动公开、依申请公开、平台建设和监督保障的情况。</p></body></html>", "report.no_tables")]
    [TestCase("<html><body><h1>政府信息公开年报</h1><p>青禾县司法局依法公布历年的报告，供公众查阅。</p><ul><li><a href=\"1\">青禾县司法局2022年政府信息公开工作年度报告</a></li><li><a href=\"2\">青禾县司法局2023年政府信息公开工作年度报告</a></li></ul></body></html>", "report.no_tables")]
    [TestCase("<html><body><h1>青禾县人民医院2023年信息公开年度报告</h1><p>公共企事业单位信息公开情况如下。</p></body></html>", "report.public_enterprise")]
    [TestCase("<html><body><h1>青禾县自来水有限公司2023年政府信息公开工作年度报告</h1><p>全年停水公告二十期。</p></body></html>", "report.public_enterprise")]
    public void Read_PageThatIsNoReport_IsRefusedWithItsReason(string html, string code) =>
        Assert.That(Read(html).Refusal?.Code, Is.EqualTo(code));

    [TestCase("<html>0,/<body/Is#<body#<style>x</style><body#I\" >", "page.empty")] // an element without a name
    public void Read_TextThatOnlyLooksLikeAPage_IsRefused(string text, string code) => Assert.That(Read(text).Refusal?.Code, Is.EqualTo(code));

    [TestCase("办公", "办(ban)公(gong)室(shi)")]
    [TestCase("国", "國")]
    public void Read_MirrorWithAllTables_IsRefused(string word, string replacement)
    {
        var page = Report().Replace(word, replacement, StringComparison.Ordinal);
        page = word == "国"
            ? "开國报報务務请請关關议議诉訴讼訟总總计計办辦续續维維".Chunk(2).Aggregate(page, (text, pair) => text.Replace(pair[0], pair[1]))
            : page.Replace("法律", "法(fǎ)律(lǜ)", StringComparison.Ordinal);
        Assert.That(Read(page).Refusal?.Code, Is.EqualTo("page.mirror"));
    }

    [Test]
    public void Read_MirrorWithBetsInItsMenu_IsRefused() =>
        Assert.That(Read(Report("<ul><li>比分直播</li><li>真人荷官</li></ul>")).Refusal?.Code, Is.EqualTo("page.mirror"));

    // Each as a mirror has it although all tables are there: in the head, in the menu, words put in place of others.
    [TestCase("<html><body>", "<html><head><title>足球比分直播_青禾县司法局2023年政府信息公开工作年度报告</title></head><body>")]
    [TestCase("<html><body>", "<html><body><ul><li>开云体育</li><li>亚博官网</li></ul>")]
    [TestCase("全年主动公开", "百家乐全年主动公开政府信息时时彩公开百家乐依法公开，各项工作按照条例要求有序推进，未发生泄密。全年主动公开")]
    public void Read_MirrorWithBets_IsRefused(string printed, string replacement) =>
        Assert.That(Read(Report().Replace(printed, replacement, StringComparison.Ordinal)).Refusal?.Code, Is.EqualTo("page.mirror"));

    // True reports speak of all that look-alikes are made of.
    [TestCase("<p>微信（app）、下载（pdf）、长度（km）</p>")]
    [TestCase("<p>制作政策图解12篇、文字解读30篇，开展信息公开自查，向上级报送自查报告1份，起草复函3件。</p>")]
    [TestCase("<p>通过验证码防止恶意访问；对404页面、页面不存在等错误链接逐一整改；网站升级期间系统维护中的提示由专人值守。</p>")]
    [TestCase("<p>清理涉嫌博彩的暗链3条，关停被植入博彩内容的页面2个，对博彩类违法信息随时处置，全年巡查120次，未再发现博彩信息。</p>")]
    [TestCase("<p>修正“喆（zhé）”等生僻字姓名显示问题。</p>")]
    [TestCase("<p>青禾縣人民政府</p>")]
    [TestCase("<script>$_ts=window['$_ts'];</script>")]
    [TestCase("<ul><li>图解</li><li>政策解读</li><li>通知公告</li><li>自查</li></ul>")]
    [TestCase("<ul><li><a href=\"1\">图解：青禾县司法局2023年政府信息公开工作年度报告</a></li><li><a href=\"2\">关于做好2023年政府信息公开工作年度报告编制工作的通知</a></li></ul>")]
    public void Read_Report_IsNone(string beside)
    {
        var result = Read(Report(after: beside));
        Assert.That((result.Refusal, result.Report?.Identity.Agency), Is.EqualTo(((Refusal?)null, "青禾县司法局")));
    }

    [TestCase("<ul><li><a href=\"1\">青禾县教育局2024年政府信息公开工作年度报告</a> 2025-01-10</li></ul>")]
    [TestCase("<div><a href=\"1\">青禾县司法局2022年政府信息公开工作年度报告</a></div>")]
    [TestCase("<div>青禾县教育局2024年政府信息公开工作年度报告</div><div>青禾县财政局2022年政府信息公开工作年度报告</div>")] // a list without links
    public void Read_TitlesOfOtherReportsOnThePage_DoNotWin(string list)
    {
        foreach (var page in new[] { Report(before: list), Report(after: list) })
        {
            var identity = Read(page).Report?.Identity;
            Assert.That((identity?.Agency, identity?.Year), Is.EqualTo(("青禾县司法局", (int?)2023)));
        }
    }

    [Test]
    public void Read_TitleThatLinksToItself_IsTheTitle() =>
        Assert.That(
            Read(Report().Replace("<p>青禾县司法局\n" + Title, $"<h1><a href=\"#\">青禾县司法局{Title}</a></h1><p>", StringComparison.Ordinal)).Report?.Identity.Agency,
            Is.EqualTo("青禾县司法局"));

    /// <summary>A page with all tables of the form.</summary>
    private static string Report(string before = "", string after = "")
    {
        var form = ReferenceReports.Reference.Forms.Single(form => form.Code == "2021");
        var page = new RenderedForm(form, form.Cells.ToDictionary(cell => cell.Code, _ => "0"), new Random(1)).Render("html");
        return page.Replace("<html><body>", "<html><body>" + before, StringComparison.Ordinal) + after;
    }

    private static ReadResult Read(string html) => ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(html), "page.html", "text/html", "utf-8"));
}
