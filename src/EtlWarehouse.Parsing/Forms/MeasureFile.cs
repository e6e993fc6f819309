using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>Reads <c>measures.yml</c>: what the prose of reports states beside the tables, for all forms at once.</summary>
internal sealed partial class MeasureFile
{
    private const string Digits = "(?<![0-9.第])(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+(?:\\.[0-9]+)?)";
    // 数十 and 上千 are no numbers, though 总数十二件 holds one.
    private const string Numerals = "(?<![几上第]|(?<![总件])数)[零〇一二两三四五六七八九十百千]+(?:万[零〇一二两三四五六七八九十百千]*)?";

    // Atomic: 共计 is also 共 and 计, and a sentence of forty of them could be taken apart in more ways than anyone can try.
    private const string Number =
        "(?>(?:共计|总共|总计|合计|累计|分别|达到|共|计|达|为|是|了|:|有)*)(?<before>约|近|逾|超过|超|大约|将近|接近|不足|不到|至少|多达)?"
        + $"(?<n>{Digits}|{Numerals})(?:[-~—–至到](?<to>[0-9]+|{Numerals}))?(?<more>余|多|来)?(?<times>万|千(?!万)|百)?(?<more2>余|多)?";

    // What is written in braces beside the words of the file.
    private static readonly Dictionary<string, string> Numbers = new()
    {
        ["count"] = Number + "(?<unit>件次|件|项|份|宗|起|个|例|笔|条)(?![事])(?<after>以上|以内|左右)?",
        ["items"] = Number + "(?<unit>条次|条|篇|期|则|件|份|个|项)(?<after>以上|以内|左右)?",
        ["times"] = Number + "(?<unit>场次|场|次)(?<after>以上|以内|左右)?",
        ["money"] = Number + "(?<unit>万元|元)(?<after>以上|以内|左右)?",
    };

    private readonly List<(FormMeasure Measure, List<List<string>> Cells)> measures;

    private MeasureFile(List<(FormMeasure, List<List<string>>)> measures) => this.measures = measures;

    /// <exception cref="FormatException">The file says something else than expected; the message begins with the file.</exception>
    public static MeasureFile Load(string path)
    {
        var yaml = ReferenceFiles.ReadYaml<MeasuresYaml>(path);
        var words = new Dictionary<string, string>(Numbers);
        foreach (var (name, expression) in yaml.Words)
            words[name] = Fill(path, expression, words);

        var read = new List<(FormMeasure, List<List<string>>)>();
        foreach (var measure in yaml.Measures)
        {
            if (measure.Keys.Count == 0)
                throw new FormatException($"{path}: measure {measure.Code}: expected keys, found none");
            var patterns = measure.Patterns.ConvertAll(pattern => Fill(path, pattern, words));
            if (patterns.Find(pattern => !pattern.Contains("(?<n>", StringComparison.Ordinal)) is { } without)
                throw new FormatException($"{path}: measure {measure.Code}: expected a number in each pattern, found '{without}'");
            read.Add((new FormMeasure(
                measure.Code, measure.Label, measure.Sections, [], patterns,
                measure.None.ConvertAll(pattern => Fill(path, pattern, words)),
                measure.Keys,
                measure.About is null ? null : Fill(path, measure.About, words),
                measure.Unless is null ? null : Fill(path, measure.Unless, words),
                measure.Whole, measure.Loose), measure.Cells));
        }

        return new MeasureFile(read);
    }

    /// <summary>The measures with their cells in one form; a measure the form does not ask for has none.</summary>
    public IReadOnlyList<FormMeasure> For(IReadOnlySet<string> cells) =>
        [.. measures.Select(entry => entry.Measure with { Cells = entry.Cells.Find(codes => codes.TrueForAll(cells.Contains)) ?? [] })];

    private static string Fill(string path, string pattern, Dictionary<string, string> words) =>
        Word().Replace(pattern, match => words.TryGetValue(match.Groups["w"].Value, out var expression)
            ? $"(?:{expression})"
            : throw new FormatException($"{path}: expected a word of the file, found '{match.Value}'"));

    [GeneratedRegex(@"\{(?<w>[a-z]+)\}")]
    private static partial Regex Word();

    private sealed class MeasuresYaml
    {
        public Dictionary<string, string> Words { get; set; } = [];

        public List<MeasureYaml> Measures { get; set; } = [];
    }

    private sealed class MeasureYaml
    {
        public string Code { get; set; } = "";

        public string Label { get; set; } = "";

        public List<string> Sections { get; set; } = [];

        public List<List<string>> Cells { get; set; } = [];

        public List<string> Keys { get; set; } = [];

        public string? About { get; set; }

        public string? Unless { get; set; }

        public bool Whole { get; set; }

        public bool Loose { get; set; }

        public List<string> Patterns { get; set; } = [];

        public List<string> None { get; set; } = [];
    }
}
