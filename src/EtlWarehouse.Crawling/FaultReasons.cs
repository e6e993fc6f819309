using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling;

/// <summary>Why documents of a visit could not be fetched, as reasons of the visit.</summary>
internal static class FaultReasons
{
    /// <summary>One reason a document, and one for all documents of a host that is not to be asked.</summary>
    public static IEnumerable<CrawlReason> Of(IReadOnlyCollection<FetchFault> faults)
    {
        foreach (var fault in faults.Where(fault => fault.Reach == FaultReach.Request))
            yield return new CrawlReason("document.failed", fault.Message);
        foreach (var same in faults.Where(fault => fault.Reach != FaultReach.Request).GroupBy(fault => (fault.Code, fault.Host)))
        {
            var others = same.Count() - 1;
            yield return new CrawlReason(same.Key.Code, others == 0 ? same.First().Message : $"{same.First().Message}; {others} more documents of {same.Key.Host} left for another night");
        }
    }
}
