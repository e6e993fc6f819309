using System.Text;
using EtlWarehouse.Crawling.Robots;

namespace EtlWarehouse.Tests.Crawling.Robots;

public sealed class RobotsRulesTests
{
    [TestCase("user-agent: *\ndisallow: /a", "/a/b", false)]
    [TestCase("user-agent: *\ndisallow: /a", "/b", true)]
    [TestCase("user-agent: *\ndisallow:", "/a", true)]                                       // an empty rule forbids nothing
    [TestCase("disallow: /\nuser-agent: *\nallow: /", "/a", true)]                           // rules before any group are nobody's
    [TestCase("user-agent: other\ndisallow: /", "/a", true)]
    [TestCase("user-agent: *\ndisallow: /\nuser-agent: EtlWarehouse\nallow: /", "/a", true)] // the own group replaces the general one
    [TestCase("user-agent: etlwarehouse/2.0\ndisallow: /a", "/a", false)]                    // case and version do not count
    [TestCase("user-agent: etlwarehousebot\ndisallow: /a", "/a", true)]                      // another name is another crawler
    [TestCase("user-agent: a\nuser-agent: etlwarehouse\ndisallow: /a", "/a", false)]         // one group may name several
    [TestCase("user-agent: etlwarehouse\ndisallow: /a\nuser-agent: x\ndisallow: /b\nuser-agent: etlwarehouse\ndisallow: /c", "/c", false)]
    [TestCase("user-agent: *\nallow: /a/b\ndisallow: /a", "/a/b/c", true)]                   // the longest wins
    [TestCase("user-agent: *\ndisallow: /a/b\nallow: /a", "/a/b/c", false)]
    [TestCase("user-agent: *\ndisallow: /a\nallow: /a", "/a", true)]                         // of equals the one that allows
    [TestCase("user-agent: *\ndisallow: /*.php", "/x/y.php?z", false)]
    [TestCase("user-agent: *\ndisallow: /*.php$", "/x/y.php?z", true)]
    [TestCase("user-agent: *\ndisallow: /*.php$", "/x/y.php", false)]
    [TestCase("user-agent: *\ndisallow: /a*b*c", "/a1b2c3", false)]
    [TestCase("user-agent: *\ndisallow: /a*b*c", "/a1c2b", true)]
    [TestCase("user-agent: *\ndisallow: /$", "/", false)]
    [TestCase("user-agent: *\ndisallow: /$", "/a", true)]
    [TestCase("user-agent: *\ndisallow: /年报", "/%E5%B9%B4%E6%8A%A5/1", false)]              // both sides percent-encoded alike
    [TestCase("user-agent: *\ndisallow: /%7Ejoe", "/~joe/", false)]
    [TestCase("user-agent: *\ndisallow: /a%2fb", "/a%2Fb", false)]
    [TestCase("user-agent: *\ndisallow: /a%2Fb", "/a/b", true)]                              // an encoded slash is not a slash
    [TestCase("user-agent: *\ndisallow: /A", "/a", true)]
    [TestCase("User-Agent: * # all\r\nDisallow: /a # not here\r\n", "/a", false)]
    [TestCase("user-agent: *\ndisallow: /", "/robots.txt", true)]
    [TestCase("user-agent: *\nsitemap: /s.xml\ndisallow: /a", "/a", false)]                  // other lines do not end a group
    [TestCase("<html><body>404</body></html>", "/a", true)]
    [TestCase("user-agent *\ndisallow /a", "/a", false)]                                      // the colon forgotten
    [TestCase("user-agent: *\ndisallow /a /b", "/a", true)]                                   // three words are no rule
    [TestCase("user-agent: *\nDisalow: /a", "/a", false)]                                     // a slip of the pen
    [TestCase("user-agent: etlwarehouse bot\ndisallow: /a", "/a", false)]                     // words behind the name
    [TestCase("user-agent: *bot\ndisallow: /a", "/a", true)]
    [TestCase("user-agent: *\rdisallow: /a\rallow: /b", "/a", false)]                         // lines of old Macintoshes
    [TestCase("user-agent: x\ncrawl-delay: 1\nuser-agent: *\ndisallow: /a", "/a", false)]     // only rules end the names of a group
    [TestCase("user-agent: *\nallow: /x/index.html\ndisallow: /", "/x/", true)]              // the folder shows its index page
    [TestCase("user-agent: *\nallow: /x/index.html\ndisallow: /", "/x/y", false)]
    [TestCase("user-agent: *\ndisallow: /x/index.html", "/x/", true)]
    [TestCase("user-agent: *\ndisallow: /\nallow: /%61", "/a", false)]                        // allowed by the standard only
    [TestCase("user-agent: *\ndisallow: /%61", "/a", false)]                                 // disallowed by the standard only
    [TestCase("user-agent: *\ndisallow: /a?b=http://c.test/", "/a?b=http://c.test/d", false)]
    public void IsAllowed_Rules_Decide(string file, string path, bool expected)
    {
        var rules = RobotsRules.Parse(Encoding.UTF8.GetBytes(file), "EtlWarehouse");
        Assert.That(rules.IsAllowed(new Uri($"http://www.site.test{path}")), Is.EqualTo(expected));
    }

    [Test]
    public void Parse_ByteOrderMark_IsSkipped([Range(0, 3)] int octets)   // or what an editor left of it
    {
        byte[] file = [.. Encoding.UTF8.Preamble[..octets], .. "user-agent: *\ndisallow: /"u8];
        Assert.That(RobotsRules.Parse(file, "EtlWarehouse").IsAllowed(new Uri("http://a.test/x")), Is.False);
    }

    [Test]
    public void IsAllowed_LineBeyondAnyAddress_IsCutOff()
    {
        var path = "/" + new string('a', 16_652);
        var rules = RobotsRules.Parse(Encoding.UTF8.GetBytes($"user-agent: *\ndisallow: {path}bcd"), "EtlWarehouse");
        Assert.Multiple(() =>
        {
            Assert.That(rules.IsAllowed($"http://a.test{path}"), Is.False);
            Assert.That(rules.IsAllowed($"http://a.test{path[..^1]}"), Is.True);
        });
    }

    [TestCase("user-agent: *\ncrawl-delay: 2.5", 2.5)]
    [TestCase("user-agent: *\ncrawl-delay: soon", null)]
    [TestCase("user-agent: *\ncrawl-delay: 99999999", null)]   // a day and more is no delay but a mistake
    [TestCase("user-agent: x\ncrawl-delay: 2", null)]
    public void Parse_CrawlDelay_IsRead(string file, double? seconds) => Assert.That(
        RobotsRules.Parse(Encoding.UTF8.GetBytes(file), "EtlWarehouse").CrawlDelay?.TotalSeconds, Is.EqualTo(seconds));
}
