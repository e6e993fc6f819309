using EtlWarehouse.Parsing.Documents.Html;

namespace EtlWarehouse.Tests.Parsing.Documents.Html;

public sealed class PageBlocksTests
{
    [TestCase("<p>1<p>2", "1|2")]
    [TestCase("<div>一<span>二</span><b>三</b>\n 四</div>", "一二三 四")]
    [TestCase("1<br>2", "1|2")]
    [TestCase("<h2>题</h2>文<script>x</script><style>y</style><noscript>z</noscript>", "题|文")]
    [TestCase("<pre>\n一\n二</pre>", "一|二")]
    [TestCase("<pre>1<br>2<p>3</p>4</pre>", "1|2|3|4")] // never 12 or 34
    public void Read_Prose_GivesLines(string page, string lines) =>
        Assert.That(Text(page), Is.EqualTo(lines.Replace('|', '\n')));

    [TestCase("<table><tr><td>1<td>2</table>", "[1 2]")]
    [TestCase("<table><tr><td><p>1</p><p>2</p></td></tr></table>", "[1/2]")]
    [TestCase("<table><tr><td><table><tr><td>1</table><td>2</table>", "[1]\n2")] // layout dissolves
    [TestCase("<pre>以下<table><tr><td>7<td>4</table></pre>", "以下\n[7 4]")] // never 74
    [TestCase("<table><caption>单位：<b>件</b></caption><tr><td>1</table>", "单位：件\n[1]")]
    [TestCase("<table><tr><td>1</td>9<td>2</table>", "9\n[1 2]")] // text between cells stands before the table
    public void Read_Table_GivesItsCells(string page, string blocks) => Assert.That(Text(page), Is.EqualTo(blocks));

    [TestCase("<p>以下</p><tr><td>1</td><td>2</td>3</tr>", "以下|1|2|3")] // cells without a table
    [TestCase("<table><tr><td>一</td>1<td>二</td>2</tr></table>", "1|2|[一 二]")] // texts between cells
    [TestCase("<table><tr><td></th>97</table>", "97|[]")]
    public void ReadApart_MisplacedCells_NeverJoinsNumbers(string page, string blocks) =>
        Assert.That(Text(StandardMarkup.ReadApart(page)), Is.EqualTo(blocks.Replace('|', '\n')));

    private static string Text(string page) => Text(StandardMarkup.Read(page));

    private static string Text(PageTree tree) => string.Join('\n', PageBlocks.Read(tree).Select(block => block switch
    {
        EtlWarehouse.Parsing.Documents.TableBlock table =>
            $"[{string.Join(" / ", table.Grid.Rows.Select(row => string.Join(" ", row.Select(cell => cell.Text.Replace('\n', '/')))))}]",
        _ => ((EtlWarehouse.Parsing.Documents.LineBlock)block).Text,
    }));
}
