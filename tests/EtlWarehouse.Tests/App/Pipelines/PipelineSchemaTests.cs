using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EtlWarehouse.App.Pipelines;
using EtlWarehouse.Crawling.Discovery;
using EtlWarehouse.Tests.Parsing;
using NJsonSchema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EtlWarehouse.Tests.App.Pipelines;

/// <summary>What editors are told by <c>pipelines/schema.json</c> is what the reader takes.</summary>
public sealed class PipelineSchemaTests
{
    private static readonly string Folder = Path.Combine(ReferenceReports.Root, "pipelines");

    private static readonly string SchemaText = File.ReadAllText(Path.Combine(Folder, "schema.json"));

    private static IEnumerable<string?> Shipped => Directory.GetFiles(Folder, "*.yml").Select(Path.GetFileName).Order();

    private static IEnumerable<TestCaseData> Mappings =>
    [
        new(null, PipelineKeys.Pipeline),
        new("politeness", PipelineKeys.Politeness),
        new("division", PipelineKeys.Division),
        new("site", PipelineKeys.Site),
        new("expect", PipelineKeys.Expect),
    ];

    [TestCaseSource(nameof(Mappings))]
    public void Schema_Mapping_HasTheReadersKeysAndNoOthers(string? definition, IReadOnlyList<string> keys)
    {
        using var schema = JsonDocument.Parse(SchemaText);
        var mapping = definition is null ? schema.RootElement : schema.RootElement.GetProperty("definitions").GetProperty(definition);
        Assert.Multiple(() =>
        {
            Assert.That(mapping.GetProperty("properties").EnumerateObject().Select(property => property.Name), Is.EquivalentTo(keys));
            Assert.That(mapping.GetProperty("additionalProperties").GetBoolean(), Is.False);
        });
    }

    [Test]
    public void Schema_Definitions_AreAllHeldToTheReader()
    {
        using var schema = JsonDocument.Parse(SchemaText);
        Assert.That(
            schema.RootElement.GetProperty("definitions").EnumerateObject().Select(definition => definition.Name),
            Is.EquivalentTo(Mappings.Select(mapping => mapping.Arguments[0]).OfType<string>()));
    }

    [Test]
    public void Schema_Families_AreThoseOfTheCrawler()
    {
        using var schema = JsonDocument.Parse(SchemaText);
        var families = schema.RootElement.GetProperty("definitions").GetProperty("site").GetProperty("properties").GetProperty("family").GetProperty("enum");
        Assert.That(families.EnumerateArray().Select(family => family.GetString()), Is.EquivalentTo(ListFamilies.All.Select(family => family.Code)));
    }

    [TestCaseSource(nameof(Shipped))]
    public async Task Schema_ShippedPipeline_IsValidAndNamesIt(string name)
    {
        var yaml = await File.ReadAllTextAsync(Path.Combine(Folder, name));
        Assert.That(yaml, Does.StartWith("# yaml-language-server: $schema=schema.json\n"));
        Assert.That(await FaultsAsync(yaml), Is.Empty);
    }

    // Each is refused by the reader too: PipelineFileTests and PipelineCheckTests have them.
    [TestCase("name: county", "name: County 1")]
    [TestCase("contact: a@example.org", "contact: 张三")]
    [TestCase("contact: a@example.org", "contact: a (at) example.org")]
    [TestCase("contact: a@example.org", "delay: 5s")]
    [TestCase("contact: a@example.org", "contact: a@example.org\nschedule: every night")]
    [TestCase("contact: a@example.org", "contact: a@example.org\npoliteness: {delay: 5s, per_host: 9}")]
    [TestCase("contact: a@example.org", "contact: a@example.org\npoliteness: {delay: \"5\"}")]
    [TestCase("code: a", "code: a, division: \"4103\"")]
    [TestCase("code: a", "code: a, divison: \"410300\"")]
    [TestCase("code: a", "code: a, family: trss")]
    [TestCase("code: a", "code: a, expect: {years: []}")]
    [TestCase("code: a", "code: a, agencies: [司 法 局]")]
    [TestCase("[\"https://a.test/\"]", "[\"www.a.test\"]")]
    [TestCase("[\"https://a.test/\"]", "[]")]
    public async Task Schema_MistakeTheReaderRefuses_IsRefused(string right, string wrong)
    {
        const string Sound = "name: county\ncontact: a@example.org\nsites: [{code: a, start: [\"https://a.test/\"]}]\n";
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Sound.Replace(right, wrong, StringComparison.Ordinal));
            Assert.That(PipelineFile.Read(file).Problems, Is.Not.Empty);
            Assert.That(await FaultsAsync(Sound), Is.Empty);
            Assert.That(await FaultsAsync(await File.ReadAllTextAsync(file)), Is.Not.Empty);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<List<string>> FaultsAsync(string yaml)
    {
        var schema = await JsonSchema.FromJsonAsync(SchemaText);
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. schema.Validate(Json(stream.Documents[0].RootNode)!.ToJsonString()).Select(fault => fault.ToString())];
    }

    /// <summary>As editors see it: quoted scalars are texts, plain ones may be numbers or truths.</summary>
    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Json(pair.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } truth => JsonValue.Create(truth.Value == "true"),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new FormatException($"expected a mapping, list or scalar, found {node.NodeType}"),
    };
}
