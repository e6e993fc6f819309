using System.CommandLine;
using System.CommandLine.Parsing;
using EtlWarehouse.App.Exports;
using EtlWarehouse.App.Postgres;
using Npgsql;

namespace EtlWarehouse.App.Commands;

/// <summary><c>etl export</c>: a mart as a file for spreadsheets and other programs.</summary>
internal static class ExportCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "集市视图，如 coverage · a mart such as coverage" };

    private static readonly Option<ExportFormat> Format = new("--format")
    {
        Description = "文件格式，默认 csv · format of the file",
        HelpName = "csv|xlsx|json",
        CustomParser = result => Enum.TryParse<ExportFormat>(result.Tokens[0].Value, ignoreCase: true, out var format) && !char.IsAsciiDigit(result.Tokens[0].Value[0])
            ? format
            : Refuse(result),
    };

    private static readonly Option<DirectoryInfo?> Output = new("--output")
    {
        Description = "输出文件夹，默认 export · folder to write to, with a datapackage.json",
        HelpName = "FOLDER",
    };

    private static readonly Option<string?> Where = new("--where")
    {
        Description = "只导出符合条件的行，如 \"year = 2024\" · only rows that meet a condition in SQL",
        HelpName = "CONDITION",
    };

    public static Command Create()
    {
        var command = new Command("export", "以只读的 analyst 身份导出集市视图 · write a mart into a file, as the read-only analyst role") { Name, Format, Output, Where };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var settings = WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        await using var database = await WarehouseDatabase.OpenAsync(settings, ct);
        if (database.IsPrivate)
            await database.MigrateAsync(ct);
        await using var analyst = NpgsqlDataSource.Create(database.AnalystConnectionString);

        var folder = parsed.GetValue(Output)?.FullName ?? Path.GetFullPath("export");
        var file = await new MartExport(analyst, settings.SqlFolder, TimeProvider.System)
            .WriteAsync(parsed.GetRequiredValue(Name), parsed.GetValue(Where), parsed.GetValue(Format), folder, ct);
        Console.WriteLine($"已导出 · exported: {Path.Combine(folder, file.FileName)} ({file.Rows} 行 rows, {file.Bytes} 字节 bytes, sha256 {file.Sha256})");
    }

    private static ExportFormat Refuse(ArgumentResult result)
    {
        result.AddError($"--format: expected csv, xlsx or json, found '{result.Tokens[0].Value}'");
        return default;
    }
}
