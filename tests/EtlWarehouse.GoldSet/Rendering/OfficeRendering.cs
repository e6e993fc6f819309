using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using EtlWarehouse.GoldSet.Composition;

namespace EtlWarehouse.GoldSet.Rendering;

/// <summary>Office Open XML: a text document or a workbook with the least that programs open.</summary>
public static class OfficeRendering
{
    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    private const string Package = "http://schemas.openxmlformats.org/package/2006";

    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    // The time in an archive is part of its bytes.
    private static readonly DateTimeOffset Written = new(2025, 1, 20, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A part of the package that mutations change: <c>word/document.xml</c> or <c>xl/worksheets/sheet1.xml</c>.</summary>
    public static string MainPart(bool isWord) => isWord ? "word/document.xml" : "xl/worksheets/sheet1.xml";

    public static string WordXml(GoldDocument document)
    {
        var xml = new StringBuilder(Head + "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>");
        foreach (var block in document.Blocks)
        {
            if (block is GoldParagraph paragraph)
                Paragraph(xml, paragraph.Text, isSplit: false);
            else
                Table(xml, (GoldTable)block, document.Layout.Name == "pasted");
        }

        return xml.Append("</w:body></w:document>").ToString();
    }

    public static string SheetXml(GoldDocument document)
    {
        var xml = new StringBuilder(Head + "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
        var merged = new List<string>();
        var line = 0;
        foreach (var block in document.Blocks)
        {
            if (block is GoldParagraph paragraph)
            {
                line++;
                xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{line}\"><c r=\"A{line}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{WebUtility.HtmlEncode(paragraph.Text)}</t></is></c></row>");
                merged.Add(string.Create(CultureInfo.InvariantCulture, $"A{line}:O{line}"));
                continue;
            }

            var table = (GoldTable)block;
            foreach (var row in TableSlots.Of(table))
            {
                line++;
                xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{line}\">");
                foreach (var slot in row.Where(slot => !slot.IsContinued))
                {
                    var (cell, name) = (slot.Cell, Column(slot.Column) + line.ToString(CultureInfo.InvariantCulture));
                    var isNumber = cell.Role == CellRole.Value && decimal.TryParse(cell.Text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) && cell.Text[0] != '+';
                    // A table has borders, so that a sheet states its empty cells too.
                    if (cell.Text.Length == 0)
                        xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{name}\"></c>");
                    else
                        xml.Append(isNumber ? $"<c r=\"{name}\"><v>{cell.Text}</v></c>" : $"<c r=\"{name}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{WebUtility.HtmlEncode(cell.Text)}</t></is></c>");
                    if (cell.Columns > 1 || cell.Rows > 1)
                        merged.Add(name + ":" + Column(slot.Column + cell.Columns - 1) + (line + cell.Rows - 1).ToString(CultureInfo.InvariantCulture));
                }

                xml.Append("</row>");
            }
        }

        xml.Append(CultureInfo.InvariantCulture, $"</sheetData><mergeCells count=\"{merged.Count}\">");
        foreach (var range in merged)
            xml.Append(CultureInfo.InvariantCulture, $"<mergeCell ref=\"{range}\"/>");
        return xml.Append("</mergeCells></worksheet>").ToString();
    }

    /// <summary>The whole file around its main part.</summary>
    public static byte[] Pack(string mainPart, bool isWord)
    {
        var main = isWord ? "wordprocessingml.document" : "spreadsheetml.sheet";
        var start = isWord ? "word/document.xml" : "xl/workbook.xml";
        var parts = new List<(string Name, string Content)>
        {
            ("[Content_Types].xml", Head + $"<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                + $"<Override PartName=\"/{start}\" ContentType=\"application/vnd.openxmlformats-officedocument.{main}.main+xml\"/>"
                + (isWord ? "" : "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>") + "</Types>"),
            ("_rels/.rels", Head + $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"{start}\"/></Relationships>"),
        };
        if (!isWord)
        {
            parts.Add(("xl/workbook.xml", Head + $"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{Relations}\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"));
            parts.Add(("xl/_rels/workbook.xml.rels", Head + $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"));
        }

        parts.Add((MainPart(isWord), mainPart));
        return Zip(parts.Select(part => (part.Name, Encoding.UTF8.GetBytes(part.Content))));
    }

    public static byte[] Zip(IEnumerable<(string Name, byte[] Content)> files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
                entry.LastWriteTime = Written;
                using var target = entry.Open();
                target.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static void Table(StringBuilder xml, GoldTable table, bool isSplit)
    {
        var rows = TableSlots.Of(table);
        xml.Append("<w:tbl><w:tblPr/><w:tblGrid>").Insert(xml.Length, "<w:gridCol w:w=\"900\"/>", TableSlots.Width(rows)).Append("</w:tblGrid>");
        foreach (var row in rows)
        {
            xml.Append("<w:tr>");
            foreach (var slot in row)
            {
                var merge = slot.IsContinued ? "<w:vMerge/>" : slot.Cell.Rows > 1 ? "<w:vMerge w:val=\"restart\"/>" : "";
                xml.Append(CultureInfo.InvariantCulture, $"<w:tc><w:tcPr>{(slot.Cell.Columns > 1 ? $"<w:gridSpan w:val=\"{slot.Cell.Columns}\"/>" : "")}{merge}</w:tcPr>");
                Paragraph(xml, slot.IsContinued ? "" : slot.Cell.Text, isSplit && slot.Cell.Role == CellRole.Value);
                xml.Append("</w:tc>");
            }

            xml.Append("</w:tr>");
        }

        xml.Append("</w:tbl>");
    }

    private static void Paragraph(StringBuilder xml, string text, bool isSplit)
    {
        xml.Append("<w:p>");
        foreach (var (line, index) in text.Split('\n').Select((line, index) => (line, index)))
        {
            if (index > 0)
                xml.Append("<w:r><w:br/></w:r>");
            // Corrected by hand, a number stands in several runs.
            foreach (var run in isSplit ? line.Select(letter => letter.ToString()) : [line])
                xml.Append("<w:r><w:t xml:space=\"preserve\">").Append(WebUtility.HtmlEncode(run)).Append("</w:t></w:r>");
        }

        xml.Append("</w:p>");
    }

    private static string Column(int index) => ((char)('A' + index)).ToString();
}
