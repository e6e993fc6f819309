namespace EtlWarehouse.Crawling.Pipelines;

/// <summary>The hours in which hosts may be asked, on the clock of the pipeline's time zone.</summary>
/// <param name="From">Belongs to the window.</param>
/// <param name="To">Does not. Before <paramref name="From"/> where the window runs over midnight.</param>
public sealed record CrawlWindow(TimeOnly From, TimeOnly To)
{
    public bool Contains(TimeOnly time) => time.IsBetween(From, To);

    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{From:HH\\:mm} to {To:HH\\:mm}");
}

/// <summary>One night of crawling, from noon to noon in the pipeline's time zone, so that no window falls into two of them.</summary>
/// <param name="Begin">UTC; belongs to the night.</param>
/// <param name="End">UTC; does not.</param>
public readonly record struct CrawlNight(DateTimeOffset Begin, DateTimeOffset End)
{
    public static CrawlNight Of(DateTimeOffset now, TimeZoneInfo zone)
    {
        var noon = TimeZoneInfo.ConvertTime(now, zone).AddHours(-12).Date.AddHours(12);
        return new CrawlNight(Utc(noon, zone), Utc(noon.AddDays(1), zone));
    }

    private static DateTimeOffset Utc(DateTime local, TimeZoneInfo zone) => new(TimeZoneInfo.ConvertTimeToUtc(local, zone));
}
