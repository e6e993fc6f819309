using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using EtlWarehouse.Parsing.Tables;

namespace EtlWarehouse.Parsing.Documents.Pdf;

/// <summary>Reads the tables of a tagged PDF from its structure tree, for documents that print tables without borders.</summary>
/// <remarks>The tree comes as indented text: an element a line, its attributes and texts below it.</remarks>
internal sealed class PdfTags
{
    private const int LeastRows = 8;

    private const int DeepestNesting = 200;

    private const long MostOutput = 16L << 20;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    private static readonly FrozenSet<string> Blocks = new[]
    {
        "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Title", "Caption", "LI", "Div", "Sect", "Art", "Part", "Document", "Table",
    }.ToFrozenSet();

    private readonly List<(int Indent, string Name)> open = [];
    private readonly List<Block> blocks = [];
    private readonly StringBuilder text = new();
    private TableGridBuilder? table;
    private int tables;
    private int rows;
    private bool isNested;
    private (int Rows, int Columns) span = (1, 1);

    /// <summary>The document by its tags; null where it has none or they tell of no tables.</summary>
    public static IReadOnlyList<Block>? Read(ExternalTool tool)
    {
        var tags = new PdfTags();
        var (_, complaint) = tool.Run("pdfinfo", "poppler-utils", ["-struct-text", tool.Input], TimeLimit, MostOutput, output =>
        {
            using var lines = new StreamReader(output, Encoding.UTF8);
            while (lines.ReadLine() is { } line)
                tags.Line(line);
            tags.CloseDownTo(0);
            return true;
        });
        return complaint is null && !tags.isNested && tags.rows >= LeastRows ? tags.blocks : null;
    }

    private void Line(string line)
    {
        var indent = line.Length - line.AsSpan().TrimStart(' ').Length;
        var content = line.AsSpan(indent).TrimEnd();
        if (content.IsEmpty)
            return;
        if (content[0] == '"')
            text.Append(content[^1] == '"' && content.Length > 1 ? content[1..^1] : content[1..]);
        else if (content[0] == '/')
            Attribute(content);
        else if (char.IsAsciiLetterUpper(content[0]))
            Element(indent, content[..(content.IndexOfAny(" :(") is var end and >= 0 ? end : content.Length)].ToString());
    }

    private void Attribute(ReadOnlySpan<char> content)
    {
        var value = content.LastIndexOf(' ') is var at and >= 0
            && int.TryParse(content[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        if (content.StartsWith("/RowSpan "))
            span.Rows = value;
        else if (content.StartsWith("/ColSpan "))
            span.Columns = value;
    }

    private void Element(int indent, string name)
    {
        CloseDownTo(indent);
        if (name == "Object")
            return;
        if (Blocks.Contains(name) || !open.Exists(element => element.Name == "P"))
            EndText();
        if (open.Count == DeepestNesting)
            throw new DocumentRefusedException("document.too_deep", $"expected at most {DeepestNesting} nested tags, found more");
        open.Add((indent, name));
        switch (name)
        {
            case "Table":
                isNested |= table is not null;
                table = new TableGridBuilder(++tables);
                break;
            case "TR":
                table?.StartRow();
                rows++;
                break;
            case "TD" or "TH":
                text.Clear();
                span = (1, 1);
                break;
        }
    }

    private void CloseDownTo(int indent)
    {
        while (open.Count > 0 && open[^1].Indent >= indent)
        {
            var name = open[^1].Name;
            open.RemoveAt(open.Count - 1);
            if (name is "TD" or "TH")
            {
                table?.Add(text.ToString().Trim(), span.Rows, span.Columns);
                text.Clear();
            }
            else if (name == "Table" && table is not null)
            {
                blocks.Add(new TableBlock(table.Build()));
                table = null;
            }
            else if (Blocks.Contains(name))
            {
                EndText();
            }
        }
    }

    private void EndText()
    {
        // Within a cell a paragraph ends a line; outside it makes one.
        if (table is not null)
        {
            if (text.Length > 0 && text[^1] != '\n')
                text.Append('\n');
            return;
        }

        if (!string.IsNullOrWhiteSpace(text.ToString()))
            blocks.Add(new LineBlock(text.ToString().Trim(), string.Create(CultureInfo.InvariantCulture, $"block[{blocks.Count + 1}]")));
        text.Clear();
    }
}
