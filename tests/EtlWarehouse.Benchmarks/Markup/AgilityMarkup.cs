using EtlWarehouse.Parsing.Documents.Html;
using HtmlAgilityPack;

namespace EtlWarehouse.Benchmarks.Markup;

/// <summary>The tree of a page as HtmlAgilityPack builds it, for comparison.</summary>
internal static class AgilityMarkup
{
    public static PageTree Read(string text)
    {
        var page = new HtmlDocument();
        page.LoadHtml(text);
        var tree = new PageTree();
        Children(page.DocumentNode, tree);
        return tree;
    }

    private static void Children(HtmlNode parent, PageTree tree)
    {
        for (var node = parent.FirstChild; node is not null; node = node.NextSibling)
        {
            if (node.NodeType == HtmlNodeType.Text)
            {
                tree.Add(HtmlEntity.DeEntitize(((HtmlTextNode)node).Text).AsMemory());
            }
            else if (node.NodeType == HtmlNodeType.Element)
            {
                if (node.Name is "html" or "body")
                {
                    Children(node, tree);
                    continue;
                }

                var name = tree.Name(node.Name);
                var index = tree.Open(name, PageTree.Span(node.GetAttributeValue("rowspan", "1")), PageTree.Span(node.GetAttributeValue("colspan", "1")));
                Children(node, tree);
                tree.Close(index);
            }
        }
    }
}
