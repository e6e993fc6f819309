using EtlWarehouse.Crawling.Discovery;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.Crawling;

/// <summary>Compares what was listed with what the pipeline expects.</summary>
internal static class Completeness
{
    /// <param name="thisYear">The calendar year of the visit.</param>
    public static IEnumerable<CrawlReason> Unmet(SiteExpectation expect, IReadOnlyCollection<ListItem> reports, int thisYear)
    {
        if (expect.Reports > reports.Count)
            yield return new CrawlReason("expect.reports", $"expected at least {expect.Reports} reports, found {reports.Count}");
        if (expect.FirstYear is not { } first)
            yield break;

        var years = reports.Select(item => ListedTitle.YearOf(item.Title)).ToHashSet();
        // Last year's reports are due by March 31; until they all must be there, the year before is the last one due.
        for (var year = first; year <= (expect.LastYear ?? thisYear - 2); year++)
        {
            if (!years.Contains(year))
                yield return new CrawlReason("expect.years", $"expected a report on {year}, found none listed");
        }
    }
}
