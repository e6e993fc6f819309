using System.Text;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Documents;

namespace EtlWarehouse.Tests.Parsing.Documents.Ofd;

/// <summary>What stands on one page, and packages that are not what they should be.</summary>
public sealed class OfdContentTests
{
    private const string Whole = "Boundary=\"0 0 210 297\"";

    // Numbers are neither cut nor joined, whatever is said about their places.
    [TestCase("<TextCode X=\"10\" Y=\"20\" DeltaX=\"2 2\">128</TextCode>", "128")]
    [TestCase("<TextCode X=\"10\" Y=\"20\" DeltaX=\"g 2 2\">128</TextCode>", "128")]
    [TestCase("<TextCode X=\"10\" Y=\"20\" DeltaX=\"g 1 2 2\">128</TextCode>", "128")]
    [TestCase("<TextCode X=\"10\" Y=\"20\" DeltaX=\"g 99 2\">128</TextCode>", "128")]           // counts beyond the text
    [TestCase("<TextCode X=\"10\" Y=\"20\">1108</TextCode>", "1108")]                             // no distances
    [TestCase("<TextCode X=\"10\" Y=\"20\" DeltaX=\"2\">1108</TextCode>", "1108")]                // too few
    [TestCase("<TextCode X=\"10\" Y=\"20\" DeltaX=\"2 20 2\">1234</TextCode>", "12 34")]          // a gap without a blank
    [TestCase("<TextCode X=\"10\" Y=\"20\" DeltaX=\"2\">12</TextCode><TextCode X=\"14\" DeltaX=\"2\">34</TextCode>", "1234")]
    [TestCase("<TextCode X=\"10\" Y=\"20\" DeltaX=\"2\">12</TextCode><TextCode X=\"30\" DeltaX=\"2\">34</TextCode>", "12 34")]
    [TestCase("<TextCode X=\"10\" Y=\"20\" DeltaX=\"-2 -2\">128</TextCode>", "821")]               // from right to left
    [TestCase("<CGTransform CodePosition=\"0\"><Glyphs>7 8</Glyphs></CGTransform><TextCode X=\"10\" Y=\"20\" DeltaX=\"2\">12</TextCode>", "12")]
    [TestCase("<Clips><Clip><Area><Text><TextCode X=\"0\" Y=\"0\">99</TextCode></Text></Area></Clip></Clips><TextCode X=\"10\" Y=\"20\" DeltaX=\"2\">12</TextCode>", "12")]
    public void Read_Characters_StandWhereTheyAreSaid(string codes, string printed) =>
        Assert.That(Lines($"<TextObject {Whole} Size=\"4\">{codes}</TextObject>"), Is.EqualTo(new[] { printed }));

    [Test]
    public void Read_CharactersDownwards_AreLines() => Assert.That(
        Lines($"<TextObject {Whole} Size=\"4\"><TextCode X=\"10\" Y=\"20\" DeltaY=\"g 2 5\">申请人</TextCode></TextObject>"), Is.EqualTo(new[] { "申", "请", "人" }));

    [TestCase("Visible=\"false\"", "")]
    [TestCase("Alpha=\"0\"", "")]
    [TestCase("Fill=\"false\"", "")]
    [TestCase("", "<FillColor Value=\"0 0 0\" Alpha=\"0\"/>")]
    public void Read_TextThatIsNotPainted_IsNoText(string attribute, string colour) => Assert.That(
        Lines($"<TextObject {Whole} Size=\"4\" {attribute}>{colour}<TextCode X=\"10\" Y=\"40\">99</TextCode></TextObject><TextObject {Whole} Size=\"4\"><TextCode X=\"10\" Y=\"20\">12</TextCode></TextObject>"),
        Is.EqualTo(new[] { "12" }));

