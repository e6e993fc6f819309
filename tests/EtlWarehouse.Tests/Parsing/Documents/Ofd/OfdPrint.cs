using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Tables;

namespace EtlWarehouse.Tests.Parsing.Documents.Ofd;

/// <summary>How a program writes what it prints; each of these is found.</summary>
internal enum OfdText
{
    /// <summary>Each character is an object at a place of its own.</summary>
    Objects,

    /// <summary>A line is an object that lists each distance.</summary>
    Distances,

    /// <summary>Equal distances are counted, narrow labels run down.</summary>
    Runs,
}

/// <param name="Fills">Rulings are thin areas instead of lines.</param>
/// <param name="Templates">Rulings stand in a template of their page.</param>
/// <param name="Scaled">Objects count in tenths of millimetres and say so by their matrix.</param>
internal sealed record OfdStyle(OfdText Text, bool Fills = false, bool Templates = false, bool Scaled = false);

/// <summary>Prints lines and tables as a document of GB/T 33190: A4, tables over as many pages as they need.</summary>
internal sealed class OfdPrint
{
    private const string Space = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    private const double Size = 3.2;
    private const double Margin = 15;
    private const double Width = 180;
    private const double Bottom = 280;
    private const double LineHeight = 4.2;

    private readonly OfdStyle style;
    private readonly List<(StringBuilder Text, StringBuilder Rulings)> pages = [];
    private double top = double.MaxValue;

    private OfdPrint(OfdStyle style) => this.style = style;

    public static byte[] Write(IEnumerable<Block> blocks, OfdStyle style)
    {
        var print = new OfdPrint(style);
        foreach (var block in blocks)
        {
            if (block is LineBlock line)
                print.Paragraph(line);
            else if (block is TableBlock table)
                print.Table(table.Grid);
        }

        return print.Package();
    }

    /// <summary>A package of one page with the given elements as its content.</summary>
    public static (string Name, string Content)[] OnePage(string content) =>
    [
        ("OFD.xml", $"<ofd:OFD {Space} DocType=\"OFD\" Version=\"1.1\"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"),
        ("Doc_0/Document.xml", $"<ofd:Document {Space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/></ofd:Pages></ofd:Document>"),
        ("Doc_0/Pages/Page_0/Content.xml", Page(content)),
    ];

    public static byte[] Zip(IEnumerable<(string Name, string Content)> parts) => Zip(parts.Select(part => (part.Name, Encoding.UTF8.GetBytes(part.Content))));

    public static byte[] Zip(IEnumerable<(string Name, byte[] Content)> parts)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static string Page(string content, string before = "") =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ofd:Page {Space}>{before}<ofd:Content><ofd:Layer ID=\"9\" Type=\"Body\">{content}</ofd:Layer></ofd:Content></ofd:Page>";

    private byte[] Package()
    {
        var parts = OnePage("").ToList();
        var (index, templates) = (new StringBuilder(), new StringBuilder());
        parts.RemoveAt(2);
        for (var page = 0; page < pages.Count; page++)
        {
            var (text, rulings) = pages[page];
            index.Append(CultureInfo.InvariantCulture, $"<ofd:Page ID=\"{page + 1}\" BaseLoc=\"Pages/Page_{page}/Content.xml\"/>");
            if (style.Templates)
            {
                templates.Append(CultureInfo.InvariantCulture, $"<ofd:TemplatePage ID=\"{page + 1000}\" BaseLoc=\"Tpls/Tpl_{page}/Content.xml\"/>");
                parts.Add(($"Doc_0/Tpls/Tpl_{page}/Content.xml", Page(rulings.ToString())));
                parts.Add(($"Doc_0/Pages/Page_{page}/Content.xml", Page(text.ToString(), $"<ofd:Template TemplateID=\"{page + 1000}\" ZOrder=\"Background\"/>")));
            }
            else
            {
                parts.Add(($"Doc_0/Pages/Page_{page}/Content.xml", Page($"{rulings}{text}")));
            }
        }

        parts[1] = (parts[1].Name, parts[1].Content
            .Replace("<ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/>", index.ToString(), StringComparison.Ordinal)
            .Replace("</ofd:CommonData>", $"{templates}</ofd:CommonData>", StringComparison.Ordinal));
        return Zip(parts);
    }

    private void Paragraph(LineBlock line)
    {
        foreach (var piece in Wrap(line.Text, Width))
        {
            Need(LineHeight * 1.5);
            Line(piece, Margin, top + Size);
            top += LineHeight * 1.5;
        }
    }

    private void Need(double height)
    {
        if (top + height <= Bottom)
            return;
        pages.Add((new StringBuilder(), new StringBuilder()));
        top = Margin;
        Line(FormattableString.Invariant($"- {pages.Count} -"), 100, 290);
    }

