using System.Globalization;
using System.Text;
using System.Xml;
using EtlWarehouse.Parsing.Documents.Office;

namespace EtlWarehouse.Parsing.Documents.Ofd;

/// <summary>One XML file of the package, read forward once; elements are known by their local names.</summary>
internal sealed class OfdPart : IDisposable
{
    private const int DeepestNesting = 200;

    private readonly MemoryStream stream;
    private readonly XmlReader xml;

    private OfdPart(string path, byte[] content)
    {
        Path = path;
        stream = new MemoryStream(content, writable: false);
        xml = OfficeXml.Open(stream);
    }

    /// <summary>From the root of the package, e.g. <c>Doc_0/Document.xml</c>.</summary>
    public string Path { get; }

    /// <summary>Opens a part at its root element.</summary>
    /// <exception cref="DocumentRefusedException">There is no such part, or it is damaged.</exception>
    /// <exception cref="XmlException">It is no XML.</exception>
    public static OfdPart Open(ZipContainer container, string path)
    {
        var entry = container.Find(path) ?? throw Missing(path);
        var part = new OfdPart(entry.FullName, container.Read(entry));
        part.xml.MoveToContent();
        return part;
    }

    public static DocumentRefusedException Missing(string path) => new("document.damaged", $"expected the part '{path}' in the OFD package, found none");

    /// <summary>The path of a part that this one names, relative to its own folder or from the root.</summary>
    public string Resolve(string location)
    {
        location = location.Trim().Replace('\\', '/');
        var names = location.StartsWith('/') ? [] : Path.Split('/')[..^1].ToList();
        foreach (var name in location.Split('/'))
        {
            if (name == ".." && names.Count > 0)
                names.RemoveAt(names.Count - 1);
            else if (name is not ("" or "." or ".."))
                names.Add(name);
        }

        return string.Join('/', names);
    }

    /// <summary>The names of the current element's children, each while it is the current one; what is not asked for is passed over.</summary>
    public IEnumerable<string> Children()
    {
        if (xml.IsEmptyElement)
            yield break;
        var depth = xml.Depth;
        while (Read() && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.Depth == depth + 1)
                yield return xml.LocalName;
        }
    }

    public string Text()
    {
        if (xml.IsEmptyElement)
            return "";
        var text = new StringBuilder();
        var piece = new char[1024];
        var depth = xml.Depth;
        while (Read() && xml.Depth > depth)
        {
            if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace))
                continue;
            // Piece by piece: a text as a whole stands in the reader's memory several times.
            while (xml.ReadValueChunk(piece, 0, piece.Length) is > 0 and var read)
                text.Append(piece, 0, read);
        }

        return text.ToString();
    }

    public string? Attribute(string name) => xml.GetAttribute(name);

    /// <exception cref="DocumentRefusedException">The attribute is absent.</exception>
    public string Required(string name) => Attribute(name) ?? throw Damaged($"attribute {name}", $"none at <{xml.LocalName}>");

    public float Number(string name, float absent) => Attribute(name) is { } text ? Number(text.AsSpan().Trim()) : absent;

    /// <summary>The numbers of an attribute; null where it is absent.</summary>
    /// <exception cref="DocumentRefusedException">There are not as many as expected.</exception>
    public float[]? Numbers(string name, int count) => Attribute(name) is { } text ? Parse(text, count) : null;

    public float[] Parse(string text, int count)
    {
        var words = text.Split((char[]?)null, count + 1, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == count ? [.. words.Select(word => Number(word))] : throw Damaged($"{count} numbers", $"'{Cut(text)}'");
    }

    public float Number(ReadOnlySpan<char> text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number)
            ? number
            : throw Damaged("a number", $"'{Cut(text)}'");

    public DocumentRefusedException Damaged(string expected, string found) => new("document.damaged", $"{Path}: expected {expected}, found {found}");

    public void Dispose()
    {
        xml.Dispose();
        stream.Dispose();
    }

    private static string Cut(ReadOnlySpan<char> text) => text[..Math.Min(40, text.Length)].ToString();

    private bool Read()
    {
        if (xml.Depth > DeepestNesting)
            throw new DocumentRefusedException("document.too_deep", $"{Path}: expected at most {DeepestNesting} elements within each other, found more");
        return xml.Read();
    }
}
