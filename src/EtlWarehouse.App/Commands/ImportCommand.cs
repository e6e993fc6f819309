using System.CommandLine;
using EtlWarehouse.App.Ingestion;
using EtlWarehouse.App.Postgres;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.App.Commands;

/// <summary><c>etl import</c>: archives and loads files that are already on disk.</summary>
internal static class ImportCommand
{
    private const int Failed = 1;
    private const int Partial = 3;

    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "年报文件，或其所在文件夹 · reports, or folders of them",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
    {
        var command = new Command("import", "导入本地的年报文件 · archive and load reports that are on disk") { Paths };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var settings = WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        var archive = new DocumentArchive(settings.ArchiveFolder);
        var reference = ReferenceData.Load(settings.PipelinesFolder);
        var (captures, added, unreadable) = new FileImport(archive, TimeProvider.System).Add(parsed.GetRequiredValue(Paths), ct);

        await using var database = await WarehouseDatabase.OpenAsync(settings, ct);
        await database.MigrateAsync(ct);
        var imported = captures.Select(capture => capture.Sha256).ToHashSet();
        var update = await new WarehouseUpdate(settings, database.Owner, archive, reference)
            .RunAsync(capture => imported.Contains(capture.Sha256), ProgressLine.Create("读取 · reading"), ct);

        // What an interrupted run left was read with it; only this import's documents are its result, under the names given here.
        var refused = update.Unread
            .Where(document => document.Sha256 is { } hash && imported.Contains(hash))
            .Select(document => document with { Url = captures.First(capture => capture.Sha256 == document.Sha256).Url })
            .ToList();
        await UnreadLines.PrintAsync(unreadable.Concat(refused));
        var reports = imported.Count - refused.Count;
        Console.WriteLine($"导入 · imported: {captures.Count} 个文件 files, {added} 个新 new, {reports} 份年报 reports, {refused.Count + unreadable.Count} 个未读 not read");
        UpdateLines.Print(update);
        if (reports <= 0)
            return Failed;
        return refused.Count + unreadable.Count > 0 ? Partial : 0;
    }
}
