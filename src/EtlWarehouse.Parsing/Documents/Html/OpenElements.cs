namespace EtlWarehouse.Parsing.Documents.Html;

/// <summary>The elements that are open, the innermost last.</summary>
internal sealed class OpenElements(PageTree tree)
{
    private ElementName[] names = new ElementName[64];

    private int[] nodes = new int[64];

    public int Count { get; private set; }

    public ElementName? Top => Count == 0 ? null : names[Count - 1];

    public ElementName this[int index] => names[index];

    /// <summary>Whether white space is all the text that may stand here, and only parts of a table may be elements.</summary>
    public bool IsBetweenCells => Top is { } top && top.Is(ElementTraits.Table) && !top.IsCell && top != ElementName.Caption;

    public void Push(ElementName element, int node)
    {
        if (Count == names.Length)
        {
            Array.Resize(ref names, 2 * Count);
            Array.Resize(ref nodes, 2 * Count);
        }

        (names[Count], nodes[Count]) = (element, node);
        Count++;
    }

    /// <summary>The innermost element of the name, if no element of <paramref name="barriers"/> stands between; else -1.</summary>
    public int Find(ElementName element, ElementTraits barriers, ElementName? barrier = null, ElementName? otherBarrier = null)
    {
        for (var index = Count - 1; index >= 0; index--)
        {
            var name = names[index];
            if (name == element)
                return index;
            if (name.Is(barriers) || name == barrier || name == otherBarrier)
                return -1;
        }

        return -1;
    }

    /// <summary>The innermost element that has one of the traits; else -1.</summary>
    public int Find(ElementTraits traits)
    {
        var index = Count - 1;
        while (index >= 0 && !names[index].Is(traits))
            index--;
        return index;
    }

    /// <summary>Closes the elements from <paramref name="index"/> on.</summary>
    /// <param name="forgetsFormatting">The end of a cell: formatting left open inside it is over.</param>
    /// <returns>False where HTML would open some of those inside again, or take a later form for a part of one.</returns>
    public bool TryClose(int index, bool forgetsFormatting = false)
    {
        while (Count > index + 1)
        {
            var name = names[Count - 1];
            if ((name.Is(ElementTraits.Formatting) && !forgetsFormatting) || name == ElementName.Form
                || (name.Is(ElementTraits.ScopeBarrier) && !name.Is(ElementTraits.Table)))
                return false;
            Pop();
        }

        Pop();
        return true;
    }

    /// <summary>Closes what was found; an end tag of nothing that is open is passed over.</summary>
    public bool TryFindAndClose(int found, bool mustBeFound = false) => found < 0 ? !mustBeFound : TryClose(found);

    public void Pop() => tree.Close(nodes[--Count]);
}
