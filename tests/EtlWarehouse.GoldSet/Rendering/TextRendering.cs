using System.Globalization;
using System.Text;
using EtlWarehouse.GoldSet.Composition;

namespace EtlWarehouse.GoldSet.Rendering;

/// <summary>The ways in which text is got out of a document.</summary>
public enum TextFlavour
{
    /// <summary>A row a line, a tab between the cells.</summary>
    Tabs,

    /// <summary>A row a line, a bar between the cells.</summary>
    Bars,

    /// <summary>A cell a line behind a tab, a blank line between the rows.</summary>
    Cells,

    /// <summary>A row's label over several lines, its numbers at their end.</summary>
    Raw,

    /// <summary>A row's label over several lines, its numbers in the middle of them.</summary>
    Aligned,

    /// <summary>Each word and each number on a line of its own.</summary>
    Lines,
}

/// <summary>Plain text.</summary>
public static class TextRendering
{
    public static CellBorders Borders(TextFlavour flavour) => flavour is TextFlavour.Tabs or TextFlavour.Bars or TextFlavour.Cells ? CellBorders.Fields : CellBorders.None;

    public static string Render(GoldDocument document, TextFlavour flavour, Random random)
    {
        var text = new StringBuilder();
        foreach (var block in document.Blocks)
        {
            if (block is GoldParagraph paragraph)
            {
                text.Append(flavour == TextFlavour.Cells ? "\n" : "").Append(paragraph.Text).Append('\n').Append(flavour == TextFlavour.Cells ? "\n" : "");
                continue;
            }

            foreach (var row in ((GoldTable)block).Rows)
                Row(text, row, flavour, random);
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, GoldRow row, TextFlavour flavour, Random random)
    {
        var cells = row.Cells.Select(cell => cell.Text).ToList();
        switch (flavour)
        {
            case TextFlavour.Tabs:
                text.AppendJoin('\t', cells.Select(Flat)).Append('\n');
                break;
            case TextFlavour.Bars:
                text.Append("| ").AppendJoin(" | ", cells.Select(Flat)).Append(" |\n");
                break;
            case TextFlavour.Cells:
                // The lines of a label that wraps have no tab.
                foreach (var cell in cells)
                    text.Append('\t').Append(cell).Append('\n');
                text.Append('\n');
                break;
            case TextFlavour.Lines:
                foreach (var cell in cells.Where(cell => cell.Length > 0))
                    text.Append(cell).Append('\n');
                break;
            default:
                var numbers = row.Cells.Where(cell => cell.Role is CellRole.Value or CellRole.Unit && cell.Text.Length > 0).Select(cell => cell.Text).ToList();
                var words = row.Cells.Where(cell => cell.Role is not (CellRole.Value or CellRole.Unit) && cell.Text.Length > 0).Select(cell => Flat(cell.Text));
                Wrapped(text, string.Concat(words), numbers, flavour, random);
                break;
        }
    }

    private static void Wrapped(StringBuilder text, string label, List<string> numbers, TextFlavour flavour, Random random)
    {
        var lines = new List<string>();
        while (label.Length > 18)
        {
            var cut = random.Next(8, 17);
            lines.Add(label[..cut]);
            label = label[cut..];
        }

        lines.Add(label);
        var at = flavour == TextFlavour.Aligned && lines.Count > 1 ? random.Next(1, lines.Count) : lines.Count - 1;
        var between = flavour == TextFlavour.Aligned ? "      " : " ";
        for (var line = 0; line < lines.Count; line++)
            text.Append(lines[line]).Append(line == at && numbers.Count > 0 ? between + string.Join(between, numbers) : "").Append('\n');
        if (flavour == TextFlavour.Aligned && random.Next(12) == 0)
            text.Append(CultureInfo.InvariantCulture, $"- {random.Next(1, 9)} -\n");
    }

    private static string Flat(string cell) => cell.Replace("\n", "", StringComparison.Ordinal);
}
