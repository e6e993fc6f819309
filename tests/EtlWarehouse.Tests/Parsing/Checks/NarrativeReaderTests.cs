using System.Globalization;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Checks.Narrative;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Tests.Parsing.Checks;

/// <summary>
/// Sentences against a report with 12 new requests (9 of natural persons, 3 of organizations), 2 carried over, 13
/// handled (8 granted, 2 partly, 1 denied, 2 not held), 1 carried forward, 3 reviews, 3 lawsuits, 4 documents issued.
/// Expected: each measure with its value and yes (agrees), no (contradicts) or open (cannot be compared).
/// </summary>
public sealed class NarrativeReaderTests
{
    private static readonly FormDefinition Form = ReferenceReports.Reference.Forms.Single(form => form.Code == "2021");

    private static readonly Dictionary<string, decimal> Values = new()
    {
        ["requests.new/total"] = 12,
        ["requests.new/natural_person"] = 9,
        ["requests.new/business_enterprise"] = 2,
        ["requests.new/legal_service_organization"] = 1,
        ["requests.carried_over/total"] = 2,
        ["requests.carried_forward/total"] = 1,
        ["requests.result.total/total"] = 13,
        ["requests.result.granted/total"] = 8,
        ["requests.result.partly_granted/total"] = 2,
        ["requests.result.denied.internal_affairs/total"] = 1,
        ["requests.result.unavailable.not_held/total"] = 2,
        ["review/upheld"] = 1,
        ["review/corrected"] = 1,
        ["review/pending"] = 1,
        ["review/total"] = 3,
        ["litigation.direct/upheld"] = 1,
        ["litigation.direct/pending"] = 1,
        ["litigation.direct/total"] = 2,
        ["litigation.after_review/other"] = 1,
        ["litigation.after_review/total"] = 1,
        ["disclosure.normative_documents/issued"] = 4,
        ["disclosure.normative_documents/repealed"] = 1,
        ["disclosure.normative_documents/in_force"] = 20,
        ["disclosure.penalties/decisions"] = 31,
    };

    // ---- how many requests came in
    [TestCase("2023年，我局共收到政府信息公开申请12件。", "requests.new 12 yes")]
    [TestCase("本年度受理政府信息公开申请１２件。", "requests.new 12 yes")]                  // full-width digits
    [TestCase("全年新收政府信息公开申请十二件。", "requests.new 12 yes")]
    [TestCase("共收到公民、法人和其他组织提出的政府信息公开申请14件。", "requests.new 14 no")]
    [TestCase("2023年度区司法局受理依申请公开办理事项12项。", "requests.new 12 yes")]
    [TestCase("全年收到12件政府信息公开申请。", "requests.new 12 yes")]
    [TestCase("政府信息公开申请数量为12件。", "requests.new 12 yes")]
    [TestCase("全年共收到依申请公开12 件次。", "requests.new 12 yes")]
    [TestCase("收到政府信息公开申请10余件。", "requests.new 10 open")]                       // 12 is possible
    [TestCase("收到政府信息公开申请20余件。", "requests.new 20 no")]                         // 12 is not
    [TestCase("收到政府信息公开申请近20件。", "requests.new 20 open")]
    [TestCase("收到政府信息公开申请近10件。", "requests.new 10 no")]
    [TestCase("收到政府信息公开申请约30件。", "requests.new 30 open")]
    [TestCase("收到政府信息公开申请10-12件。", "requests.new 10 open")]
    [TestCase("收到政府信息公开申请3至5件。", "requests.new 3 no")]
    [TestCase("收到政府信息公开申请二十余件。", "requests.new 20 no")]
    [TestCase("收到政府信息公开申请1,212件。", "requests.new 1212 no")]
    [TestCase("收到政府信息公开申请0件。", "requests.new 0 no")]
    [TestCase("2023年，我局未收到政府信息公开申请。", "requests.new 0 no")]
    [TestCase("一年来，我局未收到群众依申请公开事项。", "requests.new 0 no")]
    [TestCase("我局暂未收到依申请公开信息。", "requests.new 0 no")]
    [TestCase("全年没有收到公民、法人或者其他组织的政府信息公开申请。", "requests.new 0 no")]
    [TestCase("本年度无政府信息公开申请。", "requests.new 0 no")]
    [TestCase("（二）依申请公开\n全年收到申请12件。", "requests.new 12 yes")]               // the heading says of what

