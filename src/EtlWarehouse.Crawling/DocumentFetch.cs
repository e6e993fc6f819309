using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Discovery;
using EtlWarehouse.Crawling.Fetching;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.Crawling;

/// <summary>What became of one listed report.</summary>
/// <param name="New">Captures that were added: one a document, more where a page attaches several.</param>
/// <param name="Unchanged">Captures that stood in the archive already.</param>
internal sealed record DocumentEnd(int New, int Unchanged, FetchFault? Fault);

/// <summary>Fetches one listed report, or what its page attaches, and captures it.</summary>
internal sealed class DocumentFetch(
    CrawlPipeline pipeline, string pipelineHash, SiteDefinition site,
    DocumentArchive archive, CrawlJournal journal, ArchivingFetcher fetcher, TimeProvider time)
{
    public async Task<DocumentEnd> FetchAsync(ListItem item, CancellationToken cancellation)
    {
        var request = new FetchRequest(item.Url);
        var (page, fault) = await fetcher.FetchAsync(request, FetchPurpose.Page, item, cancellation).ConfigureAwait(false);
        if (page is null)
            return new DocumentEnd(0, 0, fault);

        var attachments = ReportPage.Attachments(
            new ListAnswer(page.FinalUrl(request), page.Body, page.Known.MediaType, page.Known.Charset));
        if (attachments.Count == 0)
            return Count([await CaptureAsync(item, item.Url, null, null, page, cancellation).ConfigureAwait(false)], null);

        var captures = new List<bool>();
        foreach (var attachment in attachments)
        {
            var (file, fileFault) = await fetcher.FetchAsync(new FetchRequest(attachment.Url), FetchPurpose.Attachment, item, cancellation).ConfigureAwait(false);
            if (file is null)
                return Count(captures, fileFault);
            captures.Add(await CaptureAsync(item, attachment.Url, attachment.Name, item.Url, file, cancellation).ConfigureAwait(false));
        }

        return Count(captures, null);
    }

    private static DocumentEnd Count(List<bool> areNew, FetchFault? fault) =>
        new(areNew.Count(isNew => isNew), areNew.Count(isNew => !isNew), fault);

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
