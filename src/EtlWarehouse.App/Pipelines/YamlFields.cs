using System.Globalization;
using EtlWarehouse.Parsing.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EtlWarehouse.App.Pipelines;

/// <summary>
/// One mapping of a YAML file, read key by key. What is wrong is noted with file, line, expected and found, and reading goes on, so that
/// one look at the file shows all of it; what was read then must not be used.
/// </summary>
internal sealed class YamlFields
{
    /// <summary>Words less alike than this are different words.</summary>
    private const double LeastAlike = 0.6;

    private readonly string _file;
    private readonly YamlMappingNode _mapping;
    private readonly List<PipelineProblem> _problems;

    private YamlFields(string file, YamlMappingNode mapping, List<PipelineProblem> problems) =>
        (_file, _mapping, _problems) = (file, mapping, problems);

    /// <summary>What was found wrong so far in the whole file, in the order of reading.</summary>
    public IReadOnlyList<PipelineProblem> Problems => _problems;

    /// <returns>Null and the problem where the file is no YAML, or not one mapping.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (YamlFields? Fields, PipelineProblem? Problem) Load(string file)
    {
        using var reader = new StreamReader(file);
        var parser = new Parser(reader);
        try
        {
            var stream = new YamlStream();
            stream.Load(parser);
            return stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode mapping
                ? (new YamlFields(file, mapping, []), null)
                : (null, new PipelineProblem(file, 1, null, PipelineRules.OneMapping, "something else"));
        }
        // Some unclosed brackets end in the latter.
        catch (Exception exception) when (exception is YamlException or InvalidOperationException)
        {
            var line = exception is YamlException yaml ? yaml.Start.Line : parser.Current?.End.Line ?? 1;
            return (null, new PipelineProblem(file, checked((int)line), null, PipelineRules.Yaml, $": {exception.Message}"));
        }
    }

    /// <summary>Complains about keys that nobody reads: most are a slip of the pen.</summary>
    public void Allow(IReadOnlyList<string> keys)
    {
        foreach (var key in _mapping.Children.Keys)
        {
            if (!keys.Contains(Scalar(key)))
                Complain(key, null, PipelineRules.OneOf(keys), Found(key), Meant(Scalar(key), keys));
        }
    }

    public bool Has(string key) => _mapping.Children.ContainsKey(key);

    public string? OptionalText(string key)
    {
        if (Find(key) is not { } node)
            return null;
        if (Scalar(node) is { } text)
            return text;
        Complain(node, key, PipelineRules.Text, Found(node));
        return null;
    }

    /// <returns>Empty, and noted, where there is none.</returns>
    public string Text(string key)
    {
        var text = OptionalText(key);
        if (string.IsNullOrEmpty(text) && Find(key) is null or YamlScalarNode)
            Missing(key, PipelineRules.Text);
        return text ?? "";
    }

    /// <summary>A text that one of the known words must be.</summary>
    public string? Word(string key, Wanted wanted, IReadOnlyCollection<string> known)
    {
        var word = OptionalText(key);
        if (word is not null && !known.Contains(word))
            Complain(Find(key)!, key, wanted, $"'{word}'", Meant(word, known));
        return word;
    }

    public int? OptionalNumber(string key) => Find(key) is { } node ? Number(key, node) : null;

    public bool Flag(string key)
    {
        if (Find(key) is { } node && Scalar(node) is not ("true" or "false"))
            Complain(node, key, PipelineRules.TrueOrFalse, Found(node));
        return Find(key) is YamlScalarNode { Value: "true" };
    }

    /// <summary>A text that <paramref name="read"/> turns into a value, or null where it cannot.</summary>
    public T? Parsed<T>(string key, Wanted wanted, Func<string, T?> read)
        where T : struct
    {
        if (Find(key) is not { } node)
            return null;
        var value = read(Scalar(node) ?? "");
        if (value is null)
            Complain(node, key, wanted, Found(node));
        return value;
    }

    /// <summary>A mapping below; null where the key is absent.</summary>
    public YamlFields? Below(string key)
    {
        var node = Find(key);
        if (node is YamlMappingNode mapping)
            return new YamlFields(_file, mapping, _problems);
        if (node is not null)
            Complain(node, key, PipelineRules.Mapping, Found(node));
        return null;
    }

    /// <summary>Mappings in a list below; none where the key is absent.</summary>
    public IReadOnlyList<YamlFields> List(string key)
    {
        var below = new List<YamlFields>();
        foreach (var node in Sequence(key))
        {
            if (node is YamlMappingNode mapping)
                below.Add(new YamlFields(_file, mapping, _problems));
            else
                Complain(node, key, PipelineRules.MappingInList, Found(node));
        }

        return below;
    }

    /// <summary>Texts in a list below that <paramref name="read"/> turns into values, or null where it cannot.</summary>
    public IReadOnlyList<T> Items<T>(string key, Wanted wanted, Func<string, T?> read)
        where T : class
    {
        var items = new List<T>();
        foreach (var node in Sequence(key))
        {
            if (read(Scalar(node) ?? "") is { } item)
                items.Add(item);
            else
                Complain(node, key, wanted, Found(node));
        }

        return items;
    }

    /// <returns>Null where the key is absent or one of the numbers is none.</returns>
    public IReadOnlyList<int>? Numbers(string key)
    {
        var numbers = Sequence(key).Select(node => Number(key, node)).ToList();
        return Has(key) && numbers.TrueForAll(number => number is not null) ? [.. numbers.OfType<int>()] : null;
    }

    /// <summary>Whether the key is absent or has a list without anything in it.</summary>
    public bool IsEmpty(string key) => Find(key) is null or YamlSequenceNode { Children.Count: 0 };

    /// <summary>Notes what is wrong with the value of a key, or with the mapping where it has no such key.</summary>
    public void Complain(string key, Wanted wanted, string found) => Complain(Find(key) ?? _mapping, key, wanted, found);

    public void Missing(string key, Wanted wanted) => Complain(_mapping, key, wanted, "nothing");

    private static string? Scalar(YamlNode node) => (node as YamlScalarNode)?.Value;

    private static string Found(YamlNode node) => node switch
    {
        YamlScalarNode scalar => $"'{scalar.Value}'",
        YamlSequenceNode => "a list",
        _ => "a mapping",
    };

    /// <summary>The known word that is most like the one written.</summary>
    private static string? Meant(string? written, IEnumerable<string> known) => written is null
        ? null
        : known.Select(word => (Word: word, Alike: TextDistance.Similarity(written, word)))
            .Where(candidate => candidate.Alike >= LeastAlike)
            .OrderByDescending(candidate => candidate.Alike)
            .FirstOrDefault().Word;

    private YamlNode? Find(string key) => _mapping.Children.TryGetValue(key, out var node) ? node : null;

    private IEnumerable<YamlNode> Sequence(string key)
    {
        var node = Find(key);
        if (node is YamlSequenceNode sequence)
            return sequence.Children;
        if (node is not null)
            Complain(node, key, PipelineRules.List, Found(node));
        return [];
    }

    private int? Number(string key, YamlNode node)
    {
        if (int.TryParse(Scalar(node), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        Complain(node, key, PipelineRules.WholeNumber, Found(node));
        return null;
    }

    private void Complain(YamlNode node, string? key, Wanted wanted, string found, string? meant = null) =>
        _problems.Add(new PipelineProblem(_file, checked((int)node.Start.Line), key, wanted, found, meant));
}
