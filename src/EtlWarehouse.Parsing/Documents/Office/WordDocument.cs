using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Xml;

namespace EtlWarehouse.Parsing.Documents.Office;

/// <summary>A .docx: paragraphs as lines, tables with their spans. Tables that hold tables are layout and dissolve.</summary>
internal sealed class WordDocument
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const int DeepestNesting = 400;

    /// <summary>Paragraphs, rows and cells; reports of whole cities have a few thousand.</summary>
    private const int MostPieces = 100_000;

    /// <summary>What a reader of the page does not see: deleted and moved text, and the old way to say the same again.</summary>
    private static readonly FrozenSet<string> Silent = new[] { "del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "sectPr" }.ToFrozenSet();

    private readonly XmlReader xml;
    private readonly List<Block> blocks = [];
    private int tables;
    private int pieces;

    private WordDocument(XmlReader xml) => this.xml = xml;

    public static DocumentContent Read(ZipContainer container, System.IO.Compression.ZipArchiveEntry main)
    {
        using var stream = new MemoryStream(container.Read(main), writable: false);
        using var xml = OfficeXml.Open(stream);
        var document = new WordDocument(xml);
        try
        {
            if (xml.MoveToContent() == XmlNodeType.Element)
                document.Lay(document.Content());
        }
        catch (XmlException exception)
        {
            throw OfficeXml.Damaged(exception);
        }

        return new DocumentContent(MediaType, null, document.blocks, null, new Dictionary<string, string>(), []);
    }

    /// <summary>The paragraphs and tables below the current element; ends on its end.</summary>
    private List<object> Content()
    {
        var content = new List<object>();
        foreach (var name in Children())
        {
            if (name == "p")
                Paragraph(content);
            else if (name == "tbl")
                content.Add(Table());
            else
                content.AddRange(Content());
        }

        return content;
    }

    /// <summary>Adds the paragraph's text, then what stands in its text boxes.</summary>
    private void Paragraph(List<object> content)
    {
        var text = new StringBuilder();
        var boxes = new List<object>();
        Runs(text, boxes);
        content.Add(text.ToString());
        content.AddRange(boxes);
    }

    private void Runs(StringBuilder text, List<object> boxes)
    {
        foreach (var name in Children())
        {
            switch (name)
            {
                case "t":
                    text.Append(Text());
                    break;
                case "tab" or "ptab":
                    text.Append('\t');
                    break;
                case "br" or "cr":
                    text.Append('\n');
                    break;
                case "noBreakHyphen":
                    text.Append('-');
                    break;
                case "sym":
                    // A character of a picture font: nothing says what it looks like.
                    text.Append('\uFFFD');
                    break;
                case "txbxContent":
                    boxes.AddRange(Content());
                    break;
                default:
                    Runs(text, boxes);
                    break;
            }
        }
    }

    private string Text()
    {
        var text = new StringBuilder();
        _ = Children(text).Count();
        return text.ToString();
    }

    private WordTable Table()
    {
        var table = new WordTable(++tables);
        foreach (var name in Children())
            Rows(name, table);
        return table;
    }

    private void Rows(string name, WordTable table)
    {
        if (name is "tblPr" or "tblGrid")
            return;
        if (name == "tr")
            table.StartRow();
        if (name == "tc")
        {
            Cell(table);
            return;
        }

        foreach (var child in Children())
        {
            if (child == "trPr")
            {
                foreach (var property in Children())
                {
                    if (property == "gridBefore")
                        table.Skip(Number("val"));
                }
            }
            else
            {
                Rows(child, table);
            }
        }
    }

    private void Cell(WordTable table)
    {
        var (across, merge) = (1, WordMerge.None);
        var content = new List<object>();
        foreach (var child in Children())
        {
            if (child == "tcPr")
            {
                foreach (var property in Children())
                {
                    if (property == "gridSpan")
                        across = Number("val");
                    else if (property == "vMerge")
                        merge = xml.GetAttribute("val", xml.NamespaceURI) == "restart" ? WordMerge.Starts : WordMerge.GoesOn;
                }
            }
            else if (child == "p")
            {
                Paragraph(content);
            }
            else if (child == "tbl")
            {
                content.Add(Table());
            }
            else
            {
                content.AddRange(Content());
            }
        }

        table.Add(content, across, merge);
    }

    private int Number(string attribute) =>
        int.TryParse(xml.GetAttribute(attribute, xml.NamespaceURI), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 0, 1000) : 1;

    /// <summary>
    /// Goes over the child elements of the current element: at each step the reader stands on one, which the caller may
    /// read to its end or leave. Text between them goes to <paramref name="text"/>.
    /// </summary>
    private IEnumerable<string> Children(StringBuilder? text = null)
    {
        if (xml.IsEmptyElement)
            yield break;
        var depth = xml.Depth;
        if (depth > DeepestNesting)
            throw new DocumentRefusedException("document.too_deep", $"expected at most {DeepestNesting} nested elements, found more");
        xml.Read();
        while (!xml.EOF && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA)
                    text?.Append(xml.Value);
                xml.Read();
            }
            else if (Silent.Contains(xml.LocalName))
            {
                xml.Skip();
            }
            else
            {
                if (xml.LocalName is "p" or "tr" or "tc" && ++pieces > MostPieces)
                    throw new DocumentRefusedException("document.too_large", $"expected at most {MostPieces} paragraphs, rows and cells, found more");
                yield return xml.LocalName;
                // The caller left it unread, or read up to its end.
                if (xml.NodeType == XmlNodeType.Element)
                    xml.Skip();
                else
                    xml.Read();
            }
        }
    }

    private void Lay(IEnumerable<object> content)
    {
        foreach (var piece in content)
        {
            if (piece is string text)
            {
                foreach (var line in text.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)))
                    blocks.Add(new LineBlock(line, string.Create(CultureInfo.InvariantCulture, $"block[{blocks.Count + 1}]")));
            }
            else if (piece is WordTable { HoldsTables: true } layout)
            {
                Lay(layout.Contents());
            }
            else if (piece is WordTable table)
            {
                blocks.Add(new TableBlock(table.Grid()));
            }
        }
    }
}
