using System.Text;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Documents.Html;

namespace EtlWarehouse.Benchmarks.Markup;

/// <summary>A tree in words, as far as two readers are compared.</summary>
internal static class Outline
{
    /// <summary>Tables, rows and cells as they hang in each other. Row groups are left out: HtmlAgilityPack implies none.</summary>
    public static string Tables(PageTree tree)
    {
        var text = new StringBuilder();
        Tables(tree, 0, tree.Count, text);
        return text.ToString();
    }

    /// <summary>Grids alone: each row's cells with slots, spans and text.</summary>
    public static string Grids(PageTree tree) => string.Join('\n', PageBlocks.Read(tree).OfType<TableBlock>().Select(block =>
        string.Join('\n', block.Grid.Rows.Select(row => string.Join('|', row.Select(cell => $"{cell.Column}x{cell.ColumnSpan}x{cell.RowSpan} {cell.Text}"))))));

    private static void Tables(PageTree tree, int from, int end, StringBuilder text)
    {
        for (var index = from; index < end; index = tree[index].End)
        {
            var isKept = tree[index].Element is { } element && (element == ElementName.Table || element == ElementName.Row || element.IsCell);
            if (isKept)
                text.Append(tree[index].Element).Append('(');
            if (tree[index].Element is { } any && !any.Is(ElementTraits.Silent))
                Tables(tree, index + 1, tree[index].End, text);
            if (isKept)
                text.Append(')');
        }
    }
}
