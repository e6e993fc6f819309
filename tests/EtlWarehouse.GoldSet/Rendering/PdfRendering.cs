using System.Globalization;
using System.Text;
using EtlWarehouse.GoldSet.Composition;

namespace EtlWarehouse.GoldSet.Rendering;

public enum PdfBorders
{
    /// <summary>Lines are drawn around the cells.</summary>
    Strokes,

    /// <summary>Thin filled rectangles around the cells.</summary>
    Fills,

    /// <summary>None; the tags name tables, rows and cells.</summary>
    Tags,

    /// <summary>None, and no tags.</summary>
    None,
}

/// <summary>
/// A PDF as a word processor prints it: A4, tables over the whole width, rows that break over pages. The font is named
/// and not embedded; what each character means stands in the file.
/// </summary>
public sealed class PdfRendering
{
    private const float Width = 595, Height = 842, Margin = 40, Size = 8, Leading = 10, Padding = 3;

    private readonly PdfBorders borders;
    private readonly List<StringBuilder> pages = [];
    private readonly List<StructureNode> nodes = [];
    private readonly StructureNode tree = new("Document");
    private readonly List<int> marks = [];
    private float y;

    private PdfRendering(PdfBorders borders) => this.borders = borders;

    public static byte[] Render(GoldDocument document, PdfBorders borders)
    {
        var pdf = new PdfRendering(borders);
        pdf.NewPage();
        foreach (var block in document.Blocks)
        {
            if (block is GoldParagraph paragraph)
                pdf.Paragraph(paragraph);
            else
                pdf.Table((GoldTable)block);
        }

        return pdf.Write();
    }

    private void NewPage()
    {
        pages.Add(new StringBuilder());
        marks.Add(0);
        y = Height - Margin;
        if (pages.Count > 1)
            Line(string.Create(CultureInfo.InvariantCulture, $"- {pages.Count} -"), (Width / 2) - 10, 24);
    }

    private void Paragraph(GoldParagraph paragraph)
    {
        var node = tree.Add("P");
        foreach (var line in Wrap(paragraph.Text, Width - (2 * Margin)))
        {
            if (y < Margin + Leading)
                NewPage();
            y -= Leading + 2;
            Line(line, Margin, y, node);
        }

        y -= 4;
    }

    private void Table(GoldTable table)
    {
        var rows = TableSlots.Of(table);
        var widths = Widths(rows);
        var edges = new float[widths.Length + 1];
        edges[0] = Margin;
        for (var column = 0; column < widths.Length; column++)
            edges[column + 1] = edges[column] + widths[column];
        var heights = Heights(rows, edges);
        var node = tree.Add("Table");
        for (var first = 0; first < rows.Count;)
        {
            // As many rows as fit on the rest of the page.
            var (next, used) = (first, 0f);
            while (next < rows.Count && (used + heights[next] <= y - Margin || (next == first && y > Height - Margin - 1)))
                used += heights[next++];
            if (next == first)
            {
                NewPage();
                continue;
            }

            Part(rows, edges, heights, first, next, node);
            first = next;
            if (next < rows.Count)
                NewPage();
        }

        y -= 8;
    }

    private void Part(List<List<Slot>> rows, float[] edges, float[] heights, int first, int next, StructureNode table)
    {
        var top = y;
        for (var row = first; row < next; row++)
        {
            var line = table.Add("TR");
            foreach (var slot in rows[row].Where(slot => !slot.IsContinued || row == first))
            {
                // What reaches down from the page before is an empty cell here.
                var start = slot.IsContinued ? rows.FindIndex(other => other.Exists(cell => cell.Cell == slot.Cell && !cell.IsContinued)) : row;
                var end = Math.Min(next, start + slot.Cell.Rows);
                var (left, right) = (edges[slot.Column], edges[slot.Column + slot.Cell.Columns]);
                var bottom = top - heights.Skip(row).Take(end - row).Sum();
                Border(left, bottom, right, top);
                if (slot.IsContinued)
                    continue;
                var cell = line.Add("TD", slot.Cell.Columns, slot.Cell.Rows);
                var lines = Wrap(slot.Cell.Text, right - left - (2 * Padding));
                var at = ((top + bottom) / 2) + (lines.Count * Leading / 2) - Size;
                foreach (var text in lines)
                {
                    Line(text, slot.Cell.Role == CellRole.Value ? ((left + right) / 2) - (Length(text) / 2) : left + Padding, at, cell);
                    at -= Leading;
                }
            }

            top -= heights[row];
        }

        y = top;
    }

