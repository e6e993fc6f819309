using System.Buffers;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Identity;

/// <summary>Documents that stand where reports stand, or look like one, and are none; each with its reason.</summary>
internal static partial class LookAlikes
{
    /// <summary>A page without a report that has more text than this is no error page and no empty shell.</summary>
    private const int LongestErrorPage = 1500;

    private const int LongestShell = 60;

    private const int LongestMenuEntry = 40;

    /// <summary>Pinyin in brackets behind a word happens once in a text about names, not often.</summary>
    private const int PinyinOfACopy = 3;

    /// <summary>Traditional characters happen in names of old shops; this many, and more than simplified ones, in copies.</summary>
    private const int TraditionalOfACopy = 10;

    private static readonly SearchValues<char> Traditional = SearchValues.Create("國開報務請機關處與號議訴訟總計復條數據維繼續辦實業縣區");

    private static readonly SearchValues<char> Simplified = SearchValues.Create("国开报务请机关处与号议诉讼总计复条数据维继续办实业县区");

    private static readonly (Regex Words, string Code)[] Titles =
    [
        (Template(), "report.template"),
        (Infographic(), "report.infographic"),
        (Interpretation(), "report.interpretation"),
        (SelfCheck(), "report.self_check"),
        (Letter(), "report.letter"),
        (Notice(), "report.notice"),
        (OtherDocument(), "report.other_document"),
    ];

    /// <summary>The code of the kind that a title's words name; null for a report's own title.</summary>
    public static string? KindOf(string title)
    {
        var folded = CharacterFolding.FoldWithoutBlanks(title);
        if (Unfilled().IsMatch(folded))
            return "report.template";
        // What follows in the head of a page is the column's and the site's name: "_政策解读_某某网".
        var words = SiteName().Replace(folded.Split('|', '>')[0], "");
        return Array.Find(Titles, kind => kind.Words.IsMatch(words)).Code;
    }

    /// <summary>Judges the page's headline: what it states as its title, its headings, its first lines.</summary>
    public static Refusal? OfTitle(DocumentContent document, ReportTitle? title)
    {
        var headline = Headlines(document).FirstOrDefault(line => Subject().IsMatch(CharacterFolding.FoldWithoutBlanks(line)));
        foreach (var words in new[] { title?.Text, headline })
        {
            if (words is not null && KindOf(words) is { } code)
                return new Refusal(code, $"expected an annual report, found '{words}'");
        }

        return null;
    }

    /// <summary>Mirrors of government pages on other hosts: script converted, pinyin added, words of bets put in.</summary>
    public static Refusal? OfCopy(DocumentContent document)
    {
        var (pinyin, traditional) = (0, 0);
        var lines = new List<(string Value, bool IsMenu)>();
        foreach (var line in document.Lines())
        {
            pinyin += line.AsSpan().ContainsAny('(', '（') ? Pinyin().Count(line) : 0;
            traditional += Count(line, Traditional);
            if (Bets().IsMatch(line))
                lines.AddRange(Bets().Matches(line).Select(match => (match.Value, line.Length <= LongestMenuEntry)));
        }

        if (pinyin >= PinyinOfACopy)
            return new Refusal("page.mirror", $"expected an agency's page, found {pinyin} words with their pinyin in brackets, as mirrors of government sites have them");
        if (traditional >= TraditionalOfACopy && traditional > document.Lines().Sum(line => Count(line, Simplified)))
            return new Refusal("page.mirror", $"expected simplified script, found {traditional} traditional characters");
        // Agencies write of bets too, in sentences; menus and titles of theirs offer none.
        var title = Bets().Matches(document.PageTitle ?? "").Select(match => match.Value);
        var found = title.Concat(lines.Where(bet => bet.IsMenu).Skip(1).Select(bet => bet.Value))
            .Concat(lines.Where(bet => !bet.IsMenu && bet.Value is not "博彩").Skip(2).Select(bet => bet.Value)).FirstOrDefault();
        return found is null ? null : new Refusal("page.mirror", $"expected an agency's page, found '{found}', as mirrors of government sites have it");
    }

