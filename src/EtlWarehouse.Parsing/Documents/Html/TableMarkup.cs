namespace EtlWarehouse.Parsing.Documents.Html;

/// <summary>The parts of tables in <see cref="RegularMarkup"/>: which are implied, and which end which.</summary>
internal sealed class TableMarkup(PageTree tree, OpenElements open)
{
    /// <returns>False where the tag has no place in the table that is open.</returns>
    public bool Start(ElementName element, ref MarkupScanner scanner)
    {
        while (true)
        {
            var index = open.Find(ElementTraits.Table);
            if (index < 0)
                return false;
            var within = open[index];
            if (within.IsCell || within == ElementName.Caption)
            {
                if (!open.TryClose(index, forgetsFormatting: true))
                    return false;
                continue;
            }

            // Whatever else is open between cells is not regular.
            if (index != open.Count - 1)
                return false;
            if (within == ElementName.Table)
            {
                if (element == ElementName.Column)
                    Push(ElementName.Columns);
                else if (element.IsCell || element == ElementName.Row)
                    Push(ElementName.RowGroup);
                else
                    return Push(element);
            }
            else if (within == ElementName.Row)
            {
                if (element.IsCell)
                    return PushCell(element, ref scanner);
                open.Pop();
            }
            else if (within == ElementName.Columns)
            {
                if (element == ElementName.Column)
                    return true;
                open.Pop();
            }
            else if (element == ElementName.Row)
            {
                return Push(element);
            }
            else if (element.IsCell)
            {
                Push(ElementName.Row);
            }
            else
            {
                open.Pop();
            }
        }
    }

    /// <summary>Closes the part; an end tag of a part that is not open is passed over.</summary>
    public bool End(ElementName element)
    {
        if (element == ElementName.Column)
            return true;
        // Only within the innermost table.
        var index = element == ElementName.Table
            ? open.Find(element, ElementTraits.None)
            : open.Find(element, ElementTraits.None, ElementName.Table);
        // A cell that ends and is not open: the texts around it must not run together.
        if (index < 0)
            return !element.IsCell && element != ElementName.Row;
        while (open.Count > index)
        {
            var part = open.Find(ElementTraits.Table);
            if (!open.TryClose(part, forgetsFormatting: open[part].IsCell || open[part] == ElementName.Caption))
                return false;
        }

        return true;
    }

    private bool Push(ElementName element)
    {
        open.Push(element, tree.Open(element));
        return true;
    }

    private bool PushCell(ElementName element, ref MarkupScanner scanner)
    {
        open.Push(element, tree.Open(element, PageTree.Span(scanner.Attribute("rowspan")), PageTree.Span(scanner.Attribute("colspan"))));
        return true;
    }
}