    // Two numbers, as near as those of narrow cells: only a line that is drawn parts them.
    [TestCase("LineWidth=\"0.2\"", "", "M 50 10 L 50 30", 2)]
    [TestCase("LineWidth=\"0.2\"", "<StrokeColor Value=\"255 255 255\"/>", "M 50 10 L 50 30", 1)]
    [TestCase("LineWidth=\"0.2\"", "<StrokeColor Value=\"0 0 0 255\"/>", "M 50 10 L 50 30", 2)]
    [TestCase("LineWidth=\"0.2\"", "<StrokeColor Value=\"0 0 0\" Alpha=\"0\"/>", "M 50 10 L 50 30", 1)]
    [TestCase("Visible=\"false\"", "", "M 50 10 L 50 30", 1)]
    [TestCase("Stroke=\"false\" Fill=\"true\"", "<FillColor Value=\"0 0 0\"/>", "M 49.9 10 L 50.1 10 L 50.1 30 L 49.9 30 C", 2)]
    [TestCase("LineWidth=\"0.2\"", "", "S 50 10 L 50 30", 2)]
    [TestCase("LineWidth=\"0.2\"", "", "M 50 10 B 50 15 50 20 50 30", 1)]
    [TestCase("LineWidth=\"0.2\"", "", "M 50 10 Q 50 15 50 30 A 1 1 0 0 0 50 40", 1)]
    public void Read_LinesThatShow_MakeCells(string attributes, string colour, string path, int cells)
    {
        var table = Read($"<PathObject {Whole}><AbbreviatedData>M 20 10 L 80 10 L 80 30 L 20 30 C M 20 20 L 80 20</AbbreviatedData></PathObject>"
            + $"<PathObject {Whole}><AbbreviatedData>M 30 10 L 30 30</AbbreviatedData></PathObject>"
            + $"<PathObject {Whole} {attributes}>{colour}<AbbreviatedData>{path}</AbbreviatedData></PathObject>"
            + $"<TextObject {Whole} Size=\"4\"><TextCode X=\"47\" Y=\"16\">1</TextCode></TextObject><TextObject {Whole} Size=\"4\"><TextCode X=\"51\" Y=\"16\">2</TextCode></TextObject>")
            .Blocks.OfType<TableBlock>().Single();
        Assert.That(table.Grid.Rows[0].Count, Is.EqualTo(cells + 1));
        Assert.That(string.Join('|', table.Grid.Rows[0].Select(cell => cell.Text)), Is.EqualTo(cells == 2 ? "|1|2" : "|1 2"));
    }

    [TestCase("<TextObject Size=\"4\"><TextCode X=\"1\" Y=\"1\">1</TextCode></TextObject>", "document.damaged")]
    [TestCase("<TextObject Boundary=\"0 0 9\" Size=\"4\"/>", "document.damaged")]
    [TestCase("<TextObject Boundary=\"0 0 9 NaN\" Size=\"4\"/>", "document.damaged")]
    [TestCase("<TextObject " + Whole + " Size=\"4\"><TextCode X=\"1\" Y=\"1\" DeltaX=\"g 3\">123</TextCode></TextObject>", "document.damaged")]
    [TestCase("<TextObject " + Whole + " Size=\"4\"><TextCode X=\"1\" Y=\"1\" DeltaX=\"g -1 3\">123</TextCode></TextObject>", "document.damaged")]
    [TestCase("<TextObject " + Whole + " Size=\"4\"><TextCode X=\"1\" Y=\"1\" DeltaX=\"2,5\">12</TextCode></TextObject>", "document.damaged")]
    [TestCase("<PathObject " + Whole + "><AbbreviatedData>M 1 1 Z 2 2</AbbreviatedData></PathObject>", "document.damaged")]
    [TestCase("<PathObject " + Whole + "><AbbreviatedData>M 1 1 L 2</AbbreviatedData></PathObject>", "document.damaged")]
    [TestCase("<CompositeObject " + Whole + " ResourceID=\"5\"/>", "document.format")]
    [TestCase("<ImageObject " + Whole + " ResourceID=\"5\"/>", "document.damaged")]               // no such resource
    [TestCase("<ImageObject " + Whole + " ResourceID=\"5\"/><ImageObject " + Whole + " ResourceID=\"6\"/>", "document.scan")]
    [TestCase("<ImageObject Boundary=\"0 0 9 9\" ResourceID=\"5\"/>", "document.scan")]
    [TestCase("", "document.empty")]
    [TestCase("<TextObject " + Whole, "document.damaged")]
    public void Read_MalformedPage_IsRefused(string content, string refusal) =>
        Assert.That(Refusal(OfdPrint.OnePage(content)), Is.EqualTo(refusal));

    [Test]
    public void Read_MissingPart_IsDamaged([Range(1, 2)] int part) =>
        Assert.That(Refusal([.. OfdPrint.OnePage("").Where((_, index) => index != part)]), Is.EqualTo("document.damaged"));

    [TestCase("OFD.xml", "<OFD/>", "document.damaged")]
    [TestCase("OFD.xml", "<OFD><DocBody><DocRoot>a.xml</DocRoot></DocBody><DocBody><DocRoot>b.xml</DocRoot></DocBody></OFD>", "document.format")]
    [TestCase("OFD.xml", "<!DOCTYPE d [<!ENTITY a \"Doc_0/Document.xml\">]><OFD><DocBody><DocRoot>&a;</DocRoot></DocBody></OFD>", "document.damaged")]
    [TestCase("OFD.xml", "", "document.damaged")]
    [TestCase("Doc_0/Document.xml", "<Document><Pages/></Document>", "document.damaged")]
    [TestCase("Doc_0/Document.xml", "<Document><Pages><Page/></Pages></Document>", "document.damaged")]
    [TestCase("Doc_0/Pages/Page_0/Content.xml", "<Page><Template TemplateID=\"1\"/></Page>", "document.damaged")]
    [TestCase("Encryptions.xml", "<Encryptions/>", "document.encrypted")]
    public void Read_MalformedPart_IsRefused(string part, string content, string refusal) =>
        Assert.That(Refusal([.. OfdPrint.OnePage("").Where(other => other.Name != part), (part, content)]), Is.EqualTo(refusal));

