using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Parsing.Checks.Narrative;

/// <summary>How sure it is that a number is this agency's and this year's.</summary>
internal enum Certainty
{
    Certain,

    /// <summary>It may be a part, or another body's: equal numbers confirm, different ones prove nothing.</summary>
    Doubtful,

    /// <summary>It is another year's or another body's, or only planned.</summary>
    Foreign,
}

/// <summary>Tells whose number a sentence states, and of which year.</summary>
/// <param name="year">The reporting year.</param>
internal sealed partial class NumberScope(ReportIdentity identity, int year)
{
    private readonly bool speaksForAll = identity.AgencyKind is "people_government" or "township" or "subdistrict" or "development_zone";

    private readonly string? body = identity.AgencyBody is { Length: >= 3 } name ? name : null;

    /// <param name="start">Where the words of the measure begin.</param>
    /// <param name="number">Where the number stands.</param>
    public Certainty Judge(Sentence sentence, FormMeasure measure, int start, int length, int number)
    {
        var text = sentence.Text;
        var clause = sentence.Clause(start, length);
        if (measure.Unless is { } unless && NarrativeReader.Pattern(unless).IsMatch(clause))
            return Certainty.Foreign;
        if (IsOfAnotherYear(text, clause, start, number, text.Substring(start, length)))
            return Certainty.Foreign;

        if (Whose(text[..Math.Max(start, number)]) is var whose && whose == Certainty.Foreign)
            return whose;
        var isDoubtful = whose == Certainty.Doubtful
            || (measure.IsWhole && (Part().IsMatch(text[..start]) || Channel().IsMatch(clause)))
            || IsJoined(text, start)
            || text.AsSpan(start + length).StartsWith("(含")
            || text.AsSpan(start + length).StartsWith("(包括")
            || (measure.About is { } about && !NarrativeReader.Pattern(about).IsMatch(sentence.Topic + text));
        return isDoubtful ? Certainty.Doubtful : Certainty.Certain;
    }

    private bool IsOfAnotherYear(string text, string clause, int start, int number, string words)
    {
        if (OtherTime().IsMatch(clause.Replace("上年结转", "", StringComparison.Ordinal)))
            return true;
        var from = ThisYear().Matches(text[..Math.Max(start, number)]) is { Count: > 0 } own ? own[^1].Index : 0;
        if (Since().IsMatch(text[from..Math.Max(start, number)]))
            return true;
        // "2023年结转" and "结转2025年" name the year they come from or go to.
        if (words.Contains("结转", StringComparison.Ordinal) || words.Contains("顺延", StringComparison.Ordinal))
            return false;
        var named = Year().Matches(text[..Math.Max(start, number)]).LastOrDefault();
        return named is not null && int.Parse(named.Groups["y"].Value, CultureInfo.InvariantCulture) != year;
    }

    /// <summary>The last subject before the number counts: the one that ends last.</summary>
    private Certainty Whose(string before)
    {
        var own = Last(Own(), before);
        if (body is not null)
            own = Math.Max(own, before.LastIndexOf(body, StringComparison.Ordinal) is >= 0 and var at ? at + body.Length : -1);
        var all = Last(All(), before);
        if (speaksForAll)
        {
            var part = Last(PartOfGovernment(), before);
            return part > own && part >= all ? Certainty.Doubtful : Certainty.Certain;
        }

        if (all > own)
            return Certainty.Foreign;
        return Math.Max(Last(Others(), before), Last(PartOfGovernment(), before)) > own ? Certainty.Doubtful : Certainty.Certain;
    }

    /// <summary>"不予公开、无法提供3件": the number is that of both.</summary>
    private static bool IsJoined(string text, int start)
    {
        if (start < 2 || text[start - 1] is not ('、' or '和' or '及' or '与' or '或'))
            return false;
        return text[start - 2] is not ('件' or '项' or '份' or '宗' or '起' or '个' or '例' or '笔' or '条' or '次' or '篇' or '期');
    }

    /// <returns>Where the last of the words ends; -1 where none of them is in the text.</returns>
    private static int Last(Regex words, string text) => words.Matches(text) is { Count: > 0 } found ? found[^1].Index + found[^1].Length : -1;

    [GeneratedRegex("其中|包括|另有")]
    private static partial Regex Part();

    // A number by one way in; "通过各种渠道" and "线上线下" name all.
    [GeneratedRegex("(?:通过|以|经)(?:信函|邮寄|邮件|电子|网络|网上|互联网|当面|现场|传真|平台|窗口)|(?<!线下)线上(?!线下|和线下|、线下)|(?<!线上|线上和|线上、)线下|网上收到|当面收到|现场收到")]
    private static partial Regex Channel();

    [GeneratedRegex("(?<y>20[0-9]{2})年")]
    private static partial Regex Year();

    [GeneratedRegex("去年|前年|上年(?!度?结转)|上年度(?!结转)|上一年(?!度?结转)|往年|同期|同比|环比|较20|比20|增加|减少|增长|下降|上升|提高了|(?<![0-9])(?!1月1日|12月31日)[0-9]{1,2}月|每[年月周日天季]|(?:年|月|周|日|人|季)均|平均|单[日月周]|当[日天月]|一次性|同一|某|力争|预计|计划(?!生育)|不少于")]
    private static partial Regex OtherTime();

    [GeneratedRegex("20[0-9]{2}年|全年|本年|年度内|年内")]
    private static partial Regex ThisYear();

    [GeneratedRegex("截[至止]目前|以来|历年|近[三五]年|上半年|下半年|季度")]
    private static partial Regex Since();

    [GeneratedRegex("我局|本局|我委|本委|我厅|本厅|我办|本机关|本单位|我单位|本部门|我部门|全局|局机关|委机关|我院|我中心|本中心|我队|我站|我所")]
    private static partial Regex Own();

    [GeneratedRegex("全省|全市|全县|全区|全州|全旗|全镇|全乡|全系统|各级|我省|我市|我县|我区|我州|我旗|我镇|我乡|我街道|各部门|各单位|各镇|各乡|各街道|各县|各区")]
    private static partial Regex All();

    [GeneratedRegex("(?:省|市|县|区|州)(?:人民)?政府(?!信息|门户|网)|(?:省|市|县|区|州)(?:委|直)(?!员)|下属|所属|直属|[局委厅]属|辖区|上级|分局|系统|基层|各[^,。;:]{0,4}(?:所|站|科|股|队|庭)")]
    private static partial Regex Others();

    [GeneratedRegex("(?:政府办公?[室厅]?|本级|[市县区州]直|(?<!及其|政府及|和|各级各)部门|街道|乡镇|[局委厅])(?=(?:共|累计|全年|总共|合计|依法)*(?:收到|受理|新收|接收|答复|办结|主动公开|公开|印发|制发|制定))")]
    private static partial Regex PartOfGovernment();
}
