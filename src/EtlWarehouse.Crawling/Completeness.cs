using EtlWarehouse.Crawling.Discovery;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.Crawling;

/// <summary>Compares what was listed with what the pipeline expects.</summary>
internal static class Completeness
{
    /// <summary>Different reports whose pages are the same bytes: some server answers all of them with one page.</summary>
    public static IEnumerable<CrawlReason> Doubled(IReadOnlyList<ListItem> reports, IReadOnlyList<DocumentEnd> ends) => reports
        .Zip(ends)
        .Where(pair => pair.Second.Sha256 is not null)
        .GroupBy(pair => pair.Second.Sha256)
        .Where(same => same.Select(pair => pair.First.Title).Distinct().Count() > 1)
        .Select(same => new CrawlReason(
            "document.same", $"{same.First().First.Url}: expected a document of its own, found the bytes of {same.Last().First.Url}"));

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