    [TestCase("<TemplatePage ID=\"1\" BaseLoc=\"T1.xml\"/>", "<Template TemplateID=\"1\"/>", "document.damaged")]                                                   // draws itself
    [TestCase("<TemplatePage ID=\"1\" BaseLoc=\"T1.xml\"/><TemplatePage ID=\"2\" BaseLoc=\"T2.xml\"/>", "<Template TemplateID=\"2\"/><Template TemplateID=\"2\"/>", "document.too_large")] // twice as many each time
    public void Read_TemplatesThatLoop_AreRefused(string index, string first, string refusal)
    {
        const string Last = "<TextObject " + Whole + " Size=\"4\"><TextCode X=\"1\" Y=\"1\">1</TextCode></TextObject>";
        var count = index.Contains("T2", StringComparison.Ordinal) ? 30 : 1;
        var templates = count == 1 ? index : string.Concat(Enumerable.Range(1, count).Select(number => $"<TemplatePage ID=\"{number}\" BaseLoc=\"T{number}.xml\"/>"));
        var parts = new List<(string, string)>(OfdPrint.OnePage("").Take(1))
        {
            ("Doc_0/Document.xml", $"<Document><CommonData>{templates}</CommonData><Pages><Page BaseLoc=\"P.xml\"/></Pages></Document>"),
            ("Doc_0/P.xml", "<Page><Template TemplateID=\"1\"/></Page>"),
        };
        for (var number = 1; number <= count; number++)
        {
            var next = number == count && count > 1 ? "" : first.Replace("\"2\"", $"\"{number + 1}\"", StringComparison.Ordinal);
            parts.Add(($"Doc_0/T{number}.xml", $"<Page>{next}<Content><Layer>{Last}</Layer></Content></Page>"));
        }

        Assert.That(Refusal(parts), Is.EqualTo(refusal));
    }

    [Test]
    public void Read_MorePagesThanAnyReport_IsTooLarge()
    {
        var parts = OfdPrint.OnePage("");
        var list = string.Concat(Enumerable.Repeat("<Page BaseLoc=\"Pages/Page_0/Content.xml\"/>", 100_000));
        Assert.That(Refusal([parts[0], ("Doc_0/Document.xml", $"<Document><Pages>{list}</Pages></Document>"), parts[2]]), Is.EqualTo("document.too_large"));
    }

    [Test]
    public void Read_MoreCharactersThanAnyReport_IsTooLarge() => Assert.That(
        Refusal(OfdPrint.OnePage($"<TextObject {Whole} Size=\"4\"><TextCode X=\"1\" Y=\"1\">{string.Concat(Enumerable.Range(0, 90_000).Select(number => $"{number:x5}"))}</TextCode></TextObject>")),
        Is.EqualTo("document.too_large"));

    [Test]
    public void Read_NestedWithoutEnd_IsTooDeep() =>
        Assert.That(Refusal(OfdPrint.OnePage(string.Concat(Enumerable.Repeat("<PageBlock>", 5_000)))), Is.EqualTo("document.too_deep"));

    [Test]
    public void Read_PageOfZeros_IsTooLarge()
    {
        var parts = OfdPrint.OnePage("").Take(2).Select(part => (part.Name, Encoding.UTF8.GetBytes(part.Content)));
        Assert.That(Refusal(OfdPrint.Zip([.. parts, ("Doc_0/Pages/Page_0/Content.xml", new byte[100 << 20])])), Is.EqualTo("document.too_large"));
    }

    private static string? Refusal(IEnumerable<(string, string)> parts) => Refusal(OfdPrint.Zip(parts));

    private static string? Refusal(byte[] bytes) => ReferenceReports.Reader.Read(new SourceDocument(bytes, "report.ofd")).Refusal?.Code;

    private static DocumentContent Read(string content) =>
        DocumentFormats.Read(new SourceDocument(OfdPrint.Zip(OfdPrint.OnePage(content)), "report.ofd"))[0];

    private static IEnumerable<string> Lines(string content) => Read(content).Blocks.OfType<LineBlock>().Select(line => line.Text);
}
