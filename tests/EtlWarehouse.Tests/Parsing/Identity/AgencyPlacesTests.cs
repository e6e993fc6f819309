using EtlWarehouse.Parsing.Identity;

namespace EtlWarehouse.Tests.Parsing.Identity;

public sealed class AgencyPlacesTests
{
    private static readonly AgencyPlaces Places = new(ReferenceReports.Reference);

    [TestCase("偃师区司法局", 2024, "410307", "司法局")]
    [TestCase("洛阳市偃师区司法局", 2024, "410307", "司法局")]     // prefix levels are dropped freely
    [TestCase("河南省洛阳市偃师区司法局", 2024, "410307", "司法局")]
    [TestCase("偃师市司法局", 2020, "410381", "司法局")]           // the code in force at the end of the reporting year
    [TestCase("淄博市司法局", 2024, "370300", "司法局")]
    [TestCase("芮城县人民政府办公室", 2023, "140830", "人民政府办公室")]
    [TestCase("南京市鼓楼区教育局", 2023, "320106", "教育局")]
    [TestCase("国家税务总局洛阳市税务局", 2023, "410300", "国家税务总局～税务局")]   // the place stands inside the name
    [TestCase("吉林省吉林市公安局", 2023, "220200", "公安局")]
    public void Find_NameWithPlace_GivesDivisionAndBody(string agency, int year, string code, string body)
    {
        var place = Places.Find(agency, year, null);
        Assert.That((place.Division?.Code, place.Body), Is.EqualTo((code, body)));
    }

    [Test]
    public void Find_NameThatSeveralPlacesShare_IsNotGuessed()
    {
        var place = Places.Find("鼓楼区司法局", 2023, null);
        Assert.That(place.Division, Is.Null);
        Assert.That(place.Candidates.Select(division => division.Code), Is.EquivalentTo(new[] { "320106", "320302", "350102", "410204" }));
    }

    [Test]
    public void Find_SharedNameOnAKnownSite_IsPlacedByTheSite() =>
        Assert.That(Places.Find("鼓楼区司法局", 2023, "350100").Division?.Code, Is.EqualTo("350102"));

    [Test]
    public void Find_NameWithoutPlace_TakesTheSites() =>
        Assert.That(Places.Find("市司法局", 2023, "370300").Division?.Code, Is.EqualTo("370300"));

    [Test]
    public void Find_PlaceThatWasAbolished_IsNotFound() =>
        Assert.That(Places.Find("偃师市司法局", 2023, null).Division?.Code, Is.Null);

    [TestCase("司法局", "justice")]
    [TestCase("司法局(区行政复议局)", "justice")]
    [TestCase("人民政府", "people_government")]
    [TestCase("人民政府办公室", "government_office")]
    [TestCase("大芦镇人民政府", "township")]
    [TestCase("教育体育局", "education")]          // not sports: the longest name that fits
    [TestCase("生态环境局偃师分局", null)]
    public void Kind_Body_IsTheLongestEndingThatFits(string body, string? kind) =>
        Assert.That(Places.Kind(body), Is.EqualTo(kind));
}