    /// <summary>What a page without the tables of a report is instead; null where it is just something else.</summary>
    /// <param name="content">The bytes as fetched: challenges are scripts, which hold no text.</param>
    public static Refusal? OfPage(ReadOnlySpan<byte> content, DocumentContent document)
    {
        var text = CharacterFolding.FoldWithoutBlanks(string.Concat(document.Lines().Append(document.PageTitle)));
        if (text.Length > LongestErrorPage)
            return null;
        if (content.IndexOf("$_ts"u8) >= 0 || content.IndexOf("__jsl_clearance"u8) >= 0 || content.IndexOf("__jsluid"u8) >= 0
            || content.IndexOf("acw_sc__v2"u8) >= 0 || content.IndexOf("C3VK"u8) >= 0 || content.IndexOf("challenge-platform"u8) >= 0
            || content.IndexOf("__onload__"u8) >= 0 || content.IndexOf("WZWS"u8) >= 0
            || Challenge().IsMatch(text))
        {
            return new Refusal("page.challenge", "expected a report, found a page that wants to tell browsers from programs");
        }

        if (Unavailable().Match(text) is { Success: true } closed)
            return new Refusal("page.unavailable", $"expected a report, found a page that says '{closed.Value}'; it may be there again later");
        if (NotFound().Match(text) is { Success: true } gone)
            return new Refusal("page.not_found", $"expected a report, found a page that says '{gone.Value}'");
        if (document.MediaType != "text/html" || text.Length > LongestShell)
            return null;
        if (content.IndexOf("http-equiv=\"refresh\""u8) >= 0 || content.IndexOf("http-equiv='refresh'"u8) >= 0 || content.IndexOf("http-equiv=refresh"u8) >= 0)
            return new Refusal("page.redirect", "expected a report, found a page that only sends on to another, as deleted articles do");
        return new Refusal("page.empty", $"expected a report, found a page with {text.Length} characters of text; it may be filled by scripts or hold a picture");
    }

    /// <summary>Public enterprises report by rules of their own; one that uses the agencies' form is read.</summary>
    public static Refusal? OfAgency(ReportTitle title, bool lacksTables) =>
        title.Agency is { } agency && Enterprise().IsMatch(agency)
        && (lacksTables || !CharacterFolding.FoldWithoutBlanks(title.Text).Contains("政府信息公开", StringComparison.Ordinal))
            ? new Refusal("report.public_enterprise", $"expected an agency's report, found that of '{agency}', which reports by other rules")
            : null;

    private static int Count(string line, SearchValues<char> characters)
    {
        var count = 0;
        for (var rest = line.AsSpan(); rest.IndexOfAny(characters) is >= 0 and var index; rest = rest[(index + 1)..])
            count++;
        return count;
    }

    private static IEnumerable<string> Headlines(DocumentContent document)
    {
        if (document.Metadata.TryGetValue("articletitle", out var stated))
            yield return stated;
        var lines = document.Blocks.OfType<LineBlock>().Where(line => !line.IsLink && !string.IsNullOrWhiteSpace(line.Text)).ToList();
        foreach (var line in lines.Where(line => line.IsHeading))
            yield return line.Text;
        if (document.PageTitle is { } page)
            yield return page;
        if (document.MediaType != "text/html")
        {
            foreach (var line in lines.Take(3).Where(line => line.Text.Length <= 60))
                yield return line.Text;
        }
    }

    [GeneratedRegex("年报|年度(?:工作)?报告|自查|信息公开工作")]
    private static partial Regex Subject();

    [GeneratedRegex("[_—-](?:[^_—-]{2,20}[_—-])*[^_—-]{2,30}$")]
    private static partial Regex SiteName();

