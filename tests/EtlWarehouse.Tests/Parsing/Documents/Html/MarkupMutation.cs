using System.Text;
using System.Text.RegularExpressions;

namespace EtlWarehouse.Tests.Parsing.Documents.Html;

/// <summary>Damages the markup of a page, or makes a page of nothing but odd markup; seeded.</summary>
internal static partial class MarkupMutation
{
    private const int MostDamages = 4;

    private static readonly string[] Names =
    [
        "p", "div", "span", "b", "i", "u", "font", "a", "o:p", "h1", "h2", "ul", "ol", "li", "dl", "dt", "dd", "br", "hr", "img", "center", "form", "input",
        "table", "table", "tbody", "thead", "tfoot", "tr", "tr", "td", "td", "th", "caption", "colgroup", "col", "section", "article", "strong", "em", "nobr",
        "button", "select", "option", "pre", "script", "style", "textarea", "iframe", "object", "noscript", "title", "meta name=a content=b", "link", "html", "head", "body",
        "svg", "math", "template", "marquee", "label", "blockquote", "fieldset", "frameset", "plaintext", "td colspan=2", "td rowspan='2'", "th rowspan=\"0\" colspan=3",
        "nav", "main", "details", "summary", "header", "footer", "figure", "ins", "small", "code", "applet", "embed", "param", "video", "source", "canvas", "sup", "area", "map", "unknown-one",
    ];

    private static readonly string[] Texts =
    [
        "1", "23", " ", "\n", "规章", "a b", "&nbsp;", "&amp;", "&lt;5", "&#8212;", "&#x3000;", "&copy", "&unknown;", "& 5", "&", "&#0;", "&#150;", "<5", "<", "< p>", "a<b", "\r\n", "\t", "\u00A0",
        "<!-- c -->", "<!-- > -->", "<!-->", "<!--->", "<!-- --!> -->", "<![if !x]>", "<![endif]>", "<![CDATA[x]]>", "<?xml x?>", "<!DOCTYPE html>", "<!doctype html public \"-//x\">", "</>", "</5>", "<!>",
        "<p class=\"a>b\">", "<p title='<td>'>", "<p a=b\"c>", "<p =\">\">", "<td/>", "<br/>", "<p a='1'b=\"2\"/>", "<td colspan=2 colspan=3>", "<TD ROWSPAN=2>", "<p\n>", "<p a = \"x\" >",
        "<script>if (a<b) document.write('<td>');</script>", "<script><!-- <td> --></script>", "<script><!-- <script> --></script>", "<style>p>a{}</style >", "<textarea>\n<td></textarea>", "<title>题 &amp; 名</title>", "</br>", "</p>", "</body>", "</html>",
        "<select><option>1<option>2</select>", "<tr><td>1<td>2", "</td></tr>", "<td>9</td>", "</table>",
    ];

    /// <summary>The page with a few tags and texts lost, doubled, swapped, put in or cut off.</summary>
    public static string Damage(string page, Random random)
    {
        var pieces = Piece().Matches(page).Select(match => match.Value).ToList();
        for (var times = random.Next(1, MostDamages + 1); times > 0 && pieces.Count > 1; times--)
        {
            var at = random.Next(pieces.Count);
            var other = Math.Min(pieces.Count - 1, at + random.Next(1, 9));
            switch (random.Next(7))
            {
                case 0:
                    pieces.RemoveAt(at);
                    break;
                case 1:
                    pieces.Insert(at, pieces[at]);
                    break;
                case 2:
                    (pieces[at], pieces[other]) = (pieces[other], pieces[at]);
                    break;
                case 3:
                    pieces.RemoveRange(random.Next(2) == 0 ? at : pieces.Count - 1, 1);
                    break;
                case 4:
                    pieces[at] = pieces[at][..random.Next(pieces[at].Length)];
                    break;
                default:
                    pieces.Insert(at, Odd(random));
                    break;
            }
        }

        return string.Concat(pieces);
    }

    /// <summary>A page of up to <paramref name="most"/> tags and texts in any order.</summary>
    public static string Invent(Random random, int most)
    {
        var page = new StringBuilder(random.Next(3) == 0 ? "<!DOCTYPE html>" : "");
        // Half of them begin in a table, where the rules are most.
        if (random.Next(2) == 0)
            page.Append("<table><tr><td>");
        for (var count = random.Next(1, most + 1); count > 0; count--)
            page.Append(Odd(random));
        return page.ToString();
    }

    private static string Odd(Random random)
    {
        var name = Names[random.Next(Names.Length)];
        return random.Next(8) switch
        {
            0 or 1 or 2 => $"<{name}>",
            3 or 4 => $"</{name.Split(' ')[0]}>",
            5 => Texts[random.Next(Texts.Length)],
            6 => $"<{name}>{random.Next(100)}</{name.Split(' ')[0]}>",
            _ => random.Next(100).ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    [GeneratedRegex("<[^>]*>|[^<]+|<")]
    private static partial Regex Piece();
}
