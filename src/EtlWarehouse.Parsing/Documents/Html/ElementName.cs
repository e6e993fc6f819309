using System.Collections.Frozen;

namespace EtlWarehouse.Parsing.Documents.Html;

/// <summary>What an element's name means, for the reader of blocks (first three) and for the building of the tree.</summary>
[Flags]
internal enum ElementTraits
{
    None = 0,

    /// <summary>Prints no text of the document.</summary>
    Silent = 1 << 0,

    /// <summary>Stands on lines of its own.</summary>
    Breaking = 1 << 1,
    Heading = 1 << 2,

    /// <summary>Has no content and no end tag.</summary>
    Void = 1 << 3,

    /// <summary>Its content is text up to its end tag.</summary>
    Raw = 1 << 4,

    /// <summary>Reopened by HTML where it is closed in the wrong order, e.g. <c>b</c>.</summary>
    Formatting = 1 << 5,

    /// <summary>HTML's category "special": an end tag of another element does not reach over it.</summary>
    Special = 1 << 6,

    /// <summary>Its start tag ends an open paragraph.</summary>
    EndsParagraph = 1 << 7,

    /// <summary>An end tag inside does not close what is open outside.</summary>
    ScopeBarrier = 1 << 8,

    /// <summary>Part of a table, or the table.</summary>
    Table = 1 << 9,

    /// <summary>Belongs into the head.</summary>
    Head = 1 << 10,

    /// <summary>Only <see cref="StandardMarkup"/> knows what to do with it.</summary>
    Rare = 1 << 11,
}

/// <summary>The name of an element in lower case; one instance per name and page, so that references compare.</summary>
internal sealed class ElementName(string name, ElementTraits traits)
{
    private static readonly FrozenDictionary<string, ElementName> Known = Names().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, ElementName>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        Known.GetAlternateLookup<ReadOnlySpan<char>>();

    public static readonly ElementName Anchor = Known["a"], NoBreak = Known["nobr"], Paragraph = Known["p"], Preformatted = Known["pre"],
        Item = Known["li"], Term = Known["dt"], Description = Known["dd"], Form = Known["form"], Button = Known["button"], Select = Known["select"],
        Html = Known["html"], Head = Known["head"], Body = Known["body"], Title = Known["title"], Meta = Known["meta"], Break = Known["br"],
        Script = Known["script"], NoScript = Known["noscript"],
        Table = Known["table"], Row = Known["tr"], RowGroup = Known["tbody"], DataCell = Known["td"], HeaderCell = Known["th"],
        Caption = Known["caption"], Columns = Known["colgroup"], Column = Known["col"], List = Known["ul"], OrderedList = Known["ol"];

    public ElementTraits Traits => traits;

    public bool IsCell => this == DataCell || this == HeaderCell;

    public bool Is(ElementTraits any) => (traits & any) != 0;

    public override string ToString() => name;

    /// <summary>Null for a name that HTML does not know.</summary>
    public static ElementName? Find(ReadOnlySpan<char> name) => BySpan.TryGetValue(name, out var known) ? known : null;

    private static Dictionary<string, ElementName> Names()
    {
        var traits = new Dictionary<string, ElementTraits>();
        void Add(ElementTraits added, string names)
        {
            foreach (var name in names.Split(' '))
                traits[name] = traits.GetValueOrDefault(name) | added;
        }

        Add(ElementTraits.Silent, "script style noscript template select option button iframe object svg head textarea");
        Add(ElementTraits.Breaking, "p div br li ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article header footer nav aside form table tbody thead tr td th caption hr center blockquote body");
        Add(ElementTraits.Heading, "h1 h2 h3 h4 h5 h6");
        Add(ElementTraits.Void, "area base basefont bgsound br col embed hr img input link meta param source track wbr");
        Add(ElementTraits.Raw, "script style title textarea iframe");
        Add(ElementTraits.Formatting, "a b big code em font i nobr s small strike strong tt u");
        Add(ElementTraits.EndsParagraph, "address article aside blockquote center details dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li dd dt main menu nav ol p pre section summary ul");
        Add(ElementTraits.Special, "address applet article aside blockquote body button caption center colgroup dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header html li main marquee menu nav noscript object ol p pre section select summary table tbody td tfoot th thead tr ul");
        Add(ElementTraits.ScopeBarrier, "applet caption html table td th marquee object");
        Add(ElementTraits.Table, "caption col colgroup table tbody td tfoot th thead tr");
        Add(ElementTraits.Head, "base basefont bgsound link meta title style script noscript");
        Add(ElementTraits.Rare, "dialog frame frameset hgroup image isindex keygen listing math menuitem noembed noframes optgroup option plaintext rb rp rt rtc ruby search selectedcontent svg template xmp");
        // Of no meaning, in nearly each paragraph that was pasted from Word.
        Add(ElementTraits.None, "span o:p");
        return traits.ToDictionary(pair => pair.Key, pair => new ElementName(pair.Key, pair.Value));
    }
}