    private void Border(float left, float bottom, float right, float top)
    {
        var page = pages[^1];
        if (borders == PdfBorders.Strokes)
        {
            page.Append(CultureInfo.InvariantCulture, $"0.5 w {left:0.##} {bottom:0.##} {right - left:0.##} {top - bottom:0.##} re S\n");
        }
        else if (borders == PdfBorders.Fills)
        {
            foreach (var (x, low, wide, high) in new[] { (left, bottom, right - left, .5f), (left, top, right - left, .5f), (left, bottom, .5f, top - bottom), (right, bottom, .5f, top - bottom) })
                page.Append(CultureInfo.InvariantCulture, $"{x:0.##} {low:0.##} {wide:0.##} {high:0.##} re f\n");
        }
    }

    private void Line(string text, float x, float baseline, StructureNode? node = null)
    {
        if (text.Length == 0)
            return;
        var page = pages[^1];
        if (node is not null && borders == PdfBorders.Tags)
        {
            page.Append(CultureInfo.InvariantCulture, $"/{node.Name} <</MCID {marks[^1]}>> BDC\n");
            node.Marks.Add((pages.Count - 1, marks[^1]++));
        }

        page.Append(CultureInfo.InvariantCulture, $"BT /F1 {Size} Tf {x:0.##} {baseline:0.##} Td <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}> Tj ET\n");
        if (node is not null && borders == PdfBorders.Tags)
            page.Append("EMC\n");
    }

    private static float[] Widths(List<List<Slot>> rows)
    {
        var weights = new float[TableSlots.Width(rows)];
        Array.Fill(weights, 3);
        foreach (var slot in rows.SelectMany(row => row).Where(slot => !slot.IsContinued))
        {
            var wanted = slot.Cell.Role == CellRole.Value ? 3 + (Length(slot.Cell.Text) / Size) : Math.Min(6, 2 + (Length(slot.Cell.Text) / Size));
            for (var column = slot.Column; column < slot.Column + slot.Cell.Columns; column++)
                weights[column] = Math.Max(weights[column], wanted / slot.Cell.Columns);
        }

        var total = weights.Sum();
        return [.. weights.Select(weight => weight / total * (Width - (2 * Margin)))];
    }

