using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using EtlWarehouse.Parsing.Tables;
using EtlWarehouse.Parsing.Text;
using HtmlAgilityPack;

namespace EtlWarehouse.Parsing.Documents;

/// <summary>An HTML page as lines of prose and table grids. Tables that hold tables are layout and dissolve into their content.</summary>
internal static class HtmlPages
{
    private static readonly FrozenSet<string> Silent = new[]
    {
        "script", "style", "noscript", "template", "select", "option", "button", "iframe", "object", "svg", "head", "textarea",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Breaking = new[]
    {
        "p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
        "header", "footer", "nav", "aside", "form", "table", "tbody", "thead", "tr", "td", "th", "caption", "hr", "center", "blockquote", "body",
    }.ToFrozenSet();

    public static DocumentContent Read(string text, string charset, IReadOnlyList<Finding> findings)
    {
        var page = new HtmlDocument { OptionMaxNestedChildNodes = 2000 };
        try
        {
            page.LoadHtml(text);
        }
        catch (Exception exception) when (exception.Message.Contains("MaxNestedChildNodes", StringComparison.OrdinalIgnoreCase)
            || exception.Message.Contains("nested", StringComparison.OrdinalIgnoreCase))
        {
            throw new DocumentRefusedException("document.too_deep", "expected at most 2000 nested elements, found more");
        }

        var walk = new Walk();
        walk.Children(page.DocumentNode, isHeading: false);
        walk.EndLine(isHeading: false);
        return new DocumentContent(
            "text/html", charset, walk.Blocks,
            page.DocumentNode.SelectSingleNode("//title") is { } title ? HtmlEntity.DeEntitize(title.InnerText).Trim() : null,
            Metadata(page), findings);
    }

    private static Dictionary<string, string> Metadata(HtmlDocument page)
    {
        var metadata = new Dictionary<string, string>();
        foreach (var meta in page.DocumentNode.Descendants("meta"))
        {
            var name = meta.GetAttributeValue("name", "").ToLowerInvariant();
            if (name.Length > 0)
                metadata.TryAdd(name, HtmlEntity.DeEntitize(meta.GetAttributeValue("content", "")).Trim());
        }

        return metadata;
    }

    private sealed class Walk
    {
        private readonly StringBuilder line = new();

        private int tables;

        public List<Block> Blocks { get; } = [];

        public void Children(HtmlNode parent, bool isHeading)
        {
            if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
                throw new DocumentRefusedException("document.too_deep", "expected a page, found elements nested without end");
            for (var node = parent.FirstChild; node is not null; node = node.NextSibling)
                Node(node, isHeading);
        }

        public void EndLine(bool isHeading)
        {
            if (line.Length == 0)
                return;
            var text = line.ToString();
            line.Clear();
            if (text.Any(character => !CharacterFolding.IsBlank(character)))
                Blocks.Add(new LineBlock(text.Trim(), $"block[{Blocks.Count + 1}]", isHeading));
        }

        private void Node(HtmlNode node, bool isHeading)
        {
            if (node.NodeType == HtmlNodeType.Text)
            {
                Append(line, ((HtmlTextNode)node).Text, IsPreformatted(node));
                return;
            }

            if (node.NodeType != HtmlNodeType.Element || Silent.Contains(node.Name))
                return;
            if (node.Name == "table")
            {
                EndLine(isHeading);
                tables++;
                if (node.Descendants("table").Any())
                    Children(node, isHeading: false);
                else
                    Blocks.Add(new TableBlock(Grid(node)));
                EndLine(isHeading: false);
                return;
            }

            var heading = isHeading || (node.Name.Length == 2 && node.Name[0] == 'h' && char.IsAsciiDigit(node.Name[1]));
            var breaks = Breaking.Contains(node.Name);
            if (breaks)
                EndLine(isHeading);
            if (node.Name == "pre")
                Preformatted(node);
            else
                Children(node, heading);
            if (breaks)
                EndLine(heading);
        }

        private void Preformatted(HtmlNode node)
        {
            EndLine(isHeading: false);
            foreach (var text in HtmlEntity.DeEntitize(node.InnerText).Split('\n'))
                Blocks.Add(new LineBlock(text.TrimEnd('\r'), $"block[{Blocks.Count + 1}]"));
        }

        private static bool IsPreformatted(HtmlNode node) => node.ParentNode?.Name == "pre";

        private TableGrid Grid(HtmlNode table)
        {
            var builder = new TableGridBuilder(tables);
            Rows(table, builder);
            return builder.Build();
        }

        private static void Rows(HtmlNode parent, TableGridBuilder builder)
        {
            for (var node = parent.FirstChild; node is not null; node = node.NextSibling)
            {
                if (node.NodeType != HtmlNodeType.Element)
                    continue;
                switch (node.Name)
                {
                    case "tr":
                        builder.StartRow();
                        Rows(node, builder);
                        break;
                    case "td" or "th":
                        builder.Add(CellText(node), Span(node, "rowspan"), Span(node, "colspan"));
                        // Cells that were never closed hang inside the one before them.
                        if (node.Descendants("td").Any() || node.Descendants("tr").Any())
                            Rows(node, builder);
                        break;
                    default:
                        Rows(node, builder);
                        break;
                }
            }
        }

        private static int Span(HtmlNode cell, string name)
        {
            var text = cell.GetAttributeValue(name, "1").AsSpan().Trim();
            var digits = 0;
            while (digits < text.Length && char.IsAsciiDigit(text[digits]))
                digits++;
            return digits is 0 or > 9 ? 1 : int.Parse(text[..digits], CultureInfo.InvariantCulture);
        }

        private static string CellText(HtmlNode cell)
        {
            var text = new StringBuilder();
            Collect(cell, text);
            return text.ToString().Trim(' ', '\n', '\r', '\t');
        }

        private static void Collect(HtmlNode parent, StringBuilder text)
        {
            for (var node = parent.FirstChild; node is not null; node = node.NextSibling)
            {
                if (node.NodeType == HtmlNodeType.Text)
                {
                    Append(text, ((HtmlTextNode)node).Text, preformatted: false);
                }
                else if (node.NodeType == HtmlNodeType.Element && !Silent.Contains(node.Name) && node.Name is not ("td" or "th" or "tr"))
                {
                    var breaks = Breaking.Contains(node.Name);
                    if (breaks && text.Length > 0 && text[^1] != '\n')
                        text.Append('\n');
                    Collect(node, text);
                    if (breaks && text.Length > 0 && text[^1] != '\n')
                        text.Append('\n');
                }
            }
        }

        /// <summary>Appends a text node; runs of white space are one blank, as a browser shows them.</summary>
        private static void Append(StringBuilder target, string source, bool preformatted)
        {
            var text = source.Contains('&', StringComparison.Ordinal) ? HtmlEntity.DeEntitize(source) : source;
            if (preformatted)
            {
                target.Append(text);
                return;
            }

            foreach (var character in text)
            {
                if (character is not (' ' or '\t' or '\n' or '\r' or '\f'))
                    target.Append(character);
                else if (target.Length > 0 && target[^1] is not (' ' or '\n'))
                    target.Append(' ');
            }
        }
    }
}