    // ---- requests that are not these
    [TestCase("去年收到政府信息公开申请20件。", "")]
    [TestCase("2022年共收到政府信息公开申请20件。", "")]
    [TestCase("收到政府信息公开申请同比增加5件。", "")]
    [TestCase("上半年收到政府信息公开申请7件。", "")]
    [TestCase("截至目前，共收到政府信息公开申请7件。", "")]
    [TestCase("2023年，全县共收到政府信息公开申请120件。", "")]                            // the county's, not the bureau's
    [TestCase("全县共收到政府信息公开申请120件，我局收到政府信息公开申请12件。", "requests.new 12 yes")]
    [TestCase("县政府办公室收到政府信息公开申请5件。", "requests.new 5 open")]
    [TestCase("其中，通过网络收到政府信息公开申请5件。", "requests.new 5 open")]
    [TestCase("受理行政复议申请20件。", "")]                                              // its daily work
    [TestCase("受理法律援助申请560件。", "")]
    [TestCase("全年收到网上申请5件。", "")]
    [TestCase("受理公证申请310件，办结305件。", "requests.handled 305 open")]              // of what, the clause does not say
    [TestCase("收到群众来信、留言35条，均已答复。", "")]
    [TestCase("未收到其他申请。", "")]
    [TestCase("收到投诉举报申请15件。", "")]
    [TestCase("根据第50条和国办函〔2021〕30号办理。", "")]
    [TestCase("高效办成一件事，推动申请材料精简。", "")]

    // ---- who asked
    [TestCase("收到申请12件，其中自然人申请9件，法人或其他组织申请3件。",
        "requests.new 12 yes; requests.natural_person 9 yes; requests.organizations 3 yes; sum.parts 12 yes")]
    [TestCase("收到政府信息公开申请12件，其中自然人8件，法人4件。",
        "requests.new 12 yes; requests.natural_person 8 no; requests.organizations 4 no; sum.parts 12 yes")]

    // ---- carried over and forward
    [TestCase("收到政府信息公开申请12件，上年结转2件。", "requests.new 12 yes; requests.carried_over 2 yes")]
    [TestCase("另有上一年度结转政府信息公开申请3件。", "requests.carried_over 3 no")]
    [TestCase("2022年度结转政府信息公开申请2件。", "requests.carried_over 2 yes")]
    [TestCase("结转下年度继续办理政府信息公开申请1件。", "requests.carried_forward 1 yes")]
    [TestCase("另有1件申请顺延到下年度答复。", "requests.carried_forward 1 yes")]
    [TestCase("1件政府信息公开申请结转至2024年办理。", "requests.carried_forward 1 yes")]
    [TestCase("无上年结转申请，结转至2024年度继续办理的申请2件。", "requests.carried_over 0 no; requests.carried_forward 2 no")]

    // ---- how they were handled
    [TestCase("共答复政府信息公开申请13件。", "requests.handled 13 yes")]
    [TestCase("收到政府信息公开申请12件，办结11件。", "requests.new 12 yes; requests.handled 11 no")]
    [TestCase("收到政府信息公开申请12件，其中当面答复3件。", "requests.new 12 yes")]
    [TestCase("收到政府信息公开申请12件，其中答复3件。", "requests.new 12 yes; requests.handled 3 open")]
    [TestCase("答复咨询留言25件。", "")]
    [TestCase("办结信访工单430件。", "")]
    [TestCase("申请办理结果为：予以公开8件，部分公开2件，不予公开1件，无法提供2件，不予处理0件。",
        "requests.granted 8 yes; requests.partly_granted 2 yes; requests.denied 1 yes; requests.unavailable 2 yes; requests.not_processed 0 yes")]
    [TestCase("依申请公开答复中同意公开7件。", "requests.granted 7 no")]
    [TestCase("申请中不予公开、无法提供3件。", "requests.unavailable 3 open")]               // both together
    [TestCase("答复申请人本机关不掌握相关政府信息2件。", "requests.not_held 2 yes")]
    [TestCase("申请其他处理1件。", "requests.other 1 no")]

    // ---- reviews and lawsuits
    [TestCase("因政府信息公开工作引起的行政复议3件、行政诉讼3件。", "review.total 3 yes; litigation.total 3 yes")]
    [TestCase("政府信息公开行政复议4件，其中结果维持1件，结果纠正1件，其他结果1件，尚未审结1件。",
        "review.total 4 no; review.upheld 1 yes; review.corrected 1 yes; review.other 1 no; review.pending 1 yes; sum.parts 4 yes")]
    [TestCase("政府信息公开行政诉讼3件，其中结果维持1件，其他结果1件，尚未审结1件。",
        "litigation.total 3 yes; litigation.upheld 1 yes; litigation.other 1 yes; litigation.pending 1 yes; sum.parts 3 yes")]
    [TestCase("政府信息公开行政诉讼中，未经复议直接起诉2件，复议后起诉1件。", "litigation.direct 2 yes; litigation.after_review 1 yes")]
    [TestCase("全年无政府信息公开行政复议和行政诉讼案件。", "review.total 0 no; litigation.total 0 no")]
    [TestCase("未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。", "review.total 0 no; litigation.total 0 no")]
    [TestCase("全年审结行政复议案件104件。", "")]                                          // a justice bureau's own work
    [TestCase("全年行政诉讼12件。", "litigation.total 12 open")]                          // about what, nothing says
    [TestCase("政府信息公开工作中无行政复议被撤销的情况。", "")]
    [TestCase("加强行政复议工作，提升政府信息公开水平。", "")]

