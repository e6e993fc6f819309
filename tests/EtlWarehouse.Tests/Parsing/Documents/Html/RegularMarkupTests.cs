using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Documents.Html;
using EtlWarehouse.Tests.Parsing.Forms;
using EtlWarehouse.Tests.Parsing.Mutants;

namespace EtlWarehouse.Tests.Parsing.Documents.Html;

/// <summary>The fast reader of regular pages gives what the standard's reader gives, or nothing.</summary>
public sealed class RegularMarkupTests
{
    private static readonly string[] Pages = [.. SamplePages()];

    [Test]
    public void TryRead_SamplePages_AreRegularAndEqual()
    {
        Assert.That(Pages, Has.Length.GreaterThan(60));
        foreach (var page in Pages)
        {
            Assert.That(RegularMarkup.TryRead(page), Is.Not.Null);
            AssertEqual(page);
        }
    }

    [Test]
    public void TryRead_RenderedFormsAndTheirMutants_AreEqual()
    {
        var regular = 0;
        foreach (var form in ReferenceReports.Reference.Forms)
        {
            foreach (var mutation in Mutation.All(form))
            {
                var random = new Random(form.Code.Length + mutation.Name.Length);
                var values = form.Cells.ToDictionary(cell => cell.Code, _ => $"{random.Next(900)}");
                if (mutation.Apply(new RenderedForm(form, values, random).Render("html"), "html", random) is { } mutant)
                    regular += AssertEqual(mutant) ? 1 : 0;
            }
        }

        Assert.That(regular, Is.GreaterThan(20));
    }

    // A long run of the same is `./etl bench markup`.
    [Test]
    public void TryRead_InventedMarkup_IsEqual([Values(8, 30)] int pieces)
    {
        var regular = Enumerable.Range(0, 4000).Count(seed => AssertEqual(MarkupMutation.Invent(new Random(seed), pieces)));
        Assert.That(regular, Is.GreaterThan(400));
    }

    [Test]
    public void TryRead_DamagedPages_AreEqual()
    {
        var regular = Enumerable.Range(0, 300).Count(seed =>
        {
            var random = new Random(seed);
            return AssertEqual(MarkupMutation.Damage(Pages[random.Next(Pages.Length)], random));
        });
        Assert.That(regular, Is.GreaterThan(100));
    }

    // What the reader must know, since agencies' pages are full of it.
    [TestCase("<TABLE><TR><TD>1<TD>2<TR><TD>3</TABLE>")]
    [TestCase("<table><tr><td><p>1<p>2</td></tr></table>")]
    [TestCase("<p>以下<table><tr><td>1</td></tr></table>")]
    [TestCase("<!doctype html><p>以下<table><tr><td>1</td></tr></table>")]
    [TestCase("<!DOCTYPE html><html><head><title>题</title><meta name=Pub content='2024-01-02'></head><body>&nbsp;1 &lt; 2</body></html>")]
    [TestCase("<ul><li>一<li>二</ul><dl><dt>甲<dd>乙</dl>")]
    [TestCase("<table><col width=1><col><thead><tr><th colspan=\"2\">甲</thead><tr><td>1</table>")]
    [TestCase("<div><span>1</div></span><pre>\n1\r\n2<br>3</pre>")]
    [TestCase("<script><!-- a<b --></script><style>td{}</style><select><option>1</select>1")]
    public void TryRead_UsualMarkup_IsEqual(string page) => Assert.That(AssertEqual(page), Is.True);

    // Where the standard moves, reopens or drops something.
    [TestCase("<table><tr>1<td>2</table>")]
    [TestCase("<table><td><table><tr><td>1</table><p>2</table>3</p>")]
    [TestCase("<p><b>1<p>2")]
    [TestCase("<b><i>1</b>2</i>")]
    [TestCase("<a>1<a>2")]
    [TestCase("<table><tr><td></th>1</table>")]
    [TestCase("<table><form><tr><td>1</form></table>")]
    [TestCase("<template><td>1</template>")]
    [TestCase("<svg><td>1</svg>")]
    [TestCase("1&unknown;2")]
    [TestCase("1<!--> 2 -->")]
    [TestCase("<td a=\"1")]
    [TestCase("1\0")]
    public void TryRead_IrregularMarkup_GivesUp(string page) => Assert.That(RegularMarkup.TryRead(page), Is.Null);

    private static bool AssertEqual(string page)
    {
        if (RegularMarkup.TryRead(page) is not { } tree)
            return false;
        var (regular, shown) = (PageText.Of(tree), page.Length < 1000 ? page : null);
        Assert.That(regular, Is.EqualTo(PageText.Of(StandardMarkup.Read(page))), shown);
        Assert.That(regular, Is.EqualTo(PageText.Of(StandardMarkup.ReadApart(page))), shown);
        return true;
    }

    private static IEnumerable<string> SamplePages() =>
        from file in Directory.GetFiles(Path.Combine(ReferenceReports.Root, "samples"), "*.htm*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let page = TextDecoding.Decode(File.ReadAllBytes(file), null, file).Text
        // Of the large ones, a few.
        where page.Length < 40_000 || page.Length % 4 == 0
        select page;
}