    private void Table(TableGrid grid)
    {
        var cells = grid.Rows.SelectMany(row => row).ToList();
        var columns = cells.Max(cell => cell.Column + cell.ColumnSpan);
        var rows = grid.Rows.Count;
        double X(int column) => Margin + (Width * column / columns);
        double High(GridCell cell) => (Wrap(cell.Text, (Width * cell.ColumnSpan / columns) - 1).Count * LineHeight) + 2;
        var heights = Enumerable.Range(0, rows).Select(row => grid.Rows[row].Where(cell => cell.RowSpan == 1).Select(High).DefaultIfEmpty(LineHeight + 2).Max()).ToArray();
        foreach (var cell in cells.Where(cell => cell.RowSpan > 1))
        {
            var last = Math.Min(rows, cell.Row + cell.RowSpan) - 1;
            heights[last] += Math.Max(0, High(cell) - heights[cell.Row..(last + 1)].Sum());
        }

        for (var from = 0; from < rows;)
        {
            Need(heights[from]);
            var to = from + 1;
            while (to < rows && top + heights[from..(to + 1)].Sum() <= Bottom)
                to++;
            foreach (var cell in cells.Where(cell => cell.Row < to && cell.Row + cell.RowSpan > from))
            {
                var (first, end) = (Math.Max(cell.Row, from), Math.Min(Math.Min(rows, cell.Row + cell.RowSpan), to));
                var above = top + heights[from..first].Sum();
                var below = above + heights[first..end].Sum();
                Frame(X(cell.Column), above, X(cell.Column + cell.ColumnSpan), below);
                if (cell.Row >= from)
                    Cell(cell, X(cell.Column) + 0.5, X(cell.Column + cell.ColumnSpan) - 0.5, above + 1, below - 1);
            }

            top += heights[from..to].Sum();
            from = to;
            if (from < rows)
                top = double.MaxValue;
        }

        top += LineHeight;
    }

    private void Cell(GridCell cell, double left, double right, double above, double below)
    {
        var text = cell.Text.ReplaceLineEndings("").Trim();
        if (style.Text == OfdText.Runs && cell.RowSpan > 1 && text.Length > 1 && text.Length * LineHeight < below - above && !text.Any(char.IsAscii))
        {
            var steps = FormattableString.Invariant($" DeltaY=\"g {text.Length - 1} {Number(LineHeight)}\"");
            Object(pages[^1].Text, "TextObject", (left + right - Size) / 2, above, Size, below - above, $" Font=\"1\" Size=\"{Number(Size)}\"",
                $"<ofd:TextCode X=\"0\" Y=\"{Number(Size)}\"{steps}>{text}</ofd:TextCode>");
            return;
        }

        var lines = Wrap(text, right - left);
        for (var line = 0; line < lines.Count; line++)
            Line(lines[line], left + ((right - left - Advance(lines[line])) / 2), above + (line * LineHeight) + Size);
    }

    private static List<string> Wrap(string text, double width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var character in text.ReplaceLineEndings("").Trim())
        {
            if (line.Length > 0 && Advance(line + character) > width)
            {
                lines.Add(line);
                line = "";
            }

            line += character;
        }

        lines.Add(line);
        return lines;
    }

    private static double Advance(string text) => text.Sum(Advance);

    private static double Advance(char character) => character < 0x2E80 ? Size / 2 : Size;

    private void Line(string text, double x, double baseline)
    {
        if (style.Text == OfdText.Objects)
        {
            foreach (var character in text)
            {
                if (character != ' ')
                    TextObject(character.ToString(), "", x, baseline, Advance(character));
                x += Advance(character);
            }

            return;
        }

        var steps = text.SkipLast(1).Select(Advance).ToList();
        var delta = string.Join(' ', steps.Select(Number));
        if (style.Text == OfdText.Runs)
        {
            var runs = new List<string>();
            for (var index = 0; index < steps.Count;)
            {
                var count = steps.Skip(index).TakeWhile(step => step.Equals(steps[index])).Count();
                runs.Add(count > 1 ? FormattableString.Invariant($"g {count} {Number(steps[index])}") : Number(steps[index]));
                index += count;
            }

            delta = string.Join(' ', runs);
        }

        TextObject(text, delta.Length == 0 ? "" : $" DeltaX=\"{delta}\"", x, baseline, Advance(text));
    }

    private void TextObject(string text, string delta, double x, double baseline, double width) =>
        Object(pages[^1].Text, "TextObject", x, baseline - Size, width, Size * 1.2, $" Font=\"1\" Size=\"{Number(Size)}\"",
            $"<ofd:FillColor Value=\"0 0 0\"/><ofd:TextCode X=\"0\" Y=\"{Number(Size)}\"{delta}>{SecurityElement.Escape(text)}</ofd:TextCode>");

    private void Frame(double left, double above, double right, double below)
    {
        Ruling(left, above, right, above);
        Ruling(left, below, right, below);
        Ruling(left, above, left, below);
        Ruling(right, above, right, below);
    }

    private void Ruling(double x0, double y0, double x1, double y1)
    {
        const double Half = 0.1;
        var (width, height) = (x1 - x0 + (2 * Half), y1 - y0 + (2 * Half));
        string At(double x, double y) => $"{Number(x)} {Number(y)}";
        var path = style.Fills
            ? $"M 0 0 L {At(width, 0)} L {At(width, height)} L {At(0, height)} C"
            : $"M {At(Half, Half)} L {At(width - Half, height - Half)}";
        Object(pages[^1].Rulings, "PathObject", x0 - Half, y0 - Half, width, height,
            style.Fills ? " Stroke=\"false\" Fill=\"true\"" : $" LineWidth=\"{Number(2 * Half)}\"",
            $"{(style.Fills ? "<ofd:FillColor Value=\"0 0 0\"/>" : "<ofd:StrokeColor Value=\"0 0 0\"/>")}<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData>");
    }

    private void Object(StringBuilder page, string name, double x, double y, double width, double height, string attributes, string content) =>
        page.Append(CultureInfo.InvariantCulture, $"<ofd:{name} ID=\"{page.Length + 10_000}\" Boundary=\"{x:0.####} {y:0.####} {width:0.####} {height:0.####}\"{attributes}{(style.Scaled ? " CTM=\"0.1 0 0 0.1 0 0\"" : "")}>{content}</ofd:{name}>");

    /// <summary>A length within an object.</summary>
    private string Number(double millimetres) => (style.Scaled ? millimetres * 10 : millimetres).ToString("0.####", CultureInfo.InvariantCulture);
}
