using System.Text;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Documents.Html;

namespace EtlWarehouse.Tests.Parsing.Documents.Html;

/// <summary>All that is read of a page, as text: blocks with their locators, cells with their slots and spans, title, metadata.</summary>
internal static class PageText
{
    public static string Of(PageTree tree)
    {
        var text = new StringBuilder(Blocks(tree)).Append(tree.Title).Append('\n');
        foreach (var (name, content) in tree.Metadata)
            text.Append(name).Append('=').Append(content).Append('\n');
        return text.ToString();
    }

    public static string Blocks(PageTree tree)
    {
        var text = new StringBuilder();
        foreach (var block in PageBlocks.Read(tree))
        {
            if (block is not TableBlock table)
            {
                text.Append(block).Append('\n');
                continue;
            }

            text.Append(table.Grid.Path).Append('\n');
            foreach (var row in table.Grid.Rows)
                text.Append("  ").AppendJoin(" | ", row).Append('\n');
        }

        return text.ToString();
    }
}
