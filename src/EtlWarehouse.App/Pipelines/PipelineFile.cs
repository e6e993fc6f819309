using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Discovery;
using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.App.Pipelines;

/// <summary>Reads <c>pipelines/&lt;name&gt;.yml</c>, which <c>pipelines/schema.json</c> describes.</summary>
public static partial class PipelineFile
{
    private static readonly string[] Levels = ["province", "prefecture", "county"];

    /// <exception cref="FormatException">The file says something else than expected; the message begins with file and line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CrawlPipeline Load(string file)
    {
        var (pipeline, problems) = Read(file);
        if (pipeline is not null)
            return pipeline;
        var others = problems.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({problems.Count - 1} more: etl pipeline check {file})");
        throw new FormatException(problems[0].English + others);
    }

    /// <summary>Reads the file to its end, whatever is wrong with it.</summary>
    /// <param name="rules">What else is asked of each site, e.g. of the registers; it notes what is wrong.</param>
    /// <returns>The pipeline, or null and at least one problem, in the order of reading.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static (CrawlPipeline? Pipeline, IReadOnlyList<PipelineProblem> Problems) Read(
        string file, Action<YamlFields, SiteDefinition, IReadOnlyList<Division>>? rules = null)
    {
        var (yaml, problem) = YamlFields.Load(file);
        if (yaml is null)
            return (null, [problem!]);
        var pipeline = Pipeline(yaml, rules);
        return yaml.Problems.Count == 0 ? (pipeline, []) : (null, [.. yaml.Problems.Distinct()]);
    }

    private static CrawlPipeline Pipeline(YamlFields yaml, Action<YamlFields, SiteDefinition, IReadOnlyList<Division>>? rules)
    {
        yaml.Allow(PipelineKeys.Pipeline);
        var name = Slug(yaml, "name");
        var contact = yaml.Text("contact");
        if (!contact.All(character => char.IsAscii(character) && !char.IsControl(character)) || contact.Contains('(') || contact.Contains(')'))
            yaml.Complain("contact", PipelineRules.Contact, $"'{contact}'");
        var allowsLoopback = yaml.Flag("allow_loopback");
        if (yaml.Has("serve") && !allowsLoopback)
            yaml.Complain("serve", PipelineRules.LoopbackBeside, "none");
        var schedule = yaml.OptionalText("schedule");
        if (schedule is not null && !Cron().IsMatch(schedule))
            yaml.Complain("schedule", PipelineRules.Schedule, $"'{schedule}'");

        var divisions = yaml.List("divisions").Select(Division).ToList();
        var sites = new List<SiteDefinition>();
        foreach (var below in yaml.List("sites"))
        {
            var site = Site(below);
            rules?.Invoke(below, site, divisions);
            sites.Add(site);
        }

        if (sites.Count == 0 && yaml.IsEmpty("sites"))
            yaml.Missing("sites", PipelineRules.OneSite);
        foreach (var doubled in sites.GroupBy(site => site.Code).Where(same => same.Key.Length > 0 && same.Count() > 1))
            yaml.Complain("sites", PipelineRules.EachCodeOnce, $"'{doubled.Key}' {(doubled.Count() == 2 ? "twice" : $"{doubled.Count()} times")}");
        return MannersFields.Read(yaml, new CrawlPipeline(
            name,
            yaml.OptionalText("title") ?? name,
            schedule,
            TimeZone(yaml),
            contact,
            Politeness.Default,
            allowsLoopback,
            yaml.OptionalText("serve"),
            divisions,
            sites));
    }

    private static string TimeZone(YamlFields yaml)
    {
        var zone = yaml.OptionalText("time_zone") ?? "Asia/Shanghai";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            yaml.Complain("time_zone", PipelineRules.TimeZone, $"'{zone}'");
        return zone;
    }

    private static Division Division(YamlFields yaml)
    {
        yaml.Allow(PipelineKeys.Division);
        var code = DivisionCode(yaml, "code");
        if (!yaml.Has("code"))
            yaml.Missing("code", PipelineRules.SixDigits);
        if (!yaml.Has("level"))
            yaml.Missing("level", PipelineRules.Level);
        var from = yaml.OptionalNumber("from");
        if (!yaml.Has("from"))
            yaml.Missing("from", PipelineRules.Year);
        return new Division(
            code ?? "", yaml.Text("name"), yaml.Word("level", PipelineRules.Level, Levels) ?? "", yaml.Text("province"),
            yaml.OptionalText("prefecture"), yaml.OptionalText("county"), from ?? 0, yaml.OptionalNumber("to"),
            yaml.Items("successors", PipelineRules.SixDigits, text => Code().IsMatch(text) ? text : null));
    }

    private static SiteDefinition Site(YamlFields yaml)
    {
        yaml.Allow(PipelineKeys.Site);
        var code = Slug(yaml, "code");
        var family = yaml.Word("family", PipelineRules.Family, [.. ListFamilies.All.Select(known => known.Code)]);
        // Who must publish is read with the registers, for all pipelines at once; here it is only held to its form.
        var agencies = yaml.Items("agencies", PipelineRules.Body, text => text.Length > 0 && !text.Any(char.IsWhiteSpace) ? text : null);
        if (agencies.Count > 0 && !yaml.Has("division"))
            yaml.Complain("agencies", PipelineRules.DivisionBeside, "none");
        if (agencies.Count > 0 && yaml.Below("expect")?.Has("years") != true)
            yaml.Complain("agencies", PipelineRules.YearsBeside, "none");
        var start = yaml.Items("start", PipelineRules.Start, Address);
        if (start.Count == 0 && yaml.IsEmpty("start"))
            yaml.Missing("start", PipelineRules.StartGiven);
        return new SiteDefinition(
            code, yaml.OptionalText("title") ?? code, DivisionCode(yaml, "division"),
            yaml.OptionalText("agency"), yaml.OptionalText("kind"), family, start, Expectation(yaml.Below("expect")));
    }

    private static SiteExpectation Expectation(YamlFields? yaml)
    {
        if (yaml is null)
            return SiteExpectation.None;

        yaml.Allow(PipelineKeys.Expect);
        var years = yaml.Numbers("years") ?? [];
        if (yaml.IsEmpty("years") ? yaml.Has("years") : years.Count > 2 || (years.Count > 0 && years[0] > years[^1]))
            yaml.Complain("years", PipelineRules.Years, $"'{string.Join(", ", years)}'");
        return new SiteExpectation(
            yaml.OptionalNumber("reports"), years.Count > 0 ? years[0] : null, years.Count > 1 ? years[1] : null);
    }

    private static string Slug(YamlFields yaml, string key)
    {
        var slug = yaml.Text(key);
        if (slug.Length > 0 && !Slug().IsMatch(slug))
            yaml.Complain(key, PipelineRules.Name, $"'{slug}'");
        return slug;
    }

    private static string? DivisionCode(YamlFields yaml, string key)
    {
        var code = yaml.OptionalText(key);
        if (code is null || Code().IsMatch(code))
            return code;
        yaml.Complain(key, PipelineRules.SixDigits, $"'{code}'");
        return null;
    }

    private static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.UserInfo.Length == 0
            ? address
            : null;

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Slug();

    [GeneratedRegex("^[0-9]{6}$")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[0-9A-Z*/,\-]+(?: [0-9A-Z*/,\-?L#]+){4}$")]
    private static partial Regex Cron();
}