    [GeneratedRegex("_{2,}|20_+年|(?<![0-9])20年(?=政府)|[*＊]{2,}")]
    private static partial Regex Unfilled();

    [GeneratedRegex("模板|样本|样表|范本|填报说明|参考格式|(?<![A-Za-z])[Xx×✕╳]{2,}(?![A-Za-z])|某某")]
    private static partial Regex Template();

    [GeneratedRegex("图解|一图读懂|一图看懂|一图了解|图说|一张图|长图|漫画|动漫|H5")]
    private static partial Regex Infographic();

    [GeneratedRegex("解读")]
    private static partial Regex Interpretation();

    [GeneratedRegex("自查|自评|自检")]
    private static partial Regex SelfCheck();

    [GeneratedRegex("的函(?:\\([^()]*\\))?$|^关于(?:报送|上报|呈报|报请|提交|印送)|^[^《]{0,20}关于(?:报送|上报|呈报)")]
    private static partial Regex Letter();

    [GeneratedRegex("通知(?:\\([^()]*\\))?$|通报$|提醒|催报|的公告$|征集|填报要求|编制要求")]
    private static partial Regex Notice();

    [GeneratedRegex("工作要点|工作总结|工作计划|工作方案|实施方案|情况统计|统计表$|目录$|指南$|制度$|(?:培训|考核|评估|督查)(?!考核|局|中心|办|委|院|室|服务)|法治政府建设")]
    private static partial Regex OtherDocument();

    // A syllable: (app) and (km) are none.
    [GeneratedRegex("(?<=[\\u4E00-\\u9FFF])[(（](?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?[aeiouvāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,3}(?:ng|n|r)?[)）]")]
    private static partial Regex Pinyin();

    [GeneratedRegex("比分直播|足球比分|即时比分|博彩|娱乐城|百家乐|时时彩|真人荷官|滚球|体育投注|亚博|开云体育|乐鱼体育|米兰体育|华体会|九游会|开元棋牌|威尼斯人|太阳城|真人娱乐|皇冠体育|棋牌游戏|线上赌场|澳门赌场|彩票投注")]
    private static partial Regex Bets();

    [GeneratedRegex("验证码|安全验证|人机验证|访问验证|滑动验证|正在验证|浏览器安全检查|请开启JavaScript|请启用JavaScript|访问过于频繁|访问被拦截|被.{0,8}防火墙拦截|疑似攻击|JustAMoment|VerifyYouAreHuman|VerifyingYouAreHuman", RegexOptions.IgnoreCase)]
    private static partial Regex Challenge();

    [GeneratedRegex("(?:页面|网页|文章|内容|文件|栏目|信息|链接|稿件)(?:不存在|已撤销|已删除|已被删除|已下线|已下架|已过期|已失效|未找到|找不到|无法找到)|(?:您|你)(?:要)?(?:访问|查看|浏览|查找)的(?:页面|网页|内容|文章|信息|地址)|(?:找不到|无法找到|没有找到)(?:该|此|您)?(?:页面|网页|文件|网址)|404NotFound|Error404|404错误|^404|NotFound$", RegexOptions.IgnoreCase)]
    private static partial Regex NotFound();

    [GeneratedRegex("(?:系统|网站|平台)(?:正在)?(?:维护|升级)(?:中|期间)|(?:50[0234])?(?:ServiceTemporarilyUnavailable|ServiceUnavailable|BadGateway|GatewayTime-?out|InternalServerError)|服务器(?:内部错误|繁忙|错误)|暂时无法(?:访问|提供服务)", RegexOptions.IgnoreCase)]
    private static partial Regex Unavailable();

    [GeneratedRegex("(?:公司|集团|医院|卫生院|保健院|学校|中学|小学|幼儿园|大学|学院|银行|供电局|供电所|自来水厂|电网|热力|燃气|公交)(?:\\([^()]*\\))?$")]
    private static partial Regex Enterprise();
}
