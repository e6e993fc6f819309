using EtlWarehouse.Crawling.Discovery;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.Crawling;

/// <summary>One walk over all pages of one list, and what proves that they are all.</summary>
internal sealed class ListRound
{
    // A list of more pages leads somewhere else.
    private const int MostPages = 500;

    private readonly FetchRequest _first;
    private readonly Uri? _shownOn;
    private readonly Dictionary<Uri, ListItem> _items = [];
    private readonly List<(Uri Url, HashSet<Uri> Items)> _pages = [];
    private readonly List<CrawlReason> _failures = [];
    private readonly List<CrawlReason> _gaps = [];
    private readonly HashSet<int> _totals = [];
    private int? _declaredPages;

    private ListRound(FetchRequest first, Uri? shownOn) => (_first, _shownOn) = (first, shownOn);

    /// <summary>Distinct by address, in the order of the list.</summary>
    public IReadOnlyCollection<ListItem> Items => _items.Values;

    /// <summary>Lists below this one.</summary>
    public IReadOnlyList<FetchRequest> Below { get; private set; } = [];

    /// <summary>The requests of the pages that were read.</summary>
    public HashSet<string> Keys { get; } = [];

    /// <summary>Hashes of the pages' bodies.</summary>
    public HashSet<string> Bodies { get; } = [];

    public int PagesRead => _pages.Count;

    /// <summary>The same for two walks exactly if the list stood still between them.</summary>
    public string Order => string.Join('\n', _pages.Select(page => string.Join(' ', page.Items)));

    /// <summary>Whether the list states one total and that many items were seen.</summary>
    public bool IsCounted => _failures.Count == 0 && _totals.Count == 1 && _totals.Contains(_items.Count);

    /// <summary>
    /// Whether a second walk would tell more: items move from page to page while a list is read, and only a total shows
    /// at once that none was missed.
    /// </summary>
    public bool MayHaveMoved => _failures.Count == 0 && _gaps.Count == 0 && !IsCounted && (_totals.Count > 0 || _pages.Count > 1);

    /// <summary>Why it is not proven that this was the whole list; none where it is.</summary>
    public IEnumerable<CrawlReason> Reasons()
    {
        if (_failures.Count > 0)
            return _failures;
        if (IsCounted)
            return [];

        var reasons = new List<CrawlReason>(_gaps);
        if (_totals.Count > 1)
            reasons.Add(Reason("list.changed", $"expected one total, found {string.Join(" and ", _totals.Order())}"));
        else if (_totals.Count == 1)
            reasons.Add(Reason("list.total", $"expected {_totals.Single()} items as declared, found {_items.Count}"));
        else if (_declaredPages is { } declared && declared > _pages.Count)
            reasons.Add(Reason("list.pages", $"expected {declared} pages as declared, found {_pages.Count}"));
        if (_items.Count == 0 && Below.Count == 0 && reasons.Count == 0)
            reasons.Add(Reason("list.empty", "expected a list, found no items"));
        return reasons;
    }

    /// <param name="shownOn">The list above, whose page may be the one that shows this; null for none.</param>
    public static async Task<ListRound> WalkAsync(
        FetchRequest first, Uri? shownOn, SiteDefinition site, ArchivingFetcher fetcher, CancellationToken cancellation)
    {
        var round = new ListRound(first, shownOn);
        var pages = new Queue<FetchRequest>([first]);
        IListFamily? family = null;
        while (pages.TryDequeue(out var request))
        {
            if (!round.Keys.Add(request.Key))
                continue;
            if (round.Keys.Count > MostPages)
            {
                round._failures.Add(round.Reason("list.pages", $"expected at most {MostPages} pages, found more"));
                break;
            }

            if (await round.ReadAsync(request, family, site, fetcher, cancellation).ConfigureAwait(false) is not { } read)
                continue;
            // What the first page is, the others are too, whatever little they hold.
            family ??= read.Family;
            read.Page.Further.ToList().ForEach(pages.Enqueue);
        }

        return round;
    }

    private async Task<(IListFamily Family, ListPage Page)?> ReadAsync(
        FetchRequest request, IListFamily? family, SiteDefinition site, ArchivingFetcher fetcher, CancellationToken cancellation)
    {
        var (answer, fault) = await fetcher.FetchAsync(request, FetchPurpose.List, null, null, cancellation).ConfigureAwait(false);
        if (answer is null)
        {
            _failures.Add(new CrawlReason(fault!.Reach == FaultReach.Request ? "list.failed" : fault.Code, fault.Message));
            return null;
        }

        var list = new ListAnswer(answer.FinalUrl(request), answer.Body, answer.Known.MediaType, answer.Known.Charset, request, _shownOn ?? _first.Url);
        try
        {
            family ??= ListFamilies.For(list, site.Family);
            var page = family.Read(list);
            // A page without text may be the shell of a list; that it lists nothing is said below.
            if (page.Items.Count == 0 && page.SubLists.Count == 0 && AbsentPage.Find(request.Url, list) is { } absent
                && absent.Code != "page.no_text")
            {
                _failures.Add(new CrawlReason("list.failed", absent.Message));
                return null;
            }

            if (page.Items.FirstOrDefault(item => PageText.IsGarbled(item.Title)) is { } garbled)
            {
                _failures.Add(new CrawlReason("list.garbled", $"{request.Url}: expected titles, found '{garbled.Title}'"));
                return null;
            }

            Bodies.Add(answer.Known.Sha256);
            Add(request, page);
            return (family, page);
        }
        catch (FormatException exception)
        {
            _failures.Add(new CrawlReason("list.format", exception.Message));
            return null;
        }
    }

    private void Add(FetchRequest request, ListPage page)
    {
        var items = page.Items.Select(item => item.Url).ToHashSet();
        if (_pages.Count == 0)
            Below = page.SubLists;
        else if (items.Count == 0)
            _gaps.Add(new CrawlReason("list.page_empty", $"{request.Key}: expected items of page {_pages.Count + 1}, found none"));
        else if (_pages.Find(earlier => earlier.Items.SetEquals(items)) is { Items: not null } same)
        {
            // A folder and its index are one page.
            if (Folder(same.Url) == Folder(request.Url))
                return;
            _gaps.Add(new CrawlReason("list.repeats", $"{request.Key}: expected other items than on {same.Url}, found the same"));
        }

        if (page.UnreadPaging is { } paging)
            _gaps.Add(new CrawlReason("list.unread_paging", $"{request.Url}: expected the address of the next page, found {paging}"));
        _pages.Add((request.Url, items));
        if (page.DeclaredItems is { } total)
            _totals.Add(total);
        _declaredPages = page.DeclaredPages ?? _declaredPages;
        foreach (var item in page.Items)
            _items.TryAdd(item.Url, item);
    }

    private static string Folder(Uri url) =>
        url.AbsolutePath.EndsWith('/') || url.Segments[^1].StartsWith("index.", StringComparison.OrdinalIgnoreCase)
            ? new Uri(url, ".").AbsoluteUri + url.Query
            : url.AbsoluteUri;

    private CrawlReason Reason(string code, string message) => new(code, $"{_first.Url}: {message}");
}
