using System.Collections.Concurrent;
using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling.Robots;

/// <summary>Asks each host for its robots.txt once and says which of its pages may be fetched.</summary>
internal sealed class RobotsGate(SiteClient client)
{
    private readonly ConcurrentDictionary<string, Task<(RobotsRules? Rules, FetchFault? Fault)>> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>Null where the page may be fetched, else why not.</returns>
    public async Task<FetchFault?> CheckAsync(Uri url, CancellationToken cancellation)
    {
        var authority = url.GetLeftPart(UriPartial.Authority);
        var (rules, fault) = await _hosts.GetOrAdd(authority, _ => LoadAsync(new Uri($"{authority}/robots.txt"), cancellation)).ConfigureAwait(false);
        if (rules is null)
            return fault;
        return rules.IsAllowed(url)
            ? null
            : new FetchFault("robots.disallowed", $"{url}: expected a page that robots.txt allows, found it disallowed");
    }

    private async Task<(RobotsRules? Rules, FetchFault? Fault)> LoadAsync(Uri robots, CancellationToken cancellation)
    {
        var result = await client.FetchAsync(new FetchRequest(robots, IsRobots: true), Validators.None, isAllowed: null, cancellation).ConfigureAwait(false);
        if (result.Response is { } response)
        {
            var rules = RobotsRules.Parse(response.Body, SiteClient.ProductToken);
            if (rules.CrawlDelay is { } delay)
                client.Lengthen(robots.IdnHost, delay);
            return (rules, null);
        }

        // Not to be asked at all, or a wall that stands before this page as before all others.
        if (result.Fault is { Reach: not FaultReach.Request })
            return (null, result.Fault);
        // No file, or one behind endless redirects: everything is allowed. A server that fails might have forbidden it.
        if (result.HttpStatus is >= 400 and < 500 and not 429 || result.Fault?.Code is "redirect.loop" or "redirect.limit")
            return (RobotsRules.AllowAll, null);
        return (null, new FetchFault("robots.unreachable", $"{robots}: expected robots.txt or its absence, found: {result.Fault?.Message}"));
    }
}
