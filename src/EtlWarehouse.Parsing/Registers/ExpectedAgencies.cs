using EtlWarehouse.Parsing.Identity;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EtlWarehouse.Parsing.Registers;

/// <summary>Reads of each pipeline which agencies its sites must publish; everything else of a pipeline is its own reader's.</summary>
internal static class ExpectedAgencies
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .IgnoreUnmatchedProperties()
        .Build();

    /// <param name="folder">The <c>pipelines</c> folder. A file of it that is no pipeline is left to whoever runs it.</param>
    /// <returns>Each agency once, over all years that any site expects of it.</returns>
    public static IReadOnlyList<ExpectedAgency> Load(string folder, ReferenceData reference)
    {
        var places = new AgencyPlaces(reference);
        return
        [
            .. Directory.GetFiles(folder, "*.yml")
                .SelectMany(Sites)
                .Where(site => site is { Division: not null, Agencies: not null, Expect.Years.Count: > 0 })
                .SelectMany(site => site.Agencies!.Select(body => (Code: site.Division!, Body: body, Years: site.Expect!.Years!)))
                .GroupBy(expected => (expected.Code, expected.Body))
                .OrderBy(same => same.Key.Code, StringComparer.Ordinal)
                .ThenBy(same => same.Key.Body, StringComparer.Ordinal)
                .Select(same => new ExpectedAgency(
                    same.Key.Code, same.Key.Body, places.Kind(same.Key.Body), same.Min(expected => expected.Years[0]),
                    same.All(expected => expected.Years.Count > 1) ? same.Max(expected => expected.Years[1]) : null)),
        ];
    }

    private static List<SiteYaml> Sites(string file)
    {
        try
        {
            using var reader = new StreamReader(file);
            return Yaml.Deserialize<PipelineYaml?>(reader)?.Sites ?? [];
        }
        catch (YamlException)
        {
            // Its own reader says what is wrong, and where, to the one who runs it; the other pipelines must not wait for that.
            return [];
        }
    }

    private sealed class PipelineYaml
    {
        public List<SiteYaml>? Sites { get; set; }
    }

    private sealed class SiteYaml
    {
        public string? Division { get; set; }

        public List<string>? Agencies { get; set; }

        public ExpectYaml? Expect { get; set; }
    }

    private sealed class ExpectYaml
    {
        public List<int>? Years { get; set; }
    }
}
