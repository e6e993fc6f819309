using System.CommandLine;
using System.Globalization;
using EtlWarehouse.App.Ingestion;
using EtlWarehouse.App.Postgres;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Parsing.Identity;
using EtlWarehouse.Parsing.Registers;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.App.Commands;

/// <summary><c>etl place</c>: a person says whose report on which year an archived document is.</summary>
internal static class PlaceCommand
{
    private const int Failed = 1;

    private static readonly Argument<string> Document = new("HASH")
    {
        Description = "文件的 SHA-256，可只写开头几位；见 ./etl status · a document's hash, or its beginning",
    };

    private static readonly Option<string> Agency = new("--agency")
    {
        Description = "机关全称，或 区划代码/不含地名的名称 · full name, or division code, slash, name without its place",
        HelpName = "NAME|CODE/NAME",
        Required = true,
    };

    private static readonly Option<int> Year = new("--year") { Description = "报告年度 · reporting year", HelpName = "YYYY", Required = true };

    private static readonly Option<string> By = new("--by") { Description = "认定人 · who says so", Required = true };

    private static readonly Option<string> Why = new("--why") { Description = "依据 · on what grounds", Required = true };

    public static Command Create()
    {
        var command = new Command("place", "认定一份年报的机关与年度，记入 pipelines/registers/placements.yml · give a document to an agency and year")
        {
            Document, Agency, Year, By, Why,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var settings = WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        var archive = new DocumentArchive(settings.ArchiveFolder);
        var given = parsed.GetRequiredValue(Document).ToLowerInvariant();
        var captures = archive.Captures.ReadAll();
        var found = captures.Select(capture => capture.Sha256).Where(hash => hash.StartsWith(given, StringComparison.Ordinal)).Distinct().ToList();
        if (found is not [var hash])
            return await FailAsync($"{archive.Root}: expected one document {given}, found {(found.Count == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{found.Count}"))}");

        var reference = ReferenceData.Load(settings.PipelinesFolder);
        var (name, year) = (parsed.GetRequiredValue(Agency), parsed.GetValue(Year));
        var place = Find(new AgencyPlaces(new ArchiveReader(archive, reference).ReferenceOf(captures)), name, year);
        if (place.Division is not { } division)
            return await FailAsync($"--agency: expected an agency whose place was in force at the end of {year}, found '{name}' ({place.Review})");

        var file = PlacementFile.In(settings.PipelinesFolder);
        PlacementFile.Append(file, new Placement(hash, division.Code, place.Body, year, parsed.GetRequiredValue(By), parsed.GetRequiredValue(Why)));
        Console.WriteLine($"已记录 · recorded: {file}: {hash[..12]} = {division.Code}/{place.Body} {year}");

        await using var database = await WarehouseDatabase.OpenAsync(settings, ct);
        await database.MigrateAsync(ct);
        UpdateLines.Print(await new WarehouseUpdate(settings, database.Owner, archive, ReferenceData.Load(settings.PipelinesFolder)).RunAsync(null, null, ct));
        return 0;
    }

    private static AgencyPlace Find(AgencyPlaces places, string name, int year)
    {
        var folded = CharacterFolding.FoldWithoutBlanks(name);
        var slash = folded.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return places.Find(folded, year, null);
        var division = places.At(folded[..slash], year);
        return new AgencyPlace(division, folded[(slash + 1)..], [], division is null ? "division.not_in_force" : null);
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync($"etl: {message}");
        return Failed;
    }
}
