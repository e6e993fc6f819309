using System.Runtime.CompilerServices;
using System.Text;
using EtlWarehouse.Parsing.Tables;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Documents.Html;

/// <summary>A page's tree as lines of prose and table grids. Tables that hold tables are layout and dissolve into their content.</summary>
internal sealed class PageBlocks(PageTree tree)
{
    private readonly StringBuilder line = new();

    /// <summary>The text of a cell, or of preformatted lines.</summary>
    private readonly StringBuilder cell = new();

    private readonly List<Block> blocks = [];

    private int tables;

    private int openLinks;

    /// <summary>The line has words outside of links; a date beside a link is none.</summary>
    private bool hasOwnWords;

    public static IReadOnlyList<Block> Read(PageTree tree)
    {
        var page = new PageBlocks(tree);
        page.Children(0, tree.Count, isHeading: false);
        page.EndLine(isHeading: false);
        return page.blocks;
    }

    private void Children(int from, int end, bool isHeading)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new DocumentRefusedException("document.too_deep", "expected a page, found elements nested without end");
        for (var index = from; index < end; index = tree[index].End)
            Node(index, isHeading);
    }

    private void EndLine(bool isHeading)
    {
        if (line.Length == 0)
            return;
        var text = line.ToString();
        line.Clear();
        if (!IsBlank(text))
            blocks.Add(new LineBlock(text.Trim(), $"block[{blocks.Count + 1}]", isHeading, IsLink: !hasOwnWords));
        hasOwnWords = false;
    }

    private void Node(int index, bool isHeading)
    {
        ref readonly var node = ref tree[index];
        if (node.Element is not { } element)
        {
            hasOwnWords |= openLinks == 0 && HasLetter(node.Text.Span);
            Append(line, node.Text.Span);
            return;
        }

        if (element.Is(ElementTraits.Silent))
            return;
        if (element == ElementName.Table)
        {
            EndLine(isHeading);
            tables++;
            if (HoldsTable(index))
            {
                Children(index + 1, node.End, isHeading: false);
            }
            else
            {
                Caption(index);
                blocks.Add(new TableBlock(Grid(index)));
            }

            EndLine(isHeading: false);
            return;
        }

        var heading = isHeading || element.Is(ElementTraits.Heading);
        var breaks = element.Is(ElementTraits.Breaking);
        if (breaks)
            EndLine(isHeading);
        openLinks += element == ElementName.Anchor ? 1 : 0;
        if (element == ElementName.Preformatted && !HoldsTable(index))
            Preformatted(index);
        else
            Children(index + 1, node.End, heading);
        openLinks -= element == ElementName.Anchor ? 1 : 0;
        if (breaks)
            EndLine(heading);
    }

    private void Preformatted(int pre)
    {
        EndLine(isHeading: false);
        cell.Clear();
        CollectPreformatted(pre + 1, tree[pre].End);
        foreach (var each in cell.ToString().Split('\n'))
            blocks.Add(new LineBlock(each.TrimEnd('\r'), $"block[{blocks.Count + 1}]"));
    }

    private void CollectPreformatted(int from, int end)
    {
        for (var index = from; index < end; index = tree[index].End)
        {
            if (tree[index].Element is not { } element)
            {
                cell.Append(tree[index].Text.Span);
            }
            else if (!element.Is(ElementTraits.Silent))
            {
                // What stands on two lines is never one number.
                if (element.Is(ElementTraits.Breaking))
                    cell.Append('\n');
                CollectPreformatted(index + 1, tree[index].End);
                if (element.Is(ElementTraits.Breaking) && !element.Is(ElementTraits.Void))
                    cell.Append('\n');
            }
        }
    }

    private bool HoldsTable(int outer)
    {
        for (var index = outer + 1; index < tree[outer].End; index++)
        {
            if (tree[index].Element is not { } element)
                continue;
            if (element == ElementName.Table)
                return true;
            if (element.Is(ElementTraits.Silent))
                index = tree[index].End - 1;
        }

        return false;
    }

    /// <summary>A caption is no cell; it may state the unit of them all.</summary>
    private void Caption(int table)
    {
        for (var index = table + 1; index < tree[table].End; index = tree[index].End)
        {
            if (tree[index].Element != ElementName.Caption)
                continue;
            Children(index + 1, tree[index].End, isHeading: false);
            EndLine(isHeading: false);
            return;
        }
    }

    private TableGrid Grid(int table)
    {
        var builder = new TableGridBuilder(tables);
        for (var index = table + 1; index < tree[table].End; index++)
        {
            ref readonly var node = ref tree[index];
            if (node.Element == ElementName.Row)
            {
                builder.StartRow();
            }
            else if (node.Element is { IsCell: true })
            {
                cell.Clear();
                Collect(index + 1, node.End);
                builder.Add(Trimmed(cell), node.RowSpan, node.ColumnSpan);
                index = node.End - 1;
            }
        }

        return builder.Build();
    }

    private void Collect(int from, int end)
    {
        for (var index = from; index < end; index = tree[index].End)
        {
            ref readonly var node = ref tree[index];
            if (node.Element is not { } element)
            {
                Append(cell, node.Text.Span);
            }
            else if (!element.Is(ElementTraits.Silent))
            {
                var breaks = element.Is(ElementTraits.Breaking);
                if (breaks)
                    BreakLine();
                Collect(index + 1, node.End);
                if (breaks)
                    BreakLine();
            }
        }
    }

    private void BreakLine()
    {
        if (cell.Length > 0 && cell[^1] != '\n')
            cell.Append('\n');
    }

    private static string Trimmed(StringBuilder text)
    {
        var (from, end) = (0, text.Length);
        while (from < end && IsSpace(text[from]))
            from++;
        while (end > from && IsSpace(text[end - 1]))
            end--;
        // Most cells of a form say the same few things.
        return end - from == 1 && text[from] is >= '0' and <= '9' ? Digits[text[from] - '0'] : text.ToString(from, end - from);
    }

    private static readonly string[] Digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    private static bool IsSpace(char character) => character is ' ' or '\n' or '\r' or '\t';

    private static bool IsBlank(string text)
    {
        foreach (var character in text)
        {
            if (!CharacterFolding.IsBlank(character))
                return false;
        }

        return true;
    }

    private static bool HasLetter(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (char.IsLetter(character))
                return true;
        }

        return false;
    }

    /// <summary>Appends a text; runs of white space are one blank, as a browser shows them.</summary>
    private static void Append(StringBuilder target, ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            var space = text.IndexOfAny(" \t\n\r\f");
            target.Append(space < 0 ? text : text[..space]);
            if (space < 0)
                return;
            if (target.Length > 0 && target[^1] is not (' ' or '\n'))
                target.Append(' ');
            text = text[(space + 1)..];
        }
    }
}
