using System.Globalization;
using System.Text;
using Npgsql;

namespace EtlWarehouse.App.Web;

/// <summary>What a supervisor asks: does the process live, can it do its work, how do the nights go.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes, NpgsqlDataSource owner)
    {
        routes.MapGet("/healthz", () => Results.Text("ok\n"));
        routes.MapGet("/readyz", async (CancellationToken ct) =>
        {
            try
            {
                await using var command = owner.CreateCommand("select 1");
                command.CommandTimeout = 5;
                await command.ExecuteScalarAsync(ct);
                return Results.Text("ready\n");
            }
            catch (NpgsqlException)
            {
                return Results.Text("not ready: the database does not answer\n", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
        routes.MapGet("/metrics", async (CancellationToken ct) => Results.Text(await MetricsAsync(owner, ct), "text/plain; version=0.0.4"));
    }

    /// <summary>In Prometheus' text format, from the state in <c>ops</c>: the same on every node, and right after a restart.</summary>
    private static async Task<string> MetricsAsync(NpgsqlDataSource owner, CancellationToken ct)
    {
        var text = new StringBuilder();
        await AddAsync("etl_nights", "Nights by pipeline and state.", "gauge", ["pipeline", "state"],
            "select pipeline, state, count(*)::double precision from ops.night group by pipeline, state order by pipeline, state");
        await AddAsync("etl_night_last_finished_seconds", "When the newest night of a pipeline ended, seconds since 1970.", "gauge", ["pipeline", "state"],
            """
            select distinct on (pipeline) pipeline, state, extract(epoch from finished_at)::double precision
            from ops.night
            where finished_at is not null
            order by pipeline, due_at desc
            """);
        await AddAsync("etl_tasks_open", "Tasks of nights that are not done.", "gauge", ["kind", "state"],
            "select kind, state, count(*)::double precision from ops.night_task where state <> 'done' group by kind, state order by kind, state");
        return text.ToString();

        async Task AddAsync(string name, string help, string type, string[] labels, string sql)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
            // The texts stand above.
#pragma warning disable CA2100
            await using var command = owner.CreateCommand(sql);
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                var named = labels.Select((label, index) => $"{label}=\"{Escaped(reader.GetString(index))}\"");
                text.Append(CultureInfo.InvariantCulture, $"{name}{{{string.Join(',', named)}}} {reader.GetDouble(labels.Length)}\n");
            }
        }
    }

    private static string Escaped(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
