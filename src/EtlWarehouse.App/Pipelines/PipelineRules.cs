using EtlWarehouse.Crawling.Discovery;

namespace EtlWarehouse.App.Pipelines;

/// <summary>What the values of a pipeline's file must be, in words.</summary>
internal static class PipelineRules
{
    public static readonly Wanted Yaml = new(
        "YAML", "YAML 格式", "close every quote and bracket, indent with blanks, and put a blank behind each colon",
        "检查引号和括号是否成对，用空格缩进，冒号后加一个空格");

    public static readonly Wanted OneMapping = new(
        "one mapping of keys and values", "一组“键: 值”", "begin with name:, contact: and sites:", "从 name:、contact:、sites: 写起");

    public static readonly Wanted Text = new(
        "a text", "文字", "write it behind the colon", "写在冒号之后");

    public static readonly Wanted Mapping = new(
        "a mapping", "键值映射", "write it as {key: value}, or indented in the next lines", "写成 {键: 值}，或在下一行缩进书写");

    public static readonly Wanted List = new(
        "a list", "列表", "write it in brackets, or each entry in a line that begins with a hyphen", "用方括号括起，或每项一行并以连字符开头");

    public static readonly Wanted MappingInList = new(
        "a mapping in each line of the list", "列表中每项为一组键值", "begin each entry with \"- code:\"", "每项以“- code:”开头");

    public static readonly Wanted WholeNumber = new(
        "a whole number", "整数", "write digits only", "只写数字");

    public static readonly Wanted TrueOrFalse = new(
        "true or false", "true 或 false", "write true or false, or leave the line out", "写 true 或 false，或删去此行");

    public static readonly Wanted Name = new(
        "lower-case letters, digits and hyphens", "小写字母、数字和连字符", "write e.g. luoyang-justice", "例如 luoyang-justice");

    public static readonly Wanted Contact = new(
        "an address or page in ASCII, without brackets", "不含括号的英文字符联系方式", "write a mail address or a page that a site's owner can reach", "写网站管理者能联系到的邮箱或网页");

    public static readonly Wanted LoopbackBeside = new(
        "allow_loopback: true beside it", "同时写明 allow_loopback: true", "serve is for our own sample sites; leave it out for real ones", "serve 仅用于自带的样例站点，真实站点请删去");

    public static readonly Wanted OneSite = new(
        "at least one site", "至少一个站点", "add \"- code: ...\" with its start: below sites:", "在 sites: 下添加“- code: …”及其 start:");

    public static readonly Wanted EachCodeOnce = new(
        "each code once", "各站点代码互不相同", "give one of the sites another code", "为其中一个站点另取代码");

    public static readonly Wanted TimeZone = new(
        "a time zone such as Asia/Shanghai", "时区名称，例如 Asia/Shanghai", "leave it out: Asia/Shanghai is meant then", "可删去此行，默认 Asia/Shanghai");

    public static readonly Wanted Schedule = new(
        "five fields of a cron expression such as 30 2 * * *", "五段 cron 表达式，例如 30 2 * * *",
        "write minute, hour, day, month and weekday, in quotes", "依次写分、时、日、月、星期，并加引号");

    public static readonly Wanted PerHost = new(
        "1 to 8", "1 至 8", "leave it out: 1 is meant then", "可删去此行，默认 1");

    public static readonly Wanted Rate = new(
        "1 to 1000", "1 至 1000", "leave it out: a common value is meant then", "可删去此行，采用默认值");

    public static readonly Wanted Hour = new(
        "an hour such as \"22:00\"", "钟点，例如 \"22:00\"", "write hours and minutes of the pipeline's time zone, in quotes", "按流水线时区写时和分，并加引号");

    public static readonly Wanted OtherHour = new(
        "another hour than from", "与 from 不同的钟点", "leave window out where hosts may be asked at any time", "若全天均可访问，请删去 window");

    public static readonly Wanted Revisit = OneOf(["law", "always"], " or ");

    public static readonly Wanted Host = new(
        "a host such as www.example.gov.cn", "主机名，例如 www.example.gov.cn", "write the host alone, without http:// and path", "只写主机名，不含 http:// 和路径");

    public static readonly Wanted Delay = new(
        "seconds or milliseconds such as 5s or 500ms", "秒或毫秒数，例如 5s 或 500ms", "leave it out: 5s is meant then", "可删去此行，默认 5s");

    public static readonly Wanted SixDigits = new(
        "six digits", "六位数字", "write the code of GB/T 2260 in quotes, such as \"410307\"", "写 GB/T 2260 行政区划代码并加引号，例如 \"410307\"");

    public static readonly Wanted KnownDivision = new(
        "a division of registers/divisions.csv or of divisions: in this file", "registers/divisions.csv 或本文件 divisions: 中的区划",
        "look the code up in pipelines/registers/divisions.csv; a zone without code is declared under divisions:", "在 pipelines/registers/divisions.csv 中查找代码；无代码的开发区在 divisions: 下自行登记");

    public static readonly Wanted DivisionInForce = new(
        "a division that is in force", "现行有效的区划", "take the code of its successor", "改用其后继区划的代码");

    public static readonly Wanted Year = new("a year", "年份", "write four digits", "写四位数字");

    public static readonly Wanted Start = new(
        "an address that begins with http:// or https://, without credentials", "以 http:// 或 https:// 开头、不含用户名和密码的网址", "copy the address of the list of annual reports", "复制年报列表页的完整网址");

    public static readonly Wanted StartGiven = new(
        "at least one address", "至少一个网址", "write the address of the list of annual reports in brackets and quotes", "把年报列表页网址写在方括号和引号内");

    public static readonly Wanted Body = new(
        "a name without its place, such as 司法局", "不含地名的机关名称，例如 司法局", "leave place and blanks out", "去掉地名和空格");

    public static readonly Wanted DivisionBeside = new(
        "division beside them", "同时写明 division", "say of which division the agencies are", "写明这些机关所属的区划");

    public static readonly Wanted YearsBeside = new(
        "expect with years beside them", "同时写明 expect 的 years", "write e.g. expect: {years: [2021]}", "例如 expect: {years: [2021]}");

    public static readonly Wanted Years = new(
        "the first year, or the first and the last one, such as [2019] or [2019, 2024]", "起始年，或起止两年，例如 [2019] 或 [2019, 2024]",
        "write one or two years in brackets, the earlier one first", "方括号内写一个或两个年份，早的在前");

    public static readonly Wanted PlacedAgency = new(
        "a name that, with the site's division, belongs to one place", "与站点区划结合后能确定唯一地点的机关全称",
        "write the full name, such as 洛阳市偃师区司法局, and the division it stands in", "写全称，例如 洛阳市偃师区司法局，并写明其所在区划");

    public static readonly Wanted Level = OneOf(["province", "prefecture", "county"], " or ");

    public static readonly Wanted Family = OneOf(ListFamilies.All.Select(family => family.Code), " or ");

    /// <param name="between">Between the words in English.</param>
    public static Wanted OneOf(IEnumerable<string> words, string between = ", ")
    {
        var all = words.ToList();
        return new Wanted(
            $"{(between == ", " ? "one of " : "")}{string.Join(between, all)}", $"以下之一：{string.Join('、', all)}",
            "write one of these words, or leave the line out", "改为其中之一，或删去此行");
    }
}
