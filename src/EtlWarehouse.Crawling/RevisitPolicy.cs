using System.Security.Cryptography;
using System.Text;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.Crawling;

/// <summary>
/// When a report that was fetched is asked for again. By law departments publish in January and governments until the end
/// of March (article 49 of the regulations on disclosure), and corrections follow soon, so young reports are looked at
/// often in these months and rarely later; old ones change hardly ever. Lists are always asked: they tell what is new.
/// </summary>
internal static class RevisitPolicy
{
    private const int JanuaryIsDue = 1;
    private const int MarchIsDue = 3;

    /// <summary>A report is young for a quarter after it was listed or first fetched.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromDays(90);

    private static readonly TimeSpan InSeason = TimeSpan.FromDays(7);
    private static readonly TimeSpan OutOfSeason = TimeSpan.FromDays(30);
    private static readonly TimeSpan OnceOld = TimeSpan.FromDays(180);

    /// <param name="last">The last good answer.</param>
    /// <param name="listedOn">The date beside the report in its list.</param>
    /// <param name="listChangedAt">When its line in the list last became another; null for never.</param>
    public static bool IsDue(CrawlPipeline pipeline, KnownAnswer last, DateOnly? listedOn, DateTimeOffset? listChangedAt, DateTimeOffset now)
    {
        // Answered to a run of this night that died: the run that takes its place does not ask twice.
        if (last.IsOfThisNight)
            return false;
        if (pipeline.Revisit == Revisit.Always || listChangedAt > last.CheckedAt)
            return true;
        return now - last.CheckedAt >= Interval(pipeline.Zone, last, listedOn, now);
    }

    private static TimeSpan Interval(TimeZoneInfo zone, KnownAnswer last, DateOnly? listedOn, DateTimeOffset now)
    {
        var firstSeen = new DateTimeOffset(last.FirstAt, TimeSpan.Zero);
        var born = listedOn is { } day && day.ToDateTime(TimeOnly.MinValue) is var listed && listed < firstSeen.UtcDateTime
            ? new DateTimeOffset(listed, TimeSpan.Zero)
            : firstSeen;
        var isSeason = TimeZoneInfo.ConvertTime(now, zone).Month is JanuaryIsDue or MarchIsDue;
        var interval = now - born > Young ? OnceOld : isSeason ? InSeason : OutOfSeason;
        // What was fetched in one night is spread over many: an address always has the same share, from 3/4 to 5/4.
        var share = SHA256.HashData(Encoding.UTF8.GetBytes(last.Request))[0] / 255.0;
        return interval * (0.75 + share / 2);
    }
}
