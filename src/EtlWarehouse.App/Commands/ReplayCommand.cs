using System.CommandLine;
using System.Globalization;
using EtlWarehouse.App.Ingestion;
using EtlWarehouse.App.Postgres;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Loading;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.App.Commands;

/// <summary><c>etl replay</c>: reads, stages and transforms again from the archive alone.</summary>
internal static class ReplayCommand
{
    private const int Failed = 1;
    private const int Partial = 3;

    private static readonly Option<DateOnly?> Since = new("--since")
    {
        Description = "只重放此日期（UTC）起首次取得的文档 · only documents first seen from this date on",
        HelpName = "YYYY-MM-DD",
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                return date;
            result.AddError($"--since: expected a date such as 2026-01-31, found '{result.Tokens[0].Value}'");
            return null;
        },
    };

    private static readonly Option<string?> Document = new("--document")
    {
        Description = "只重放此哈希的文档，可只写开头 · only the document with this SHA-256, or its beginning",
        HelpName = "HASH",
    };

    private static readonly Option<bool> Hash = new("--hash")
    {
        Description = "完成后输出 dw 各表的校验值 · print the hash of each table of dw at the end",
    };

    public static Command Create()
    {
        var command = new Command("replay", "从归档重新解析、入库 · read, stage and transform again from the archive") { Since, Document, Hash };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var settings = WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        var archive = new DocumentArchive(settings.ArchiveFolder);
        var reference = ReferenceData.Load(settings.PipelinesFolder);
        var since = parsed.GetValue(Since);
        var hash = parsed.GetValue(Document)?.ToLowerInvariant();
        if (hash is not null && archive.Captures.ReadAll().All(capture => !capture.Sha256.StartsWith(hash, StringComparison.Ordinal)))
        {
            await Console.Error.WriteLineAsync($"etl: {archive.Root}: expected a document {hash}, found none");
            return Failed;
        }

        await using var database = await WarehouseDatabase.OpenAsync(settings, ct);
        await database.MigrateAsync(ct);
        var update = await new WarehouseUpdate(settings, database.Owner, archive, reference).RunAsync(
            capture => (hash is null || capture.Sha256.StartsWith(hash, StringComparison.Ordinal))
                && (since is null || DateOnly.FromDateTime(capture.FirstSeenAt.UtcDateTime) >= since),
            ProgressLine.Create("重放 · replaying"), ct);

        await UnreadLines.PrintAsync(update.Unread);
        Console.WriteLine($"重放 · replayed: {update.Read} 份文档 documents");
        UpdateLines.Print(update);
        if (parsed.GetValue(Hash))
        {
            foreach (var table in await WarehouseHash.OfSchemasAsync(database.Owner, ["dw"], ct))
                Console.WriteLine($"{table.Sha256}  {table.Table} ({table.Rows} 行 rows)");
        }

        // Documents that are no reports were none before either; only a damaged archive makes a replay partial.
        return update.Unread.Any(document => document.Code.StartsWith("archive.", StringComparison.Ordinal)) ? Partial : 0;
    }
}
