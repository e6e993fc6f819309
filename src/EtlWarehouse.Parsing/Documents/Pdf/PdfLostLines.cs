using System.Text;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Documents.Pdf;

/// <summary>
/// Puts back what the pages print and the structure tree lacks: tools that read the tree leave out elements of kinds
/// they do not know, such as headings in bold.
/// </summary>
internal static class PdfLostLines
{
    /// <summary>How far ahead the next line of a page is looked for in the tree, in characters: longer than any paragraph or header row.</summary>
    private const int Reach = 2000;

    /// <param name="tagged">The document by its tags.</param>
    /// <param name="drawn">The same document as its pages draw it.</param>
    public static IReadOnlyList<Block> Insert(IReadOnlyList<Block> tagged, IReadOnlyList<Block> drawn)
    {
        var (words, ends) = Words(tagged);
        var lost = new List<(int Before, LineBlock Line)>();
        var cursor = 0;
        foreach (var line in drawn.OfType<LineBlock>())
        {
            var text = CharacterFolding.FoldWithoutBlanks(line.Text);
            var at = text.Length == 0 ? cursor : words.IndexOf(text, cursor, Math.Min(Reach, words.Length - cursor), StringComparison.Ordinal);
            if (at >= 0)
                cursor = at + text.Length;
            else if (IsLost(line.Text, words))
                lost.Add((cursor == 0 ? 0 : ends.FindIndex(end => end >= cursor) + 1, line));
        }

        var all = tagged.ToList();
        foreach (var (before, line) in lost.AsEnumerable().Reverse())
            all.Insert(Math.Min(before, all.Count), line);
        return all;
    }

    // A line through cells that wrap is in no tree as one text, but its words are; and a number by itself is a value.
    private static bool IsLost(string line, string words) =>
        line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).All(word =>
            PrintedNumber.Read(word).Kind == PrintedKind.Text && !words.Contains(CharacterFolding.FoldWithoutBlanks(word), StringComparison.Ordinal));

    private static (string Words, List<int> Ends) Words(IReadOnlyList<Block> blocks)
    {
        var words = new StringBuilder();
        var ends = new List<int>();
        foreach (var block in blocks)
        {
            if (block is LineBlock line)
                words.Append(CharacterFolding.FoldWithoutBlanks(line.Text));
            else if (block is TableBlock table)
                words.AppendJoin("", table.Grid.Rows.SelectMany(row => row).Select(cell => CharacterFolding.FoldWithoutBlanks(cell.Text)));
            ends.Add(words.Length);
        }

        return (words.ToString(), ends);
    }
}
