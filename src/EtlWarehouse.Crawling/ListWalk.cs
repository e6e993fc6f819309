using EtlWarehouse.Crawling.Discovery;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.Crawling;

/// <summary>Walks all pages of all lists of a site, and says where it is not proven that they are all.</summary>
internal sealed class ListWalk(SiteDefinition site, ArchivingFetcher fetcher)
{
    // Lists nested deeper lead somewhere else.
    private const int MostDepth = 3;

    // A list that moves even then is not read for certain.
    private const int MostSecondLooks = 2;

    private readonly Dictionary<Uri, ListItem> _items = [];
    private readonly List<CrawlReason> _reasons = [];
    private readonly HashSet<string> _seen = [];
    private readonly HashSet<string> _bodies = [];

    /// <summary>Distinct by address, in the order of the lists.</summary>
    public IReadOnlyCollection<ListItem> Items => _items.Values;

    public IReadOnlyList<CrawlReason> Reasons => _reasons;

    /// <summary>Hashes of all answers that were lists; what gives one in place of a document is throttling.</summary>
    public IReadOnlySet<string> Bodies => _bodies;

    /// <summary>How many pages of lists could be read.</summary>
    public int PagesRead { get; private set; }

    public async Task WalkAsync(CancellationToken cancellation)
    {
        var lists = new Queue<(FetchRequest First, Uri? Above, int Depth)>(site.Start.Select(start => (new FetchRequest(start), (Uri?)null, 0)));
        while (lists.TryDequeue(out var list))
        {
            if (_seen.Contains(list.First.Key))
                continue;
            var round = await SettleAsync(list.First, list.Above, cancellation).ConfigureAwait(false);
            PagesRead += round.PagesRead;
            _seen.UnionWith(round.Keys);
            _bodies.UnionWith(round.Bodies);
            // What holds for all that is left of the host is said once.
            foreach (var reason in round.Reasons())
            {
                if (reason.Code.StartsWith("list.", StringComparison.Ordinal) || _reasons.TrueForAll(said => said.Code != reason.Code))
                    _reasons.Add(reason);
            }

            foreach (var item in round.Items)
                _items.TryAdd(item.Url, item);
            var below = round.Below.Where(request => !_seen.Contains(request.Key)).ToList();
            if (below.Count > 0 && list.Depth == MostDepth)
                _reasons.Add(new CrawlReason("list.depth", $"{list.First.Url}: expected lists at most {MostDepth} deep, found more below"));
            else
                below.ForEach(request => lists.Enqueue((request, list.First.Url, list.Depth + 1)));
        }
    }

    /// <summary>Walks a list until it is counted, or two walks found it in the same order.</summary>
    private async Task<ListRound> SettleAsync(FetchRequest first, Uri? above, CancellationToken cancellation)
    {
        var round = await ListRound.WalkAsync(first, above, site, fetcher, cancellation).ConfigureAwait(false);
        for (var look = 0; look < MostSecondLooks && round.MayHaveMoved; look++)
        {
            var next = await ListRound.WalkAsync(first, above, site, fetcher, cancellation).ConfigureAwait(false);
            if (next.Order == round.Order)
                return next;
            round = next;
            if (look == MostSecondLooks - 1 && round.MayHaveMoved)
                _reasons.Add(new CrawlReason("list.changed", $"{first.Url}: expected a list that stands still for two walks, found it changed at each"));
        }

        return round;
    }
}
