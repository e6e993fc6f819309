namespace EtlWarehouse.Parsing.Documents.Html;

/// <summary>
/// Builds the tree of a page whose markup is regular, many times faster than <see cref="StandardMarkup"/> and equal to
/// it. Where the standard moves, reopens or drops something, this reader gives up and the other one reads the page.
/// </summary>
internal sealed class RegularMarkup
{
    private readonly PageTree tree = new();

    private readonly OpenElements open;

    private readonly TableMarkup table;

    private bool isInBody;

    private RegularMarkup()
    {
        open = new OpenElements(tree);
        table = new TableMarkup(tree, open);
    }

    /// <summary>The page's tree; null where its markup is not regular.</summary>
    public static PageTree? TryRead(string text)
    {
        if (text.Length == 0 || text[0] == '\uFEFF' || text.Contains('\0'))
            return null;
        var page = new RegularMarkup();
        var scanner = new MarkupScanner(text);
        while (true)
        {
            switch (scanner.Next())
            {
                case Markup.End:
                    return page.Ended();
                case Markup.Text when !page.Text(scanner.Text):
                case Markup.StartTag when !page.Start(ref scanner):
                case Markup.EndTag when !page.End(ref scanner):
                case Markup.Unknown:
                    return null;
            }
        }
    }

    private PageTree Ended()
    {
        while (open.Count > 0)
            open.Pop();
        return tree;
    }

    private bool Text(ReadOnlyMemory<char> text)
    {
        if (!isInBody || open.IsBetweenCells)
        {
            if (!text.Span.ContainsAnyExcept(MarkupScanner.Blanks))
                return true;
            if (isInBody)
                return false;
            isInBody = true;
        }

        if (!CharacterReferences.TryResolve(text, out var resolved))
            return false;
        // Elsewhere a carriage return is a blank like any other.
        if (text.Span.Contains('\r') && open.Find(ElementName.Preformatted, ElementTraits.None) >= 0)
            resolved = resolved.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').AsMemory();
        tree.Add(resolved);
        return true;
    }

    private bool Start(ref MarkupScanner scanner)
    {
        var element = tree.Name(scanner.Name);
        if (element.Is(ElementTraits.Rare))
            return false;
        if (element == ElementName.Html || element == ElementName.Head)
            return true;
        if (element == ElementName.Body)
        {
            isInBody = true;
            return true;
        }

        if (element == ElementName.Meta)
        {
            if (!CharacterReferences.TryResolve((scanner.Attribute("name") ?? "").AsMemory(), out var name)
                || !CharacterReferences.TryResolve((scanner.Attribute("content") ?? "").AsMemory(), out var content)
                || content.Span.Contains('\r'))
                return false;
            tree.AddMetadata(name.ToString(), content.ToString());
        }

        if (!isInBody)
        {
            if (element.Is(ElementTraits.Head))
                return element != ElementName.NoScript && (element.Is(ElementTraits.Void) || Raw(element, ref scanner));
            isInBody = true;
        }

        return InBody(element, ref scanner);
    }

    private bool InBody(ElementName element, ref MarkupScanner scanner)
    {
        if (element.Is(ElementTraits.Table) && element != ElementName.Table)
            return table.Start(element, ref scanner);
        if (open.IsBetweenCells && !(element.Is(ElementTraits.Raw) && element.Is(ElementTraits.Head) && element != ElementName.Title))
            return false;
        if (element.Is(ElementTraits.Raw))
            return element != ElementName.Title && Raw(element, ref scanner);
        if (element == ElementName.Select)
            return PassOverSelect(ref scanner);
        if (element == ElementName.Table)
        {
            // Without a document type, a paragraph goes on around a table.
            if (ParagraphInScope() >= 0 && scanner.Doctype != Doctype.None && (scanner.Doctype != Doctype.Standard || !EndParagraph()))
                return false;
        }
        else if ((element == ElementName.Item && !EndItem(ElementName.Item, ElementName.Item))
            || ((element == ElementName.Term || element == ElementName.Description) && !EndItem(ElementName.Term, ElementName.Description))
            || (element.Is(ElementTraits.EndsParagraph) && !EndParagraph()))
        {
            return false;
        }

        if (element == ElementName.Anchor || element == ElementName.NoBreak || element == ElementName.Button || element == ElementName.Form)
        {
            if (open.Find(element, ElementTraits.None) >= 0)
                return false;
        }

        if (element.Is(ElementTraits.Heading) && open.Top is { } top && top.Is(ElementTraits.Heading))
            open.Pop();
        if (open.Count >= PageTree.Deepest - 10)
            return false;
        var node = tree.Open(element);
        if (element.Is(ElementTraits.Void))
            tree.Close(node);
        else
            open.Push(element, node);
        if (element == ElementName.Preformatted)
            scanner.SkipLineBreak();
        return true;
    }