    private static float[] Heights(List<List<Slot>> rows, float[] edges)
    {
        var heights = new float[rows.Count];
        for (var row = 0; row < rows.Count; row++)
            heights[row] = rows[row].Where(slot => slot.Cell.Rows == 1).Select(Needed).DefaultIfEmpty(Leading + (2 * Padding)).Max();
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var slot in rows[row].Where(slot => slot.Cell.Rows > 1 && !slot.IsContinued))
            {
                var last = Math.Min(rows.Count, row + slot.Cell.Rows) - 1;
                heights[last] += Math.Max(0, Needed(slot) - heights[row..(last + 1)].Sum());
            }
        }

        return heights;

        float Needed(Slot slot) => (Wrap(slot.Cell.Text, edges[slot.Column + slot.Cell.Columns] - edges[slot.Column] - (2 * Padding)).Count * Leading) + (2 * Padding);
    }

    private static List<string> Wrap(string text, float width)
    {
        var lines = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            var start = 0;
            for (var end = 1; end <= line.Length; end++)
            {
                // A number is never broken.
                if (end < line.Length && (Length(line[start..(end + 1)]) <= width || (IsNumeric(line[end]) && IsNumeric(line[end - 1]))))
                    continue;
                lines.Add(line[start..end]);
                start = end;
            }
        }

        return lines.Count == 0 ? [""] : lines;
    }

    private static bool IsNumeric(char letter) => char.IsDigit(letter) || letter is '.' or ',' or '+' or '-';

    private static float Length(string text) => text.Sum(letter => letter < 0x2000 ? Size / 2 : Size);

    private byte[] Write()
    {
        // 1 catalog, 2 pages, 3 to 6 the font, then pages with their contents, then the structure.
        var count = 6 + (2 * pages.Count);
        var objects = new List<string>
        {
            $"<</Type/Catalog/Pages 2 0 R{(borders == PdfBorders.Tags ? $"/MarkInfo<</Marked true>>/StructTreeRoot {count + 1} 0 R" : "")}>>",
            $"<</Type/Pages/Count {pages.Count}/Kids[{string.Join(' ', pages.Select((_, page) => $"{7 + (2 * page)} 0 R"))}]>>",
            "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R/DW 1000/W[32[" + string.Join(' ', Enumerable.Repeat("500", 96)) + "]]>>",
            "<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>",
            Stream("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Same def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"),
        };
        for (var page = 0; page < pages.Count; page++)
        {
            objects.Add($"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {Width} {Height}]/Resources<</Font<</F1 3 0 R>>>>/Contents {8 + (2 * page)} 0 R/StructParents {page}>>");
            objects.Add(Stream(pages[page].ToString()));
        }

        if (borders == PdfBorders.Tags)
            Structure(objects, count + 1);
        var file = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        foreach (var (content, number) in objects.Select((content, index) => (content, index + 1)))
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{content}\nendobj\n");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            file.Append(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {objects.Count + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static string Stream(string content) => $"<</Length {content.Length}>>\nstream\n{content}\nendstream";

    private void Structure(List<string> objects, int root)
    {
        tree.Number(root + 1, nodes);
        objects.Add($"<</Type/StructTreeRoot/K {root + 1} 0 R/ParentTree {root + 1 + nodes.Count} 0 R>>");
        foreach (var node in nodes)
        {
            var kids = node.Kids.Select(kid => $"{kid.Object} 0 R").Concat(node.Marks.Select(mark => $"<</Type/MCR/Pg {7 + (2 * mark.Page)} 0 R/MCID {mark.Id}>>"));
            var spans = node.Columns > 1 || node.Rows > 1 ? $"/A<</O/Table/ColSpan {node.Columns}/RowSpan {node.Rows}>>" : "";
            objects.Add($"<</Type/StructElem/S/{node.Name}/P {(node == tree ? root : nodes.Find(parent => parent.Kids.Contains(node))!.Object)} 0 R/K[{string.Join(' ', kids)}]{spans}>>");
        }

        var pagesOf = Enumerable.Range(0, pages.Count).Select(page => $"{page}[" + string.Join(' ', nodes
            .SelectMany(node => node.Marks.Where(mark => mark.Page == page).Select(mark => (mark.Id, node.Object))).OrderBy(mark => mark.Id).Select(mark => $"{mark.Object} 0 R")) + "]");
        objects.Add($"<</Nums[{string.Join(' ', pagesOf)}]>>");
    }

    private sealed class StructureNode(string name, int columns = 1, int rows = 1)
    {
        public string Name { get; } = name;

        public int Columns { get; } = columns;

        public int Rows { get; } = rows;

        public int Object { get; private set; }

        public List<StructureNode> Kids { get; } = [];

        public List<(int Page, int Id)> Marks { get; } = [];

        public StructureNode Add(string kid, int columns = 1, int rows = 1)
        {
            Kids.Add(new StructureNode(kid, columns, rows));
            return Kids[^1];
        }

        public int Number(int next, List<StructureNode> all)
        {
            Object = next++;
            all.Add(this);
            foreach (var kid in Kids)
                next = kid.Number(next, all);
            return next;
        }
    }
}
