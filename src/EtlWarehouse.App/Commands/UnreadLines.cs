using EtlWarehouse.App.Ingestion;

namespace EtlWarehouse.App.Commands;

/// <summary>One line on standard error for each document that is no report.</summary>
internal static class UnreadLines
{
    public static async Task PrintAsync(IEnumerable<UnreadDocument> unread)
    {
        foreach (var document in unread)
            await Console.Error.WriteLineAsync($"etl: {Place(document.Url)}: {document.Code}: {document.Message}");
    }

    // People know their files by path, not by address.
    private static string Place(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsFile ? address.LocalPath : url;
}
