using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Discovery;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.Crawling;

/// <summary>What became of one listed report.</summary>
/// <param name="New">Captures that were added: one a document, more where a page attaches several.</param>
/// <param name="Unchanged">Captures that stood in the archive already.</param>
/// <param name="Fault">The first thing that went wrong; null where nothing did.</param>
/// <param name="Sha256">Of the page's body; null where there is none.</param>
internal sealed record DocumentEnd(int New, int Unchanged, FetchFault? Fault, string? Sha256);

/// <summary>Fetches one listed report, or what its page attaches, and captures it.</summary>
/// <param name="lists">Hashes of the answers that were lists.</param>
internal sealed class DocumentFetch(
    CrawlPipeline pipeline, string pipelineHash, SiteDefinition site, IReadOnlySet<string> lists,
    DocumentArchive archive, CrawlJournal journal, ArchivingFetcher fetcher, TimeProvider time)
{
    public async Task<DocumentEnd> FetchAsync(ListItem item, CancellationToken cancellation)
    {
        var (page, fault) = await FetchAsync(item.Url, FetchPurpose.Page, item, cancellation).ConfigureAwait(false);
        if (page is null)
            return new DocumentEnd(0, 0, fault, null);

        // A page that is the report is captured beside its facsimile; readers take the page and leave the facsimile alone.
        var parts = ReportPage.Read(Decoded(item.Url, page), ListedTitle.YearOf(item.Title));
        var captures = new List<bool>();
        if (parts.IsReport)
            captures.Add(await CaptureAsync(item, item.Url, null, null, page, cancellation).ConfigureAwait(false));
        foreach (var attachment in parts.Files)
        {
            var (file, fileFault) = await FetchAsync(attachment.Url, FetchPurpose.Attachment, item, cancellation).ConfigureAwait(false);
            if (file is null)
                fault ??= fileFault;
            else
                captures.Add(await CaptureAsync(item, attachment.Url, attachment.Name, item.Url, file, cancellation).ConfigureAwait(false));
        }

        return new DocumentEnd(captures.Count(isNew => isNew), captures.Count(isNew => !isNew), fault, page.Known.Sha256);
    }

    private Task<(ArchivedAnswer? Answer, FetchFault? Fault)> FetchAsync(Uri url, FetchPurpose purpose, ListItem item, CancellationToken cancellation) => fetcher.FetchAsync(
        new FetchRequest(url), purpose, item,
        answer => lists.Contains(answer.Known.Sha256)
            ? new FetchFault("page.list", $"{url}: expected a report, found the list again")
            : AbsentPage.Find(url, Decoded(url, answer)),
        cancellation);

    private static ListAnswer Decoded(Uri url, ArchivedAnswer answer) =>
        new(answer.FinalUrl(new FetchRequest(url)), answer.Body, answer.Known.MediaType, answer.Known.Charset);

    /// <returns>Whether the capture is new.</returns>
    private async Task<bool> CaptureAsync(
        ListItem item, Uri url, string? fileName, Uri? pageUrl, ArchivedAnswer answer, CancellationToken cancellation)
    {
        var capture = new Capture(
            answer.Known.Sha256, url.AbsoluteUri, pipeline.Name, pipelineHash, site.Code,
            Capture.WholeMicroseconds(time.GetUtcNow()),
            answer.Known.MediaType, answer.Known.Charset,
            fileName ?? Uri.UnescapeDataString(url.Segments[^1]),
            item.Title, item.Date, pageUrl?.AbsoluteUri,
            site.DivisionCode, site.Agency, site.Kind, answer.Headers);
        var (stored, isNew) = archive.Captures.Add(capture);
        // Also where it is not new: a run that died may have stored it and not told the database.
        await journal.RecordCaptureAsync(stored, cancellation).ConfigureAwait(false);
        return isNew;
    }
}
