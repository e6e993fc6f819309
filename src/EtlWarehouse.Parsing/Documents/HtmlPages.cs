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
            Head(page).FirstOrDefault(node => node.Name == "title") is { } title ? HtmlEntity.DeEntitize(title.InnerText).Trim() : null,
            Metadata(page), findings, EndsAbruptly: !text.AsSpan().TrimEnd().EndsWith(">"));
    }

    private static IEnumerable<HtmlNode> Head(HtmlDocument page) => page.DocumentNode.Descendants().TakeWhile(node => node.Name != "body");

    private static Dictionary<string, string> Metadata(HtmlDocument page)
    {
        var metadata = new Dictionary<string, string>();
        foreach (var meta in Head(page).Where(node => node.Name == "meta"))
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

        private int openLinks;

        /// <summary>The line has words outside of links; a date beside a link is none.</summary>
        private bool hasOwnWords;

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
                Blocks.Add(new LineBlock(text.Trim(), $"block[{Blocks.Count + 1}]", isHeading, IsLink: !hasOwnWords));
            hasOwnWords = false;
        }

        private void Node(HtmlNode node, bool isHeading)
        {
            if (node.NodeType == HtmlNodeType.Text)
            {
                var text = ((HtmlTextNode)node).Text;
                hasOwnWords |= openLinks == 0 && text.Any(char.IsLetter);
                Append(line, text, IsPreformatted(node));
                return;
            }

            // Each call of Name folds the letters anew.
            var name = node.NodeType == HtmlNodeType.Element ? node.Name : "#";
            // "<body#<style>" in a text that is no page makes an element without a name.
            if (name.StartsWith('#') || Silent.Contains(name))
                return;
            if (name == "table")
            {
                EndLine(isHeading);
                tables++;
                if (Grid(node) is { } grid)
                {
                    // A caption is no cell; it may state the unit of them all.
                    if (node.ChildNodes.FirstOrDefault(child => child.Name == "caption") is { } caption)
                        Children(caption, isHeading: false);
                    EndLine(isHeading: false);
                    Blocks.Add(new TableBlock(grid));
                }
                else
                    Children(node, isHeading: false);
                EndLine(isHeading: false);
                return;
            }

            var heading = isHeading || (name.Length == 2 && name[0] == 'h' && char.IsAsciiDigit(name[1]));
            var breaks = Breaking.Contains(name);
            if (breaks)
                EndLine(isHeading);
            openLinks += name == "a" ? 1 : 0;
            if (name == "pre")
                Preformatted(node);
            else
                Children(node, heading);
            openLinks -= name == "a" ? 1 : 0;
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

        /// <summary>Null for a table that holds tables, which is layout.</summary>
        private TableGrid? Grid(HtmlNode table)
        {
            var builder = new TableGridBuilder(tables);
            return Rows(table, builder) ? builder.Build() : null;
        }

        /// <returns>False where a table hangs inside.</returns>
        private static bool Rows(HtmlNode parent, TableGridBuilder builder)
        {
            for (var node = parent.FirstChild; node is not null; node = node.NextSibling)
            {
                if (node.NodeType != HtmlNodeType.Element)
                    continue;
                switch (node.Name)
                {
                    case "table":
                        return false;
                    case "tr":
                        builder.StartRow();
                        if (!Rows(node, builder))
                            return false;
                        break;
                    case "td" or "th":
                        var (text, holdsCells, holdsTable) = CellText(node);
                        if (holdsTable)
                            return false;
                        builder.Add(text, Span(node, "rowspan"), Span(node, "colspan"));
                        // Cells that were never closed hang inside the one before them.
                        if (holdsCells && !Rows(node, builder))
                            return false;
                        break;
                    default:
                        if (!Rows(node, builder))
                            return false;
                        break;
                }
            }

            return true;
        }

        private static int Span(HtmlNode cell, string name)
        {
            var text = cell.GetAttributeValue(name, "1").AsSpan().Trim();
            var digits = 0;
            while (digits < text.Length && char.IsAsciiDigit(text[digits]))
                digits++;
            return digits is 0 or > 9 ? 1 : int.Parse(text[..digits], CultureInfo.InvariantCulture);
        }

        private static (string Text, bool HoldsCells, bool HoldsTable) CellText(HtmlNode cell)
        {
            var text = new StringBuilder();
            var (holdsCells, holdsTable) = Collect(cell, text);
            return (text.ToString().Trim(' ', '\n', '\r', '\t'), holdsCells, holdsTable);
        }

        private static (bool HoldsCells, bool HoldsTable) Collect(HtmlNode parent, StringBuilder text)
        {
            var holdsCells = false;
            for (var node = parent.FirstChild; node is not null; node = node.NextSibling)
            {
                if (node.NodeType == HtmlNodeType.Text)
                {
                    Append(text, ((HtmlTextNode)node).Text, preformatted: false);
                }
                else if (node.NodeType == HtmlNodeType.Element && node.Name is var name && !Silent.Contains(name))
                {
                    if (name is "td" or "th" or "tr")
                    {
                        holdsCells = true;
                        continue;
                    }

                    if (name == "table")
                        return (true, true);
                    var breaks = Breaking.Contains(name);
                    if (breaks && text.Length > 0 && text[^1] != '\n')
                        text.Append('\n');
                    var (cells, table) = Collect(node, text);
                    if (table)
                        return (true, true);
                    holdsCells |= cells;
                    if (breaks && text.Length > 0 && text[^1] != '\n')
                        text.Append('\n');
                }
            }

            return (holdsCells, false);
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