    private bool End(ref MarkupScanner scanner)
    {
        var element = tree.Name(scanner.Name);
        if (element.Is(ElementTraits.Rare) || element == ElementName.Break || element == ElementName.Select)
            return false;
        if (!isInBody)
            return element != ElementName.Body && element != ElementName.Html && !element.Is(ElementTraits.Table);

        // Content behind these goes on in the body.
        if (element == ElementName.Html || element == ElementName.Body || element == ElementName.Head)
            return true;
        if (element.Is(ElementTraits.Table))
            return table.End(element);
        if (open.IsBetweenCells)
            return element != ElementName.Paragraph && element != ElementName.Form;
        if (element == ElementName.Paragraph)
            return open.TryFindAndClose(ParagraphInScope(), mustBeFound: true);
        if (element == ElementName.Form)
            return EndForm();
        if (element.Is(ElementTraits.Heading))
            return EndHeading(element);
        if (element == ElementName.Item)
            return open.TryFindAndClose(open.Find(element, ElementTraits.ScopeBarrier, ElementName.List, ElementName.OrderedList));
        if (element.Is(ElementTraits.Formatting))
            return EndFormatting(element);
        return open.TryFindAndClose(open.Find(element,
            element.Is(ElementTraits.Special) && element != ElementName.NoScript ? ElementTraits.ScopeBarrier : ElementTraits.Special));
    }

    /// <summary>Passes over the content of an element that holds text only; a title's is kept.</summary>
    private bool Raw(ElementName element, ref MarkupScanner scanner)
    {
        if (!scanner.TryReadRaw(element.ToString(), out var content))
            return false;
        if (element == ElementName.Title)
        {
            if (!CharacterReferences.TryResolve(content, out var title) || title.Span.ContainsAny('\r', '<'))
                return false;
            tree.AddTitle(title.ToString());
        }

        // Inside a comment, a script may hold another one.
        return element != ElementName.Script || !content.Span.Contains("<!--", StringComparison.Ordinal)
            || !content.Span.Contains("<script", StringComparison.OrdinalIgnoreCase);
    }

    private static bool PassOverSelect(ref MarkupScanner scanner)
    {
        while (true)
        {
            switch (scanner.Next())
            {
                case Markup.Text:
                    break;
                case Markup.StartTag or Markup.EndTag when scanner.Name.Equals("option", StringComparison.OrdinalIgnoreCase)
                    || scanner.Name.Equals("optgroup", StringComparison.OrdinalIgnoreCase):
                    break;
                case Markup.EndTag when scanner.Name.Equals("select", StringComparison.OrdinalIgnoreCase):
                    return true;
                default:
                    return false;
            }
        }
    }

    private int ParagraphInScope() => open.Find(ElementName.Paragraph, ElementTraits.ScopeBarrier, ElementName.Button);

    private bool EndParagraph() => open.TryFindAndClose(ParagraphInScope());

    /// <summary>Closes the list item before the next one.</summary>
    private bool EndItem(ElementName one, ElementName other)
    {
        for (var index = open.Count - 1; index >= 0; index--)
        {
            var name = open[index];
            if (name == one || name == other)
                return open.TryClose(index);
            if (name.Is(ElementTraits.Special) && name != ElementName.Paragraph && name.ToString() is not ("address" or "div"))
                return true;
        }

        return true;
    }

    private bool EndHeading(ElementName element)
    {
        for (var index = open.Count - 1; index >= 0 && !open[index].Is(ElementTraits.ScopeBarrier); index--)
        {
            if (open[index].Is(ElementTraits.Heading))
                return open[index] == element && open.TryClose(index);
        }

        return true;
    }

    private bool EndForm()
    {
        while (open.Top is { } top && (top == ElementName.Paragraph || top == ElementName.Item || top == ElementName.Term || top == ElementName.Description))
            open.Pop();
        if (open.Top != ElementName.Form)
            return false;
        open.Pop();
        return true;
    }

    private bool EndFormatting(ElementName element)
    {
        // Formatting outside of the cell is out of reach.
        var index = open.Find(element, ElementTraits.ScopeBarrier);
        if (index < 0)
            return true;
        for (var inside = index + 1; inside < open.Count; inside++)
        {
            if (open[inside].Is(ElementTraits.Special | ElementTraits.Formatting))
                return false;
        }

        return open.TryClose(index);
    }
}
