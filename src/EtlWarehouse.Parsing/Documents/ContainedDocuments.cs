using System.Diagnostics;
using EtlWarehouse.Parsing.Documents.Office;
using EtlWarehouse.Parsing.Documents.Scans;

namespace EtlWarehouse.Parsing.Documents;

/// <summary>What a ZIP archive holds: each entry that is a document, read as such, its name in front of its locators.</summary>
internal static class ContainedDocuments
{
    private const int MostDocuments = 20;

    /// <summary>For all documents together; some need programs that have half a minute for each.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    public static IReadOnlyList<DocumentContent> Read(ZipContainer container)
    {
        var documents = new List<DocumentContent>();
        var pictures = new List<(string Name, ReadOnlyMemory<byte> Content)>();
        DocumentRefusedException? first = null;
        var start = Stopwatch.GetTimestamp();
        foreach (var entry in container.Entries.Where(entry => IsFile(entry.FullName)).OrderBy(entry => entry.FullName, StringComparer.Ordinal).Take(MostDocuments))
        {
            if (Stopwatch.GetElapsedTime(start) > TimeLimit)
                throw new DocumentRefusedException("document.too_slow", $"expected the documents of an archive to be read within {TimeLimit.TotalSeconds} s, found them still unread at '{entry.FullName}'");
            try
            {
                var content = container.Read(entry);
                if (PictureDocument.IsPicture(content))
                {
                    pictures.Add((entry.FullName, content));
                    continue;
                }

                documents.AddRange(DocumentFormats.ReadContained(new SourceDocument(content, entry.Name)).Select(document => Within(document, entry.FullName)));
            }
            catch (DocumentRefusedException refused) when (refused.Code is not ("document.too_large" or "document.too_slow" or "document.encrypted"))
            {
                // Another file beside the report is no fault; if there is nothing else, it is the reason.
                first ??= new DocumentRefusedException(refused.Code, $"'{entry.FullName}': {refused.Message}");
            }
        }

        // A seal or a photograph beside a report is not looked at; where there is nothing else, the pictures are its pages.
        if (documents.Count == 0 && pictures.Count > 0)
            return [PictureDocument.Read([.. pictures.OrderBy(picture => PictureDocument.Order(picture.Name), StringComparer.Ordinal).Select(picture => picture.Content)])];
        if (documents.Count == 0)
            throw first ?? new DocumentRefusedException("document.empty", "expected a document in the archive, found none");
        return documents;
    }

    private static bool IsFile(string name) =>
        !name.EndsWith('/') && !name.StartsWith("__MACOSX/", StringComparison.Ordinal) && !name.Split('/')[^1].StartsWith('.');

    private static DocumentContent Within(DocumentContent document, string name) => document with
    {
        Blocks = [.. document.Blocks.Select(block => block switch
        {
            LineBlock line => line with { Locator = $"{name}!{line.Locator}" },
            TableBlock table => new TableBlock(table.Grid with { Container = $"{name}!" }),
            _ => block,
        })],
    };
}
