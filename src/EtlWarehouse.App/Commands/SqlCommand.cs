using System.CommandLine;
using EtlWarehouse.App.Commands.Sql;
using EtlWarehouse.App.Postgres;

namespace EtlWarehouse.App.Commands;

/// <summary><c>etl sql</c>: queries as the read-only role of the analysts; without a query, psql.</summary>
internal static class SqlCommand
{
    private static readonly Argument<string?> Query = new("QUERY")
    {
        Description = "查询语句，可用分号连接多条；省略则打开 psql · statements; without any, psql opens",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<FileInfo?> QueryFile = new("--file", "-f") { Description = "从文件读取语句 · read the statements from a file" };

    private static readonly Option<ResultFormat> Format = new("--format")
    {
        Description = "输出格式，默认 table · how to print the rows",
        HelpName = "table|csv|json",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "table" => ResultFormat.Table,
            "csv" => ResultFormat.Csv,
            "json" => ResultFormat.Json,
            var other => Refuse(result, other),
        },
    };

    public static Command Create()
    {
        var command = new Command("sql", "以只读的 analyst 身份查询 · query as the read-only analyst role") { Query, QueryFile, Format };
        command.Validators.Add(result =>
        {
            if (result.GetResult(Query)?.Tokens.Count > 0 && result.GetResult(QueryFile) is not null)
                result.AddError("expected QUERY or --file, found both");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var statements = parsed.GetValue(QueryFile) is { } file ? await File.ReadAllTextAsync(file.FullName, ct) : parsed.GetValue(Query);
        await using var database = await WarehouseDatabase.OpenAsync(WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable), ct);
        // On a server of its own the schema may be behind; on another one that is for `etl run` to change.
        if (database.IsPrivate)
            await database.MigrateAsync(ct);

        if (statements is null)
            return await Psql.RunAsync(database.AnalystConnectionString);

        await QueryRun.PrintAsync(database.AnalystConnectionString, statements, parsed.GetValue(Format), ct);
        return 0;
    }

    private static ResultFormat Refuse(System.CommandLine.Parsing.ArgumentResult result, string found)
    {
        result.AddError($"--format: expected table, csv or json, found '{found}'");
        return default;
    }
}
