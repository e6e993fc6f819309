using EtlWarehouse.App.Jobs;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.Tests.App.Jobs;

public sealed class NightScheduleTests
{
    [TestCase("30 2 * * *", "Asia/Shanghai", "2025-01-01T00:00Z", "2025-01-03T00:00Z", "2025-01-01T18:30Z 2025-01-02T18:30Z")]
    // Sunday is 0 and 7 in a crontab.
    [TestCase("0 3 * * 0", "UTC", "2025-01-01T00:00Z", "2025-01-14T00:00Z", "2025-01-05T03:00Z 2025-01-12T03:00Z")]
    [TestCase("0 3 * * 7", "UTC", "2025-01-01T00:00Z", "2025-01-14T00:00Z", "2025-01-05T03:00Z 2025-01-12T03:00Z")]
    [TestCase("*/20 1 31 1 *", "UTC", "2025-01-01T00:00Z", "2026-01-01T00:00Z", "2025-01-31T01:00Z 2025-01-31T01:20Z 2025-01-31T01:40Z")]
    // Shanghai had summer time until 1991; New York's clock leaves out 02:30 on 2025-03-09, which then falls on the end of the gap.
    [TestCase("30 2 * * *", "America/New_York", "2025-03-08T12:00Z", "2025-03-10T12:00Z", "2025-03-09T07:00Z 2025-03-10T06:30Z")]
    // 01:30 comes twice on 2025-11-02, and is one night.
    [TestCase("30 1 * * *", "America/New_York", "2025-11-01T12:00Z", "2025-11-03T12:00Z", "2025-11-02T05:30Z 2025-11-03T06:30Z")]
    public void Between_Slots_FallOnTheZonesClockOnceADay(string schedule, string zone, string after, string until, string expected)
    {
        var slots = NightSchedule.Of(Pipeline(schedule, zone))!.Between(At(after), At(until));

        Assert.That(slots, Is.EqualTo(expected.Split(' ').Select(At)));
    }

    [Test]
    public void Between_MomentOfASlot_CountsItOnce()
    {
        var schedule = NightSchedule.Of(Pipeline("30 2 * * *", "UTC"))!;
        Assert.Multiple(() =>
        {
            Assert.That(schedule.Between(At("2025-01-01T00:00Z"), At("2025-01-01T02:30Z")), Has.Count.EqualTo(1));
            Assert.That(schedule.Between(At("2025-01-01T02:30Z"), At("2025-01-01T23:00Z")), Is.Empty);
        });
    }

    [TestCase("2:30")]
    [TestCase("0 30 2 * * *")]
    [TestCase("61 2 * * *")]
    public void Of_NoCrontabLine_SaysWhatWasExpected(string schedule)
    {
        var refused = Assert.Throws<FormatException>(() => NightSchedule.Of(Pipeline(schedule, "UTC")));
        Assert.That(refused!.Message, Does.StartWith("pipeline p: schedule: expected five fields").And.Contain(schedule));
    }

    [Test]
    public void Of_PipelineWithoutSchedule_IsNone() => Assert.That(NightSchedule.Of(Pipeline(null, "UTC")), Is.Null);

    private static CrawlPipeline Pipeline(string? schedule, string zone) =>
        new("p", "p", schedule, zone, "me@example.org", Politeness.Default, false, null, [], []);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
