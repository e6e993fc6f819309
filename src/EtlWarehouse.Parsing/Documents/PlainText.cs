namespace EtlWarehouse.Parsing.Documents;

/// <summary>Plain text: lines as they stand, numbered as an editor numbers them.</summary>
internal static class PlainText
{
    public static DocumentContent Read(string text, string charset, IReadOnlyList<Finding> findings)
    {
        var blocks = new List<Block>();
        var number = 0;
        // A form feed is where pdftotext ends a page; it is no line of its own.
        foreach (var line in text.Replace("\f", "", StringComparison.Ordinal).Split('\n'))
        {
            number++;
            blocks.Add(new LineBlock(line.TrimEnd('\r'), $"line[{number}]"));
        }

        return new DocumentContent("text/plain", charset, blocks, null, new Dictionary<string, string>(), findings, EndsAbruptly: text[^1] != '\n');
    }
}
