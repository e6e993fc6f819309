using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Discovery;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.App.Pipelines;

/// <summary>Reads <c>pipelines/&lt;name&gt;.yml</c>.</summary>
public static partial class PipelineFile
{
    private static readonly string[] Levels = ["province", "prefecture", "county"];

    /// <exception cref="FormatException">The file says something else than expected; the message begins with file and line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CrawlPipeline Load(string file)
    {
        var yaml = YamlFields.Load(file);
        yaml.Allow("name", "title", "schedule", "time_zone", "contact", "politeness", "serve", "allow_loopback", "divisions", "sites");
        var name = yaml.Text("name");
        if (!Slug().IsMatch(name))
            throw yaml.Complaint("name", "lower-case letters, digits and hyphens", $"'{name}'");
        var contact = yaml.Text("contact");
        if (!contact.All(character => char.IsAscii(character) && !char.IsControl(character)) || contact.Contains('(') || contact.Contains(')'))
            throw yaml.Complaint("contact", "an address or page in ASCII, without brackets", $"'{contact}'");
        var allowsLoopback = yaml.Flag("allow_loopback");
        if (yaml.Has("serve") && !allowsLoopback)
            throw yaml.Complaint("serve", "allow_loopback: true beside it", "none");

        var sites = yaml.List("sites").Select(Site).ToList();
        if (sites.Count == 0)
            throw yaml.Missing("sites", "at least one site");
        if (sites.GroupBy(site => site.Code).FirstOrDefault(same => same.Count() > 1) is { } doubled)
            throw yaml.Complaint("sites", "each code once", $"'{doubled.Key}' twice");
        return new CrawlPipeline(
            name,
            yaml.OptionalText("title") ?? name,
            yaml.OptionalText("schedule"),
            TimeZone(yaml),
            contact,
            Politeness(yaml.Below("politeness")),
            allowsLoopback,
            yaml.OptionalText("serve"),
            [.. yaml.List("divisions").Select(Division)],
            sites);
    }

    private static string TimeZone(YamlFields yaml)
    {
        var zone = yaml.OptionalText("time_zone") ?? "Asia/Shanghai";
        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
            ? zone
            : throw yaml.Complaint("time_zone", "a time zone such as Asia/Shanghai", $"'{zone}'");
    }

    private static Politeness Politeness(YamlFields? yaml)
    {
        var polite = Crawling.Pipelines.Politeness.Default;
        if (yaml is null)
            return polite;

        yaml.Allow("delay", "per_host");
        var perHost = yaml.OptionalNumber("per_host") ?? polite.PerHost;
        if (perHost is < 1 or > 8)
            throw yaml.Complaint("per_host", "1 to 8", $"'{perHost}'");
        return new Politeness(yaml.Parsed("delay", "seconds or milliseconds such as 5s or 500ms", Duration) ?? polite.Delay, perHost);
    }

    private static Division Division(YamlFields yaml)
    {
        yaml.Allow("code", "name", "level", "province", "prefecture", "county", "from", "to", "successors");
        var level = yaml.Text("level");
        if (!Levels.Contains(level))
            throw yaml.Complaint("level", string.Join(" or ", Levels), $"'{level}'");
        return new Division(
            DivisionCode(yaml, "code") ?? throw yaml.Missing("code", "six digits"),
            yaml.Text("name"), level, yaml.Text("province"), yaml.OptionalText("prefecture"), yaml.OptionalText("county"),
            yaml.OptionalNumber("from") ?? throw yaml.Missing("from", "a year"),
            yaml.OptionalNumber("to"),
            yaml.Items("successors", "six digits", text => Code().IsMatch(text) ? text : null));
    }

    private static SiteDefinition Site(YamlFields yaml)
    {
        yaml.Allow("code", "title", "division", "agency", "kind", "family", "start", "expect", "agencies");
        var code = yaml.Text("code");
        if (!Slug().IsMatch(code))
            throw yaml.Complaint("code", "lower-case letters, digits and hyphens", $"'{code}'");
        var family = yaml.OptionalText("family");
        if (family is not null && ListFamilies.All.All(known => known.Code != family))
            throw yaml.Complaint("family", string.Join(" or ", ListFamilies.All.Select(known => known.Code)), $"'{family}'");
        // Who must publish is read with the registers, for all pipelines at once; here it is only held to its form.
        var agencies = yaml.Items("agencies", "a name without its place, such as 司法局", text => text.Length > 0 && !text.Any(char.IsWhiteSpace) ? text : null);
        if (agencies.Count > 0 && !yaml.Has("division"))
            throw yaml.Complaint("agencies", "division beside them", "none");
        if (agencies.Count > 0 && yaml.Below("expect")?.Has("years") != true)
            throw yaml.Complaint("agencies", "expect with years beside them", "none");
        var start = yaml.Items("start", "an address that begins with http:// or https://", Address);
        if (start.Count == 0)
            throw yaml.Missing("start", "at least one address");
        return new SiteDefinition(
            code, yaml.OptionalText("title") ?? code, DivisionCode(yaml, "division"),
            yaml.OptionalText("agency"), yaml.OptionalText("kind"), family, start, Expectation(yaml.Below("expect")));
    }

    private static SiteExpectation Expectation(YamlFields? yaml)
    {
        if (yaml is null)
            return SiteExpectation.None;

        yaml.Allow("reports", "years");
        var years = yaml.Has("years") ? yaml.Numbers("years") : [];
        if (yaml.Has("years") && (years.Count is < 1 or > 2 || years[0] > years[^1]))
            throw yaml.Complaint("years", "the first year, or the first and the last one, such as [2019] or [2019, 2024]", $"'{string.Join(", ", years)}'");
        return new SiteExpectation(
            yaml.OptionalNumber("reports"), years.Count > 0 ? years[0] : null, years.Count > 1 ? years[1] : null);
    }

    private static string? DivisionCode(YamlFields yaml, string key)
    {
        var code = yaml.OptionalText(key);
        return code is null || Code().IsMatch(code) ? code : throw yaml.Complaint(key, "six digits", $"'{code}'");
    }

    private static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : null;

    private static TimeSpan? Duration(string text)
    {
        var match = DurationForm().Match(text);
        if (!match.Success || !double.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        return match.Groups[2].Value == "ms" ? TimeSpan.FromMilliseconds(number) : TimeSpan.FromSeconds(number);
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Slug();

    [GeneratedRegex("^[0-9]{6}$")]
    private static partial Regex Code();

    [GeneratedRegex(@"^([0-9]{1,6}(?:\.[0-9]{1,3})?)(ms|s)$")]
    private static partial Regex DurationForm();
}
