using EtlWarehouse.Crawling.Robots;

namespace EtlWarehouse.Tests.Crawling.Robots;

public sealed class RobotsPathTests
{
    [TestCase("", "/")]
    [TestCase("http://a.test", "/")]
    [TestCase("http://a.test/b/c?d=http://e.test/#f", "/b/c?d=http://e.test/")]
    [TestCase("http://a.test?b", "/?b")]
    [TestCase("http://a.test#/b", "/")]
    [TestCase("a.test/b;c", "/b;c")]
    [TestCase("//a.test/b", "/b")]
    [TestCase("/b", "/b")]
    public void Of_Address_IsWhatStandsBehindTheHost(string address, string path) => Assert.That(RobotsPath.Of(address), Is.EqualTo(path));

    [TestCase("/a b%2f~%7e", "/a b%2F~%7E", "/a b%2F~~")]
    [TestCase("/年", "/%E5%B9%B4", "/%E5%B9%B4")]
    [TestCase("%4", "%4", "%4")]
    public void Escape_AndNormalize_DifferInWhatIsUnreserved(string text, string escaped, string normal) => Assert.That(
        (RobotsPath.Escape(RobotsPath.Octets(text)), RobotsPath.Normalize(RobotsPath.Octets(text))), Is.EqualTo((escaped, normal)));
}
