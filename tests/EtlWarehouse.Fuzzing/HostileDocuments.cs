using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace EtlWarehouse.Fuzzing;

/// <summary>Documents made to cost whoever reads them more time or memory than they weigh.</summary>
public static class HostileDocuments
{
    private const string Title = "青禾县司法局2024年政府信息公开工作年度报告";

    private static readonly Dictionary<string, Func<byte[]>> Makers = new(StringComparer.Ordinal)
    {
        ["zip of zeros"] = () => Zip(("report.html", Zeros(100 << 20))),
        ["zip of 20 large texts"] = () => Zip([.. Enumerable.Range(0, 20).Select(index => ($"{index}.txt", Utf8(Repeat($"{Title}\n受理申请\t{index}\t2\t3\n", 4 << 20))))]),
        ["zip of 6000 entries"] = () => Zip([.. Enumerable.Range(0, 6000).Select(index => ($"{index}.txt", new byte[1]))]),
        ["docx of zeros"] = () => Zip(("word/document.xml", Zeros(100 << 20))),
        ["docx of one long text"] = () => Word(Repeat("政府信息公开", 40 << 20)),
        ["docx of many paragraphs"] = () => Word(Repeat("<w:p><w:r><w:t>1</w:t></w:r></w:p>", 15 << 20), isText: false),
        ["docx of many cells"] = () => Word("<w:tbl>" + Repeat("<w:tr>" + Repeat("<w:tc><w:p/></w:tc>", 2000) + "</w:tr>", 15 << 20) + "</w:tbl>", isText: false),
        ["docx of wide cells"] = () => Word("<w:tbl>" + Repeat("<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"1000000\"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>", 8 << 20) + "</w:tbl>", isText: false),
        ["docx nested"] = () => Word(Repeat("<w:tbl><w:tr><w:tc>", 2 << 20), isText: false),
        ["docx with entities"] = () => Zip(("word/document.xml", Utf8("<!DOCTYPE d [<!ENTITY a \"" + new string('a', 1000) + "\"><!ENTITY b \"" + Repeat("&a;", 3000) + "\"><!ENTITY c \"" + Repeat("&b;", 3000) + "\">]><d>&c;</d>"))),
        ["docx of one long tag"] = () => Word($"<w:p w:x=\"{new string('x', 12 << 20)}\"/>", isText: false),
        ["xlsx of wide rows"] = () => Sheet(Repeat("<row><c r=\"KN{0}\" t=\"inlineStr\"><is><t>1</t></is></c></row>", 4900, isNumbered: true), ""),
        ["xlsx of a huge merge"] = () => Sheet(Repeat("<row><c r=\"A{0}\" t=\"inlineStr\"><is><t>1</t></is></c></row>", 4900, isNumbered: true), "<mergeCells count=\"1\"><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>"),
        ["xlsx of many merges"] = () => Sheet(Repeat("<row><c r=\"KN{0}\" t=\"inlineStr\"><is><t>1</t></is></c></row>", 300, isNumbered: true), "<mergeCells>" + Repeat("<mergeCell ref=\"A1:KN300\"/>", 4 << 20) + "</mergeCells>"),
        ["xlsx whose row is far"] = () => Sheet("<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>1</t></is></c></row>", ""),
        ["xlsx of many texts"] = () => Sheet("<row><c r=\"A1\" t=\"s\"><v>1</v></c></row>", "", Repeat("<si><t>1</t></si>", 15 << 20)),
        ["page of many cells"] = () => Page(Repeat("<td>", 16 << 20)),
        ["page of many rows"] = () => Page("<table>" + Repeat("<tr><td>1", 16 << 20)),
        ["page of many paragraphs"] = () => Page(Repeat("<p>1</p>", 16 << 20)),
        ["page of column spans"] = () => Page("<table>" + Repeat("<tr><td colspan=1000000>规章<td colspan=1000000>1", 1 << 20)),
        ["page of row spans"] = () => Page("<table>" + Repeat("<tr>" + Repeat("<td rowspan=65534>1", 200), 2 << 20)),
        ["page nested"] = () => Page(Repeat("<div>", 500_000)),
        ["page nested below its limit"] = () => Page(Repeat("<div>", 1900 * 5) + Title + "<table><tr><td>1</td></tr></table>"),
        ["page of nested tables"] = () => Page(Repeat("<table><tr><td>", 300_000)),
        ["page of nested spans in a cell"] = () => Page("<table><tr><td>" + Repeat("<span>", 6 * 1900) + "1"),
        ["page of nested links"] = () => Page(Repeat("<a href=#><b><i>", 200_000)),
        ["page of one long attribute"] = () => Page($"<p title=\"{new string('x', 30 << 20)}\">1"),
        ["page of one long text"] = () => Page(Repeat("政府信息公开", 11 << 20)),
        ["page of entities"] = () => Page(Repeat("&amp;", 11 << 20)),
        ["page of open tags"] = () => Page(Repeat("<", 11 << 20)),
        ["page of comments"] = () => Page(Repeat("<!--", 11 << 20)),
        ["page of end tags"] = () => Page(Repeat("</td>", 11 << 20)),
        ["page of 40 MB"] = () => Page(Repeat("<p>政府信息公开", 20 << 20)),
        ["text of 50 MB"] = () => Utf8(Repeat("政府信息公开\n", 20 << 20)),
        ["text of one line"] = () => Utf8(Title + Repeat("受理申请1件，", 11 << 20)),
        ["text of numbers"] = () => Utf8(Title + "\n" + Repeat("1 2 3\n", 11 << 20)),
        ["text of tabs"] = () => Utf8(Title + "\n" + Repeat("\t", 11 << 20)),
        ["text of blank lines"] = () => Utf8(Title + Repeat("\n", 11 << 20)),
        ["text of brackets"] = () => Utf8(Title + Repeat("（一）", 11 << 20)),
        ["text of digits"] = () => Utf8(Title + "受理" + new string('1', 11 << 20) + "件"),
        ["text of titles"] = () => Utf8(Repeat(Title + "\n", 11 << 20)),
        ["text of sentences"] = () => Utf8(Title + "\n一、总体情况\n" + Repeat("2024年，本机关收到政府信息公开申请1件，主动公开信息2条，行政复议3件，收费4元。\n", 11 << 20)),
        ["text of headings"] = () => Utf8(Title + "\n" + Repeat("一、总体情况\n二、主动公开政府信息情况\n", 11 << 20)),
        // The largest that are still read.
        ["page of as many cells as go"] = () => Page("<table>" + Repeat("<tr>" + Repeat("<td>1", 500), 147_000)),
        ["page of as many paragraphs as go"] = () => Page(Repeat("<p>1", 29_500 * 4)),
        ["page of as many end tags as go"] = () => Page("<table><tr><td>1" + Repeat("</td>", 29_900 * 5) + "<td>2</table>"),
        ["page of as many tags as go"] = () => Page(Repeat("<b>1</b>", 59_000 * 8)),
        ["page of as many links as go"] = () => Page(Repeat("<a href=#>1", 39_000 * 11)),
        ["page of as many pasted spans as go"] = () => Page(Repeat("<p style='a'><span lang=zh>政府信息公开</span></p>", 14_900 * 42)),
        ["page of as many attributes as go"] = () => Page("<table>" + Repeat("<tr>" + Repeat("<td rowspan=65534>1", 900), 550_000)),
        ["page of as much text as goes"] = () => Page(Repeat("政府信息公开", 990_000)),
        ["text of one line as long as goes"] = () => Utf8(Title + Repeat("受理申请1件，", 990_000)),
        ["text of as many lines as go"] = () => Utf8(Title + "\n" + Repeat("受理政府信息公开申请一些\n", 380_000)),
        ["text of as many numbers as go"] = () => Utf8(Title + "\n" + Repeat("1 2 3 4 5 6 7 8 9 10 11\n", 700_000)),
        ["text of numbers in one line"] = () => Utf8(Title + "\n" + Repeat("1 2 3 4 ", 990_000)),
        ["text of as many sentences as go"] = () => Utf8(Title + "\n一、总体情况\n" + Repeat("2024年，本机关收到政府信息公开申请1件，主动公开信息2条，行政复议3件，收费4元。\n", 990_000)),
        ["text of as many headings as go"] = () => Utf8(Title + "\n" + Repeat("一、总体情况\n二、主动公开政府信息情况\n", 295_000)),
        ["text of as many titles as go"] = () => Utf8(Repeat(Title + "\n", 715_000)),
        ["docx of as many paragraphs as go"] = () => Word(Repeat("<w:p><w:r><w:t>受理1件</w:t></w:r></w:p>", 99_000 * 38), isText: false),
        ["docx of as many cells as go"] = () => Word("<w:tbl>" + Repeat("<w:tr>" + Repeat("<w:tc><w:p/></w:tc>", 17 * 900) + "</w:tr>", 900_000) + "</w:tbl>", isText: false),
        ["pdf whose pages loop"] = () => Utf8("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999999>>endobj trailer<</Root 1 0 R>>"),
        ["pdf whose tables loop"] = () => Utf8("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Prev 65/Size 2>>\nstartxref\n65\n%%EOF"),
        ["pdf of many pages"] = () => Pdf(string.Join(' ', Enumerable.Repeat("3 0 R", 100_000)), 100_000, "/MediaBox[0 0 595 842]", ""),
        ["pdf of a huge page"] = () => Pdf("3 0 R", 1, "/MediaBox[0 0 1e30 1e30]", "BT /F 12 Tf (1 2 3) Tj ET"),
        ["pdf of many characters"] = () => Pdf("3 0 R", 1, "/MediaBox[0 0 595 842]", "BT /F 1 Tf " + Repeat("(1 2 3 4 5 6 7 8 9) Tj 0 1 Td ", 6 << 20) + "ET"),
        ["pdf of many rulings"] = () => Pdf(string.Join(' ', Enumerable.Repeat("3 0 R", 300)), 300, "/MediaBox[0 0 595 842]", Repeat("{0} 0 m {0} 800 l S 0 {0} m 500 {0} l S ", 1900, isNumbered: true) + "BT /F 1 Tf (1) Tj ET"),
        ["pdf of many small tables"] = () => Pdf(string.Join(' ', Enumerable.Repeat("3 0 R", 300)), 300, "/MediaBox[0 0 5950 8420]",
            string.Concat(Enumerable.Range(0, 600).Select(index => FormattableString.Invariant($"{index % 24 * 60} {index / 24 * 60} 20 20 re {(index % 24 * 60) + 20} {index / 24 * 60} 20 20 re S "))) + "BT /F 1 Tf " + Repeat("(1 2 3) Tj 0 1 Td ", 20_000) + "ET"),
        ["ofd of many characters"] = () => Ofd(Repeat("<TextObject Boundary=\"0 0 9 9\" Size=\"1\"><TextCode X=\"1\" Y=\"1\" DeltaX=\"g 999999999 1\">1 2 3 4</TextCode></TextObject>", 12 << 20)),
        ["ofd of one long text"] = () => Ofd("<TextObject Boundary=\"0 0 9 9\" Size=\"1\"><TextCode X=\"1\" Y=\"1\">" + Repeat("政府信息公开", 3 << 20) + "</TextCode></TextObject>"),
        ["ofd of many distances"] = () => Ofd("<TextObject Boundary=\"0 0 9 9\" Size=\"1\"><TextCode X=\"1\" Y=\"1\" DeltaX=\"" + Repeat("1 ", 6 << 20) + "\">12</TextCode></TextObject>"),
        ["ofd of many lines"] = () => Ofd("<PathObject Boundary=\"0 0 9 9\"><AbbreviatedData>" + Repeat("M 0 0 L 9 0 ", 6 << 20) + "</AbbreviatedData></PathObject>"),
        ["ofd of as many lines as go"] = () => Ofd("<PathObject Boundary=\"0 0 210 297\"><AbbreviatedData>" + Repeat("M 0 {0} L 210 {0} M {0} 0 L {0} 297 ", 99, isNumbered: true) + "</AbbreviatedData></PathObject><TextObject Boundary=\"0 0 9 9\" Size=\"1\"><TextCode X=\"1\" Y=\"1\">1</TextCode></TextObject>", pages: 200),
        ["ofd of many templates"] = () => Ofd("", before: Repeat("<Template TemplateID=\"1\"/>", 6 << 20), templates: "<TemplatePage ID=\"1\" BaseLoc=\"P.xml\"/>"),
        ["pdf nested"] = () => Utf8("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages " + new string('[', 1 << 20) + " 1 0 R>>endobj trailer<</Root 1 0 R>>"),
        ["pdf whose form draws itself"] = () => Pdf("3 0 R", 1, "/MediaBox[0 0 595 842]/Resources<</XObject<</X 4 0 R>>>>", Repeat("/X Do ", 10_000), "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>"),
    };

