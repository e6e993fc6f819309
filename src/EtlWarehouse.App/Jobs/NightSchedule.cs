using EtlWarehouse.Crawling.Pipelines;
using Quartz;

namespace EtlWarehouse.App.Jobs;

/// <summary>The slots of a pipeline's schedule: a crontab line of five fields, read on the clock of its own time zone.</summary>
public sealed class NightSchedule
{
    // A pipeline that runs each minute and was away for a year has half a million slots; only the newest matters.
    private const int MostSlots = 1000;

    private readonly CronExpression _cron;

    private NightSchedule(string pipeline, CronExpression cron) => (Pipeline, _cron) = (pipeline, cron);

    public string Pipeline { get; }

    /// <returns>Null for a pipeline that is only started by hand.</returns>
    /// <exception cref="FormatException">The schedule is no crontab line.</exception>
    public static NightSchedule? Of(CrawlPipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        if (pipeline.Schedule is not { } line)
            return null;
        return CronExpression.TryParse(line, CronFormat.Unix, out var cron) && cron is not null
            ? new NightSchedule(pipeline.Name, cron.WithTimeZone(TimeZoneInfo.FindSystemTimeZoneById(pipeline.TimeZone)))
            : throw new FormatException($"pipeline {pipeline.Name}: schedule: expected five fields of a crontab such as \"30 2 * * *\", found '{line}'");
    }

    /// <summary>The slots after one moment up to another, the newest last. Where the clock is set forward over a slot it falls on the first moment after the gap.</summary>
    public IReadOnlyList<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset until)
    {
        var slots = new Queue<DateTimeOffset>();
        for (var slot = _cron.GetNextValidTimeAfter(after); slot is { } due && due <= until; slot = _cron.GetNextValidTimeAfter(due))
        {
            slots.Enqueue(due);
            if (slots.Count > MostSlots)
                slots.Dequeue();
        }

        return [.. slots];
    }

    public DateTimeOffset? Next(DateTimeOffset after) => _cron.GetNextValidTimeAfter(after);
}
