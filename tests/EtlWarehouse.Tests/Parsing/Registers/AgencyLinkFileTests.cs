using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Tests.Parsing.Registers;

public sealed class AgencyLinkFileTests
{
    private const string Good = "{agency: 410303/信访办, successor: 410303/信访局, from: 2021-03-01, kind: renamed}";

    [Test]
    public void Load_Link_GivesItsParts() =>
        Assert.That(Load(Good), Is.EqualTo(new[] { new AgencyLink("410303/信访办", "410303/信访局", new DateOnly(2021, 3, 1), "renamed") }));

    [TestCase("{successor: 410303/信访局, from: 2021-03-01, kind: renamed}", "expected an agency code such as 410303/司法局, found ''")]
    [TestCase("{agency: 西工区信访办, successor: 410303/信访局, from: 2021-03-01, kind: renamed}", "found '西工区信访办'")]
    [TestCase("{agency: 410303/信访局, successor: 410303/信访局, from: 2021-03-01, kind: renamed}", "expected another agency as successor")]
    [TestCase("{agency: 410303/信访办, successor: 410303/信访局, from: 2021-3-1, kind: renamed}", "found '2021-3-1'")]
    [TestCase("{agency: 410303/信访办, successor: 410303/信访局, kind: renamed}", "expected from: a date")]
    [TestCase("{agency: 410303/信访办, successor: 410303/信访局, from: 2021-03-01, kind: gone}", "expected kind: renamed or merged or split, found 'gone'")]
    [TestCase($"{Good}, {Good}", "expected each pair of agencies once")]
    [TestCase("{agency: 410303/信访办, heir: 410303/信访局}", "heir")]
    public void Load_FaultyLink_SaysWhatIsExpected(string links, string message) =>
        Assert.That(() => Load(links), Throws.TypeOf<FormatException>().With.Message.Contains(message).And.Message.Contains("agency-links.yml"));

    private static List<AgencyLink> Load(string links)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "agency-links.yml");
        File.WriteAllText(file, $"links: [{links}]\n");
        return AgencyLinkFile.Load(file);
    }
}
