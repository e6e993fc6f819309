using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace EtlWarehouse.Parsing.Documents.Html;

/// <summary>Builds the tree as the HTML standard says, whatever the markup: by AngleSharp.</summary>
internal static partial class StandardMarkup
{
    /// <summary>
    /// Wrongly nested formatting is opened again in each paragraph that follows; a page that makes that many elements
    /// for each of its tags is an attack.
    /// </summary>
    private const int MostElementsForATag = 4;

    private const int FewElements = 20_000;

    /// <summary>How many elements may be made until the depth is looked at again.</summary>
    private const int DepthInterval = 64;

    /// <summary>
    /// The same, but texts that stood in different cells or between them never run together: the standard drops cells
    /// outside of a table and joins texts that it takes out of one, so that 1 and 2 would become 12.
    /// </summary>
    public static PageTree ReadApart(string text) => Read(CellTag().Replace(text, "<br><"));

    /// <exception cref="DocumentRefusedException">The page nests deeper than <see cref="PageTree.Deepest"/>, or its markup multiplies.</exception>
    public static PageTree Read(string text)
    {
        var most = Math.Max(FewElements, MostElementsForATag * text.AsSpan().Count('<'));
        var created = 0;
        INode? last = null;
        var parser = new HtmlParser(new HtmlParserOptions
        {
            // Beyond it AngleSharp would lift elements out of their parents; we refuse before.
            MaximumDepth = 2 * PageTree.Deepest,
            DisableElementPositionTracking = true,
            SkipComments = true,
            OnCreated = (element, _) =>
            {
                if (++created > most)
                    throw new DocumentRefusedException("document.too_deep", $"expected a page, found markup that makes more than {most} elements");
                if (created % DepthInterval == 0)
                    RefuseDeep(last);
                last = element;
            },
        });
        using var document = parser.ParseDocument(text);
        var tree = new PageTree();
        if (document.DocumentElement is { } root)
            new Copy(tree).Children(root, depth: 0, isKept: false);
        return tree;
    }

    [GeneratedRegex(@"<(?=/?t[dhr][\s/>])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CellTag();

    private static void RefuseDeep(INode? node)
    {
        var depth = 0;
        for (; node is not null; node = node.Parent)
        {
            if (++depth > PageTree.Deepest)
                throw TooDeep();
        }
    }

    private static DocumentRefusedException TooDeep() =>
        new("document.too_deep", $"expected at most {PageTree.Deepest} nested elements, found more");

    private sealed class Copy(PageTree tree)
    {
        public void Children(INode parent, int depth, bool isKept)
        {
            if (depth > PageTree.Deepest)
                throw TooDeep();
            for (var child = parent.FirstChild; child is not null; child = child.NextSibling)
            {
                if (child is IElement element)
                    Element(element, depth, isKept);
                else if (isKept && child is IText text)
                    tree.Add(text.Data.AsMemory());
            }
        }

        private void Element(IElement element, int depth, bool isKept)
        {
            var name = tree.Name(element.LocalName);
            var isHtml = element.NamespaceUri == NamespaceNames.HtmlUri;
            if (isHtml && name == ElementName.Meta)
                tree.AddMetadata(element.GetAttribute("name"), element.GetAttribute("content"));
            if (isHtml && name == ElementName.Title)
                tree.AddTitle(element.TextContent);
            if (!isKept)
            {
                Children(element, depth + 1, isKept: name == ElementName.Body);
                return;
            }

            var index = name.IsCell
                ? tree.Open(name, PageTree.Span(element.GetAttribute("rowspan")), PageTree.Span(element.GetAttribute("colspan")))
                : tree.Open(name);
            Children(element, depth + 1, isKept: true);
            tree.Close(index);
        }
    }
}
