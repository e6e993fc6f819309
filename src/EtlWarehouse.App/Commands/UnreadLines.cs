using EtlWarehouse.App.Ingestion;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.App.Commands;

/// <summary>One line on standard error for each document that is no report.</summary>
internal static class UnreadLines
{
    public static async Task PrintAsync(IEnumerable<UnreadDocument> unread)
    {
        foreach (var document in unread)
            await Console.Error.WriteLineAsync($"etl: {Place(document.Url)}: {document.Code}: {document.Message}");
    }

    /// <summary>As the path was typed; one that is empty could not be seen.</summary>
    public static string Name(string path) => path.Length == 0 ? "''" : path;

    /// <summary>What a command ends with that reads one file: 2 where the path names something that is no report, 1 where nothing can be read.</summary>
    public static int ExitCode(Refusal refusal) => refusal.Code is "file.missing" or "file.unreadable" ? 1 : 2;

    // People know their files by path, not by address.
    private static string Place(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsFile ? address.LocalPath : url;
}
