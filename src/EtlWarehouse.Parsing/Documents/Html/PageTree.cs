using System.Buffers;

namespace EtlWarehouse.Parsing.Documents.Html;

/// <summary>One element or text of a page.</summary>
/// <param name="Element">Null for a text.</param>
internal record struct PageNode(ElementName? Element, ReadOnlyMemory<char> Text, int RowSpan, int ColumnSpan)
{
    /// <summary>Index behind the last node inside this one.</summary>
    public int End { get; set; }
}

/// <summary>The body of a page as a list of nodes, each followed by what it holds; and what its head says.</summary>
internal sealed class PageTree
{
    /// <summary>Pages nested deeper are refused.</summary>
    public const int Deepest = 2000;

    private readonly Dictionary<string, ElementName>.AlternateLookup<ReadOnlySpan<char>> unknown =
        new Dictionary<string, ElementName>().GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly Dictionary<string, string> metadata = [];

    // Lent: a usual page has thousands of nodes, and arrays of that size are costly to make and to collect.
    private PageNode[] nodes = ArrayPool<PageNode>.Shared.Rent(4096);

    public int Count { get; private set; }

    /// <summary>What the first <c>title</c> says; null without one.</summary>
    public string? Title { get; private set; }

    /// <summary>Names in lower case; of several elements of one name the first.</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    public ref readonly PageNode this[int index] => ref nodes[index];

    /// <summary>The name in any case.</summary>
    public ElementName Name(ReadOnlySpan<char> name)
    {
        if (ElementName.Find(name) is { } known)
            return known;
        Span<char> lower = name.Length <= 64 ? stackalloc char[name.Length] : new char[name.Length];
        name.ToLowerInvariant(lower);
        if (!unknown.TryGetValue(lower, out var element))
            unknown[lower] = element = new ElementName(lower.ToString(), ElementTraits.None);
        return element;
    }

    /// <returns>The index to close it with.</returns>
    public int Open(ElementName element, int rowSpan = 1, int columnSpan = 1) =>
        Add(new PageNode(element, default, rowSpan, columnSpan));

    public void Close(int index) => nodes[index].End = Count;

    public void Add(ReadOnlyMemory<char> text) => Close(Add(new PageNode(null, text, 0, 0)));

    public void AddTitle(string title) => Title ??= title.Trim();

    public void AddMetadata(string? name, string? content)
    {
        if (!string.IsNullOrEmpty(name))
            metadata.TryAdd(name.ToLowerInvariant(), (content ?? "").Trim());
    }

    /// <summary>A span as an attribute states it; 1 where it states no number.</summary>
    public static int Span(ReadOnlySpan<char> attribute)
    {
        attribute = attribute.Trim();
        var digits = 0;
        while (digits < attribute.Length && char.IsAsciiDigit(attribute[digits]))
            digits++;
        return digits is 0 or > 9 ? 1 : int.Parse(attribute[..digits], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Gives the nodes back to be lent again; title and metadata stay. A tree that is just dropped does no harm.</summary>
    public void Release()
    {
        GiveBack(nodes);
        (nodes, Count) = ([], 0);
    }

    private void GiveBack(PageNode[] lent)
    {
        // The texts are parts of the page and must not outlive it.
        lent.AsSpan(0, Count).Clear();
        ArrayPool<PageNode>.Shared.Return(lent);
    }

    private int Add(PageNode node)
    {
        if (Count == nodes.Length)
        {
            var full = nodes;
            nodes = ArrayPool<PageNode>.Shared.Rent(2 * Count);
            full.CopyTo(nodes, 0);
            GiveBack(full);
        }

        nodes[Count] = node;
        return Count++;
    }
}
