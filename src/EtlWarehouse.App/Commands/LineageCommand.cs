using System.CommandLine;
using EtlWarehouse.App.Catalog.Lineage;
using EtlWarehouse.App.Postgres;
using Npgsql;

namespace EtlWarehouse.App.Commands;

/// <summary><c>etl lineage</c>: of what a mart's column is computed, down to the archive.</summary>
internal static class LineageCommand
{
    private static readonly Argument<string> Name = new("NAME")
    {
        Description = "视图或其中一列，如 mart.rate 或 mart.rate.rate_pct · a view, or one of its columns",
    };

    public static Command Create()
    {
        var command = new Command("lineage", "列出某列由哪些列计算而来，直至归档 · what a column is computed of, down to the archive") { Name };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetRequiredValue(Name), ct));
        return command;
    }

    private static async Task RunAsync(string name, CancellationToken ct)
    {
        var settings = WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        await using var database = await WarehouseDatabase.OpenAsync(settings, ct);
        if (database.IsPrivate)
            await database.MigrateAsync(ct);
        await using var source = NpgsqlDataSource.Create(database.AnalystConnectionString);
        await using var connection = await source.OpenConnectionAsync(ct);

        var graph = await LineageGraph.ReadAsync(connection, settings.SqlFolder, ct);
        Console.Write(LineageTree.Print(graph, Columns(graph, name)));
    }

    /// <exception cref="ArgumentException">There is no such view or column; the message lists those that there are.</exception>
    internal static IReadOnlyList<NamedColumn> Columns(LineageGraph graph, string name)
    {
        var parts = name.Split('.');
        // A mart may be named without its schema.
        if (parts is [not ("mart" or "dw" or "stg" or "ops"), ..])
            parts = ["mart", .. parts];
        var relation = string.Join('.', parts.Take(2));
        if (parts.Length is < 2 or > 3 || graph.ColumnsOf(relation) is not { Count: > 0 } columns)
        {
            var marts = graph.Relations.Where(each => each.StartsWith("mart.", StringComparison.Ordinal));
            throw new ArgumentException($"{name}: expected SCHEMA.NAME or SCHEMA.NAME.COLUMN, found no such table or view; marts: {string.Join(", ", marts)}");
        }
        if (parts is [_, _, var column])
        {
            return columns.Contains(column)
                ? [new NamedColumn(relation, column)]
                : throw new ArgumentException($"{name}: expected a column of {relation}, found none of that name; columns: {string.Join(", ", columns)}");
        }
        return [.. columns.Select(each => new NamedColumn(relation, each))];
    }
}
