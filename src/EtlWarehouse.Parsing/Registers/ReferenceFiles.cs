using System.Globalization;
using EtlWarehouse.Parsing.Forms;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EtlWarehouse.Parsing.Registers;

/// <summary>Reads the files of <see cref="ReferenceData"/>.</summary>
internal static class ReferenceFiles
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .Build();

    public static ReferenceData Load(string folder)
    {
        var measures = MeasureFile.Load(Path.Combine(folder, "forms", "measures.yml"));
        var forms = Directory.GetFiles(Path.Combine(folder, "forms"), "form-*.yml")
            .Order(StringComparer.Ordinal)
            .Select(path => FormFile.Load(path, measures))
            .ToList();
        var registers = Path.Combine(folder, "registers");
        var reference = new ReferenceData(
            forms,
            LoadDivisions(Path.Combine(registers, "divisions.csv")),
            LoadKinds(Path.Combine(registers, "agency-kinds.yml")),
            LoadConcepts(Path.Combine(registers, "concepts.yml"), forms))
        {
            AgencyLinks = AgencyLinkFile.Load(Path.Combine(registers, "agency-links.yml")),
            Placements = PlacementFile.Load(PlacementFile.In(folder)),
        };
        return reference with { ExpectedAgencies = ExpectedAgencies.Load(folder, reference) };
    }

    /// <summary>Deserializes one YAML file; what it cannot place is an error that names file and line.</summary>
    public static T ReadYaml<T>(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            return Yaml.Deserialize<T>(reader) ?? throw new FormatException($"{path}: expected a YAML mapping, found nothing");
        }
        catch (YamlException exception)
        {
            var cause = exception.InnerException ?? exception;
            throw new FormatException($"{path} line {exception.Start.Line}: {cause.Message}", exception);
        }
    }

    private static List<Division> LoadDivisions(string path)
    {
        var divisions = new List<Division>();
        var number = 1;
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            number++;
            var fields = line.Split(',');
            if (fields.Length != 9)
                throw new FormatException($"{path} line {number}: expected 9 fields, found {fields.Length}");

            // "120113@2020" names the year in which a part went; the others took over when the division ended.
            var successors = fields[8].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToLookup(code => code.Contains('@', StringComparison.Ordinal));
            divisions.Add(new Division(
                fields[0], fields[1], fields[2], fields[3], Text(fields[4]), Text(fields[5]),
                int.Parse(fields[6], CultureInfo.InvariantCulture),
                fields[7].Length == 0 ? null : int.Parse(fields[7], CultureInfo.InvariantCulture),
                [.. successors[false]])
            {
                Cessions = [.. successors[true].Select(code => code.Split('@')).Select(parts => new DivisionCession(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture)))],
            });
        }

        return divisions;
    }

    private static string? Text(string field) => field.Length == 0 ? null : field;

    private static List<AgencyKind> LoadKinds(string path) =>
    [
        .. ReadYaml<KindsYaml>(path).Kinds.Select(kind =>
            new AgencyKind(kind.Code, kind.Label, [.. kind.Names, .. kind.Former, .. kind.FormerInPart], kind.Vertical)
            {
                FormerNames = kind.Former,
                PartlyFormerNames = kind.FormerInPart,
            }),
    ];

    private static List<Concept> LoadConcepts(string path, List<FormDefinition> forms)
    {
        var concepts = new List<Concept>();
        foreach (var yaml in ReadYaml<ConceptsYaml>(path).Concepts)
        {
            foreach (var form in forms)
            {
                if (!yaml.Forms.TryGetValue(form.Code, out var cells))
                    continue;
                var unknown = cells.Cells.FirstOrDefault(code => form.Cells.All(cell => cell.Code != code));
                if (unknown is not null)
                    throw new FormatException($"{path}: concept {yaml.Code}: expected a cell of form {form.Code}, found '{unknown}'");
            }

            concepts.Add(new Concept(
                yaml.Code, yaml.Label, yaml.Unit,
                yaml.Forms.ToDictionary(pair => pair.Key, pair => new ConceptCells(pair.Value.Exact, pair.Value.Cells))));
        }

        return concepts;
    }

    private sealed class KindsYaml
    {
        public List<KindYaml> Kinds { get; set; } = [];
    }

    private sealed class KindYaml
    {
        public string Code { get; set; } = "";

        public string Label { get; set; } = "";

        public List<string> Names { get; set; } = [];

        public List<string> Former { get; set; } = [];

        public List<string> FormerInPart { get; set; } = [];

        public List<string> Levels { get; set; } = [];

        public bool Vertical { get; set; }
    }

    private sealed class ConceptsYaml
    {
        public List<ConceptYaml> Concepts { get; set; } = [];
    }

    private sealed class ConceptYaml
    {
        public string Code { get; set; } = "";

        public string Label { get; set; } = "";

        public string Unit { get; set; } = "";

        public bool ByApplicant { get; set; }

        public Dictionary<string, ConceptCellsYaml> Forms { get; set; } = [];
    }

    private sealed class ConceptCellsYaml
    {
        public bool Exact { get; set; } = true;

        public List<string> Cells { get; set; } = [];
    }
}