    // ---- documents and decisions
    [TestCase("全年制发行政规范性文件4件。", "documents.issued 4 yes")]
    [TestCase("本部门年度内未制发新的行政规范性文件。", "documents.issued 0 no")]
    [TestCase("出台规范性文件5件，废止规范性文件1件，现行有效规范性文件20件。",
        "documents.issued 5 no; documents.repealed 1 yes; documents.in_force 20 yes")]
    [TestCase("审查各部门印发规范性文件32件。", "")]
    [TestCase("清理规范性文件120件。", "")]
    [TestCase("公开规范性文件14件。", "")]
    [TestCase("作出行政处罚决定30件。", "penalties 30 open")]                               // counted otherwise, proves nothing
    [TestCase("作出行政处罚决定31件。", "penalties 31 yes")]

    // ---- what was published
    [TestCase("主动公开政府信息3585条，其中网站750条，微信1974条，微博861条。",
        "published.total 3585 open; published.website 750 open; published.wechat 1974 open; published.weibo 861 open; sum.parts 3585 yes")]
    [TestCase("主动公开政府信息3585条，其中网站750条，微信1774条，微博861条。",
        "published.total 3585 open; published.website 750 open; published.wechat 1774 open; published.weibo 861 open; sum.parts 3585 no")]
    [TestCase("主动公开政府信息3585条，其中网站750条，微信174条。",
        "published.total 3585 open; published.website 750 open; published.wechat 174 open; sum.parts 3585 open")] // some of the parts
    [TestCase("通过门户网站公开信息1122条，访问量53.73万次。", "published.website 1122 open")]
    [TestCase("微信公众号推送信息340余条。", "published.wechat 340 open")]
    [TestCase("微信公众号关注人数2.3万，新开通公众号2个。", "")]
    [TestCase("召开新闻发布会3场，制作政策解读21个。", "published.press_conferences 3 open; published.interpretations 21 open")]

    // ---- fees; the form asks for other fees
    [TestCase("本年度未收取信息处理费。", "fees.information_processing 0 open")]
    [TestCase("全年收取政府信息公开信息处理费3940元。", "fees.information_processing 3940 open")]
    [TestCase("收取信息处理费0.2万元。", "fees.information_processing 2000 open")]
    [TestCase("信息处理费收取情况为零。", "fees.information_processing 0 open")]
    [TestCase("争取财政资金120万元。", "")]
    public void Read_Sentence_GivesItsNumbers(string sentence, string expected) =>
        Assert.That(Shown(Read("青禾县司法局", "司法局", "justice", sentence)), Is.EqualTo(expected));

    [TestCase("2023年，全县共受理政府信息公开申请12件。", "requests.new 12 yes")]             // a government speaks for all
    [TestCase("2023年，全县共受理政府信息公开申请13件。", "requests.new 13 no")]
    [TestCase("全县各级行政机关新收政府信息公开申请12件。", "requests.new 12 yes")]
    [TestCase("县政府办公室收到政府信息公开申请5件。", "requests.new 5 open")]
    [TestCase("各部门共收到政府信息公开申请5件。", "requests.new 5 open")]
    [TestCase("我县共收到政府信息公开申请13件。", "requests.new 13 no")]
    public void Read_SentenceOfAGovernment_SpeaksForAll(string sentence, string expected) =>
        Assert.That(Shown(Read("青禾县人民政府", "人民政府", "people_government", sentence)), Is.EqualTo(expected));

    [TestCaseSource(nameof(Sentences))]
    public void Read_SentenceAsAgenciesWrite_GivesItsNumbers(string sentence, string expected) =>
        Assert.That(
            Shown(sentence[0] == '!' ? Read("青禾县人民政府", "人民政府", "people_government", sentence[1..]) : Read("青禾县司法局", "司法局", "justice", sentence)),
            Is.EqualTo(expected));

    [Test]
    public void Sentences_AreMany() => Assert.That(Sentences().Count(), Is.GreaterThanOrEqualTo(150));

    [Test]
    public void Read_NumberThatDiffersBesideOneThatAgrees_ProvesNothing() =>
        Assert.That(
            Shown(Read("青禾县司法局", "司法局", "justice", "我局收到政府信息公开申请12件。\n我局收到政府信息公开申请5件。")),
            Is.EqualTo("requests.new 12 yes; requests.new 5 open"));

