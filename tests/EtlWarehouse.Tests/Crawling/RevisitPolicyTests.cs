using EtlWarehouse.Crawling;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.Tests.Crawling;

public sealed class RevisitPolicyTests
{
    // The last column is after how many days nine of ten such reports are asked for again, and after how many none is yet.
    [TestCase("2026-01-10", "2026-01-10", 9, 5)]      // published in January, asked in January
    [TestCase("2026-03-10", "2026-03-10", 9, 5)]      // in March
    [TestCase("2026-04-10", "2026-04-10", 38, 22)]    // young, out of season
    [TestCase("2020-01-10", "2026-01-10", 226, 134)]  // long listed, whatever the season
    [TestCase("2020-01-10", "2026-06-10", 226, 134)]
    public void IsDue_ByAgeAndSeason_IsSpreadOverNights(string listed, string asked, int most, int least)
    {
        var checkedAt = Day(asked);
        int Due(int days) => Enumerable.Range(0, 100).Count(index => RevisitPolicy.IsDue(
            Pipeline(Revisit.Law), Known($"http://a.test/{index}", checkedAt), DateOnly.Parse(listed, null), null, checkedAt.AddDays(days)));
        Assert.Multiple(() =>
        {
            Assert.That(Due(least), Is.Zero);
            Assert.That(Due(most), Is.EqualTo(100));
            Assert.That(Due((most + least) / 2), Is.InRange(20, 80), "not all in one night");
        });
    }

    [Test]
    public void IsDue_LineOfTheListChanged_IsAtOnce()
    {
        var checkedAt = Day("2026-06-10");
        bool IsDue(DateTimeOffset? changedAt) => RevisitPolicy.IsDue(
            Pipeline(Revisit.Law), Known("http://a.test/1", checkedAt), null, changedAt, checkedAt.AddDays(1));
        Assert.Multiple(() =>
        {
            Assert.That(IsDue(null), Is.False);
            Assert.That(IsDue(checkedAt.AddDays(-1)), Is.False, "it was fetched since");
            Assert.That(IsDue(checkedAt.AddHours(23)), Is.True);
        });
    }

    [TestCase(false, true)]
    [TestCase(true, false)]   // what was answered this night is not asked again, whatever the pipeline says
    public void IsDue_Always_IsButOnceANight(bool isOfThisNight, bool expected)
    {
        var known = Known("http://a.test/1", Day("2026-06-10")) with { IsOfThisNight = isOfThisNight };
        Assert.That(RevisitPolicy.IsDue(Pipeline(Revisit.Always), known, null, null, Day("2026-06-10").AddHours(1)), Is.EqualTo(expected));
    }

    [TestCase("2026-01-20T14:00Z", "2026-01-20T04:00Z", "2026-01-21T04:00Z")]   // ten at night in China
    [TestCase("2026-01-20T22:00Z", "2026-01-20T04:00Z", "2026-01-21T04:00Z")]   // six in the morning: the same night
    [TestCase("2026-01-21T04:00Z", "2026-01-21T04:00Z", "2026-01-22T04:00Z")]   // noon begins the next
    public void Night_IsFromNoonToNoon(string now, string begin, string end)
    {
        var night = CrawlNight.Of(DateTimeOffset.Parse(now, null), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        Assert.That((night.Begin, night.End), Is.EqualTo((DateTimeOffset.Parse(begin, null), DateTimeOffset.Parse(end, null))));
    }

    [TestCase("22:00", "06:00", "22:00", true)]
    [TestCase("22:00", "06:00", "05:59", true)]
    [TestCase("22:00", "06:00", "06:00", false)]
    [TestCase("22:00", "06:00", "21:59", false)]
    [TestCase("01:00", "06:00", "00:59", false)]
    [TestCase("01:00", "06:00", "03:00", true)]
    public void Window_Contains_ItsBeginButNotItsEnd(string from, string to, string now, bool expected) =>
        Assert.That(new CrawlWindow(TimeOnly.Parse(from, null), TimeOnly.Parse(to, null)).Contains(TimeOnly.Parse(now, null)), Is.EqualTo(expected));

    private static DateTimeOffset Day(string day) => new(DateOnly.Parse(day, null).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static KnownAnswer Known(string url, DateTimeOffset at) =>
        new(url, new string('0', 64), 1, null, null, null, null, null, at.UtcDateTime, at.UtcDateTime);

    private static CrawlPipeline Pipeline(Revisit revisit) =>
        new("test", "测试", null, "Asia/Shanghai", "test@example.org", Politeness.Default, false, null, [], []) { Revisit = revisit };
}
