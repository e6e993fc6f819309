using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EtlWarehouse.App.Pipelines;

/// <summary>One mapping of a YAML file, read key by key; every complaint names file, line, key, expected and found.</summary>
internal sealed class YamlFields
{
    private readonly string _file;
    private readonly YamlMappingNode _mapping;

    private YamlFields(string file, YamlMappingNode mapping) => (_file, _mapping) = (file, mapping);

    /// <exception cref="FormatException">The file is no YAML, or not one mapping.</exception>
    public static YamlFields Load(string file)
    {
        using var reader = new StreamReader(file);
        var parser = new Parser(reader);
        try
        {
            var stream = new YamlStream();
            stream.Load(parser);
            return stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode mapping
                ? new YamlFields(file, mapping)
                : throw new FormatException($"{file} line 1: expected one mapping of keys and values, found something else");
        }
        // Some unclosed brackets end in the latter.
        catch (Exception exception) when (exception is YamlException or InvalidOperationException)
        {
            var line = exception is YamlException yaml ? yaml.Start.Line : parser.Current?.End.Line ?? 1;
            throw new FormatException($"{file} line {line}: expected YAML, found: {exception.Message}", exception);
        }
    }

    /// <summary>Refuses keys that nobody reads: most are a slip of the pen.</summary>
    public void Allow(params string[] keys)
    {
        foreach (var key in _mapping.Children.Keys)
        {
            if (!keys.Contains(Scalar(key)))
                throw Complaint(key, $"one of {string.Join(", ", keys)}", Found(key));
        }
    }

    public bool Has(string key) => _mapping.Children.ContainsKey(key);

    public string? OptionalText(string key) => Find(key) is { } node ? Scalar(node) ?? throw Complaint(node, $"{key}: a text", Found(node)) : null;

    public string Text(string key) => OptionalText(key) is { Length: > 0 } text ? text : throw Missing(key, "a text");

    public int? OptionalNumber(string key) => Find(key) is { } node ? Number(key, node) : null;

    public bool Flag(string key) => Find(key) is { } node && Scalar(node) switch
    {
        "true" => true,
        "false" => false,
        _ => throw Complaint(node, $"{key}: true or false", Found(node)),
    };

    /// <summary>A text that <paramref name="read"/> turns into a value, or null where it cannot.</summary>
    public T? Parsed<T>(string key, string expected, Func<string, T?> read)
        where T : struct =>
        Find(key) is { } node ? read(Scalar(node) ?? "") ?? throw Complaint(node, $"{key}: {expected}", Found(node)) : null;

    /// <summary>A mapping below; null where the key is absent.</summary>
    public YamlFields? Below(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode mapping => new YamlFields(_file, mapping),
        var node => throw Complaint(node, $"{key}: a mapping", Found(node)),
    };

    /// <summary>Mappings in a list below; none where the key is absent.</summary>
    public IReadOnlyList<YamlFields> List(string key) =>
    [
        .. Sequence(key).Select(node => node is YamlMappingNode mapping
            ? new YamlFields(_file, mapping)
            : throw Complaint(node, $"{key}: a mapping in each line of the list", Found(node))),
    ];

    /// <summary>Texts in a list below that <paramref name="read"/> turns into values, or null where it cannot.</summary>
    public IReadOnlyList<T> Items<T>(string key, string expected, Func<string, T?> read)
        where T : class =>
        [.. Sequence(key).Select(node => read(Scalar(node) ?? "") ?? throw Complaint(node, $"{key}: {expected}", Found(node)))];

    public IReadOnlyList<int> Numbers(string key) => [.. Sequence(key).Select(node => Number(key, node))];

    /// <summary>A complaint about the value of a key, or about the mapping where it has no such key.</summary>
    public FormatException Complaint(string key, string expected, string found) => Complaint(Find(key) ?? _mapping, $"{key}: {expected}", found);

    public FormatException Missing(string key, string expected) => Complaint(_mapping, $"{key}: {expected}", "nothing");

    private static string? Scalar(YamlNode node) => (node as YamlScalarNode)?.Value;

    private static string Found(YamlNode node) => node switch
    {
        YamlScalarNode scalar => $"'{scalar.Value}'",
        YamlSequenceNode => "a list",
        _ => "a mapping",
    };

    private YamlNode? Find(string key) => _mapping.Children.TryGetValue(key, out var node) ? node : null;

    private IEnumerable<YamlNode> Sequence(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode sequence => sequence.Children,
        var node => throw Complaint(node, $"{key}: a list", Found(node)),
    };

    private int Number(string key, YamlNode node) =>
        int.TryParse(Scalar(node), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Complaint(node, $"{key}: a whole number", Found(node));

    private FormatException Complaint(YamlNode node, string expected, string found) =>
        new($"{_file} line {node.Start.Line}: expected {expected}, found {found}");
}