    [Test]
    public void Read_WrappedSentence_IsPlacedAndQuotedAsPrinted()
    {
        var section = new ReportSection("overview", "一、总体情况", "本年度共收\n到政府信息公开⼯作申请 14 件。", "line[3]") { LineLocators = ["line[4]", "line[5]"] };
        var reading = NarrativeReader.Read(Form, Identity("青禾县司法局", "司法局", "justice"), [section], Cells()).Single();
        Assert.That(
            (reading.Text, reading.Locator, reading.Table, reading.Agrees),
            Is.EqualTo(("收到政府信息公开⼯作申请14件", "line[4]", (decimal?)12m, (bool?)false)));
    }

    [Test]
    public void Read_CellWithoutValue_IsNotCompared()
    {
        var cells = Cells();
        cells["requests.new/total"] = cells["requests.new/total"] with { Value = null, State = CellState.Blank };
        var section = new ReportSection("overview", "一、总体情况", "收到政府信息公开申请12件。", "line[3]");
        var reading = NarrativeReader.Read(Form, Identity("青禾县司法局", "司法局", "justice"), [section], cells).Single();
        Assert.That((reading.Agrees, reading.Reason), Is.EqualTo(((bool?)null, "cell_without_value")));
    }

    // No clock ends a match, so each must end by itself, and always with the same reading: words of the patterns, repeated
    // up to the longest sentence that is looked at. Patterns that can take them apart in many ways do not come back.
    [TestCase("我局收到政府信息公开申请", "共计", "12件。", "requests.new 12 yes")]
    [TestCase("我局收到政府信息公开申请", "累计共计达到", "12件。", "requests.new 12 yes")]
    [TestCase("我局收到政府信息公开申请", "共计", "。", "")]
    [TestCase("我局收到政府信息公开申请", "总共计达到有", "多。", "")]
    [TestCase("我局收到政府信息公开申请", "一百", "。", "")]
    [TestCase("我局收到政府信息公开申请", "1", "。", "")]
    [TestCase("我局", "收到申请", "无。", "")]
    [TestCase("", "全年共有本年", "政府信息公开申请无件。", "")]
    [TestCase("信息处理费", "收取共计", "无元。", "")]
    [TestCase("公开", "政府政务信息公开", "无条。", "")]
    public void Read_WordsRepeatedToTheLimit_EndsAlwaysAlike(string before, string word, string after, string expected)
    {
        foreach (var length in (int[])[80, 2980])
        {
            var sentence = before + string.Concat(Enumerable.Repeat(word, length / word.Length)) + after;
            var first = Shown(Read("青禾县司法局", "司法局", "justice", sentence));
            Assert.That(Shown(Read("青禾县司法局", "司法局", "justice", sentence)), Is.EqualTo(first), sentence);
            Assert.That(first, Is.EqualTo(expected), sentence);
        }
    }

    [TestCase("十二", 12)]
    [TestCase("二十", 20)]
    [TestCase("一百零五", 105)]
    [TestCase("三千五百", 3500)]
    [TestCase("一万二千", 12000)]
    [TestCase("两", 2)]
    [TestCase("12,345", 12345)]
    [TestCase("一百五", null)]  // 150, as people say it
    [TestCase("二三", null)]    // two or three
    public void Parse_Numeral_GivesItsValue(string text, int? value) =>
        Assert.That(StatedNumber.Parse(text), Is.EqualTo((decimal?)value));

    private static IEnumerable<string[]> Sentences() =>
        File.ReadLines(Path.Combine(ReferenceReports.Root, "tests", "fixtures", "narrative", "sentences.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(" | ") is [var sentence, var expected] ? new[] { sentence, expected } : [line, ""]);

    private static IReadOnlyList<NarrativeReading> Read(string agency, string body, string kind, string prose) =>
        NarrativeReader.Read(Form, Identity(agency, body, kind), [new ReportSection("overview", "一、总体情况", prose, "line[3]")], Cells());

    private static Dictionary<string, CellReading> Cells() => Form.Cells.ToDictionary(
        cell => cell.Code,
        cell => new CellReading(cell.Code, Values.GetValueOrDefault(cell.Code), CellState.Reported));

    private static ReportIdentity Identity(string agency, string body, string kind) =>
        new("", agency, body, null, kind, 2023, "2021", null);

    private static string Shown(IEnumerable<NarrativeReading> readings) => string.Join("; ", readings.Select(reading =>
        string.Create(CultureInfo.InvariantCulture, $"{reading.Measure} {reading.Value} {(reading.Agrees switch { true => "yes", false => "no", null => "open" })}")));
}
