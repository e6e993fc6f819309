using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.App.Pipelines;

/// <summary>The keys of a pipeline that say how gently, when and how often its hosts are asked.</summary>
internal static partial class MannersFields
{
    public static CrawlPipeline Read(YamlFields yaml, CrawlPipeline pipeline) => pipeline with
    {
        Politeness = Politeness(yaml.Below("politeness")),
        Window = Window(yaml.Below("window")),
        Revisit = yaml.Parsed("revisit", PipelineRules.Revisit, text => text switch
        {
            "law" => Revisit.Law,
            "always" => Revisit.Always,
            _ => (Revisit?)null,
        }) ?? Revisit.Law,
        TlsUnverified = yaml.Items("tls_unverified", PipelineRules.Host, text => Uri.CheckHostName(text) == UriHostNameType.Unknown ? null : text),
    };

    private static Politeness Politeness(YamlFields? yaml)
    {
        var polite = Crawling.Pipelines.Politeness.Default;
        if (yaml is null)
            return polite;

        yaml.Allow(PipelineKeys.Politeness);
        var perHost = Number(yaml, "per_host", PipelineRules.PerHost, 8) ?? polite.PerHost;
        return new Politeness(yaml.Parsed("delay", PipelineRules.Delay, Duration) ?? polite.Delay, perHost)
        {
            PerSecond = Number(yaml, "per_second", PipelineRules.Rate, 1000) ?? polite.PerSecond,
            AtOnce = Number(yaml, "at_once", PipelineRules.Rate, 1000) ?? polite.AtOnce,
        };
    }

    private static int? Number(YamlFields yaml, string key, Wanted wanted, int most)
    {
        var number = yaml.OptionalNumber(key);
        if (number is null || (number >= 1 && number <= most))
            return number;
        yaml.Complain(key, wanted, $"'{number}'");
        return null;
    }

    private static CrawlWindow? Window(YamlFields? yaml)
    {
        if (yaml is null)
            return null;

        yaml.Allow(PipelineKeys.Window);
        var (from, to) = (Hour(yaml, "from"), Hour(yaml, "to"));
        if (from is not null && from == to)
            yaml.Complain("to", PipelineRules.OtherHour, "the same");
        return from is { } begin && to is { } end && begin != end ? new CrawlWindow(begin, end) : null;
    }

    private static TimeOnly? Hour(YamlFields yaml, string key)
    {
        if (!yaml.Has(key))
            yaml.Missing(key, PipelineRules.Hour);
        return yaml.Parsed(key, PipelineRules.Hour, ReadHour);
    }

    private static TimeOnly? ReadHour(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour) ? hour : null;

    private static TimeSpan? Duration(string text)
    {
        var match = DurationForm().Match(text);
        if (!match.Success || !double.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        return match.Groups[2].Value == "ms" ? TimeSpan.FromMilliseconds(number) : TimeSpan.FromSeconds(number);
    }

    [GeneratedRegex(@"^([0-9]{1,6}(?:\.[0-9]{1,3})?)(ms|s)$")]
    private static partial Regex DurationForm();
}