    public static IReadOnlyCollection<string> Names => Makers.Keys;

    public static byte[] Make(string name) => Makers[name]();

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Zeros(int length) => new byte[length];

    private static byte[] Page(string body) => Utf8($"<html><head><title>{Title}</title></head><body>{body}");

    /// <param name="length">Characters, about.</param>
    private static string Repeat(string piece, int length) => new StringBuilder(length + piece.Length).Insert(0, piece, Math.Max(1, length / piece.Length)).ToString();

    private static string Repeat(string piece, int times, bool isNumbered) =>
        isNumbered ? string.Concat(Enumerable.Range(1, times).Select(number => piece.Replace("{0}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))) : Repeat(piece, times * piece.Length);

    private static byte[] Word(string body, bool isText = true) => Zip(("word/document.xml",
        Utf8($"<w:document xmlns:w=\"w\"><w:body>{(isText ? $"<w:p><w:r><w:t>{body}</w:t></w:r></w:p>" : body)}</w:body></w:document>")));

    private static byte[] Sheet(string rows, string behind, string texts = "")
    {
        const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
        const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        return Zip(
            ("xl/workbook.xml", Utf8($"<workbook {Main} xmlns:r=\"{Relations}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>")),
            ("xl/_rels/workbook.xml.rels", Utf8($"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{Relations}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>")),
            ("xl/sharedStrings.xml", Utf8($"<sst {Main}>{texts}</sst>")),
            ("xl/worksheets/sheet1.xml", Utf8($"<worksheet {Main}><sheetData>{rows}</sheetData>{behind}</worksheet>")));
    }

    /// <param name="pages">The same page so many times.</param>
    private static byte[] Ofd(string content, int pages = 1, string before = "", string templates = "") => Zip(
        ("OFD.xml", Utf8("<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>")),
        ("D.xml", Utf8($"<Document><CommonData>{templates}</CommonData><Pages>{Repeat("<Page BaseLoc=\"P.xml\"/>", pages, isNumbered: true)}</Pages></Document>")),
        ("P.xml", Utf8($"<Page>{before}<Content><Layer>{content}</Layer></Content></Page>")));

    private static byte[] Pdf(string kids, int count, string page, string drawing, string dictionary = "") => Utf8(FormattableString.Invariant(
        $"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[{kids}]/Count {count}>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R{page}/Contents 4 0 R{(page.Contains("/Resources", StringComparison.Ordinal) ? "" : "/Resources<</Font<</F 5 0 R>>>>")}>>endobj\n4 0 obj<<{dictionary}/Length {drawing.Length}>>stream\n{drawing}\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF"));

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
