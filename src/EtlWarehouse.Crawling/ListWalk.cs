using EtlWarehouse.Crawling.Discovery;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.Crawling;

/// <summary>Walks all pages of all lists of a site, and checks what it found against what the lists declare.</summary>
internal sealed class ListWalk(SiteDefinition site, ArchivingFetcher fetcher)
{
    // A list of more pages, or lists nested deeper, lead somewhere else.
    private const int MostPages = 500;
    private const int MostDepth = 3;

    private readonly Dictionary<Uri, ListItem> _items = [];
    private readonly List<CrawlReason> _reasons = [];
    private readonly HashSet<string> _seen = [];

    /// <summary>Distinct by address, in the order of the lists.</summary>
    public IReadOnlyCollection<ListItem> Items => _items.Values;

    public IReadOnlyList<CrawlReason> Reasons => _reasons;

    /// <summary>How many pages of lists could be read.</summary>
    public int PagesRead { get; private set; }

    public async Task WalkAsync(CancellationToken cancellation)
    {
        foreach (var start in site.Start)
            await WalkListAsync(new FetchRequest(start), depth: 0, cancellation).ConfigureAwait(false);
    }

    /// <summary>One list with all its pages; lists below it count for themselves.</summary>
    private async Task WalkListAsync(FetchRequest first, int depth, CancellationToken cancellation)
    {
        var pages = new Queue<FetchRequest>([first]);
        var below = new List<FetchRequest>();
        var items = new HashSet<Uri>();
        var isWhole = true;
        int? declared = null;
        var read = 0;
        while (pages.TryDequeue(out var request))
        {
            if (!_seen.Add(request.Key))
                continue;
            if (++read > MostPages)
            {
                _reasons.Add(new CrawlReason("list.pages", $"{first.Url}: expected at most {MostPages} pages, found more"));
                return;
            }

            if (await ReadAsync(request, cancellation).ConfigureAwait(false) is not { } page)
            {
                isWhole = false;
                continue;
            }

            declared = page.DeclaredItems ?? declared;
            below.AddRange(page.SubLists);
            page.Further.ToList().ForEach(pages.Enqueue);
            foreach (var item in page.Items)
            {
                items.Add(item.Url);
                _items.TryAdd(item.Url, item);
            }
        }

        if (read == 0)
            return;
        if (declared is not null && declared != items.Count && isWhole)
            _reasons.Add(new CrawlReason("list.total", $"{first.Url}: expected {declared} items as declared, found {items.Count}"));
        if (items.Count == 0 && below.Count == 0 && isWhole && declared != 0)
            _reasons.Add(new CrawlReason("list.empty", $"{first.Url}: expected a list, found no items"));
        if (below.Count > 0 && depth == MostDepth)
            _reasons.Add(new CrawlReason("list.depth", $"{first.Url}: expected lists at most {MostDepth} deep, found more below"));
        foreach (var list in depth < MostDepth ? below : [])
            await WalkListAsync(list, depth + 1, cancellation).ConfigureAwait(false);
    }

    private async Task<ListPage?> ReadAsync(FetchRequest request, CancellationToken cancellation)
    {
        var (answer, fault) = await fetcher.FetchAsync(request, FetchPurpose.List, null, cancellation).ConfigureAwait(false);
        if (answer is null)
        {
            // The same for all that is left of the host, so it is said once.
            if (fault!.Reach == FaultReach.Request || _reasons.TrueForAll(reason => reason.Code != fault.Code))
                _reasons.Add(new CrawlReason(fault.Reach == FaultReach.Request ? "list.failed" : fault.Code, fault.Message));
            return null;
        }

        try
        {
            var list = new ListAnswer(answer.FinalUrl(request), answer.Body, answer.Known.MediaType, answer.Known.Charset);
            var page = ListFamilies.For(list, site.Family).Read(list);
            PagesRead++;
            return page;
        }
        catch (FormatException exception)
        {
            _reasons.Add(new CrawlReason("list.format", exception.Message));
            return null;
        }
    }
}
