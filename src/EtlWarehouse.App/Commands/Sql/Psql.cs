using System.ComponentModel;
using System.Diagnostics;
using EtlWarehouse.App.Postgres;
using Npgsql;

namespace EtlWarehouse.App.Commands.Sql;

/// <summary>Hands the terminal to psql.</summary>
internal static class Psql
{
    /// <returns>psql's exit code.</returns>
    public static async Task<int> RunAsync(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(PostgresBinaries.Psql());
        // By environment: other users of the machine can read command lines.
        Set("PGHOST", parts.Host);
        Set("PGPORT", $"{parts.Port}");
        Set("PGUSER", parts.Username);
        Set("PGPASSWORD", parts.Password);
        Set("PGDATABASE", parts.Database);
        Set("PGOPTIONS", parts.Options);
        Set("PGAPPNAME", "etl psql");
        if (parts.ContainsKey("SSL Mode"))
            Set("PGSSLMODE", parts.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => $"{mode}".ToLowerInvariant() });

        try
        {
            using var psql = Process.Start(start)!;
            // Ctrl-C is for psql, which cancels its query; it ends by itself.
            await psql.WaitForExitAsync(CancellationToken.None);
            return psql.ExitCode;
        }
        catch (Win32Exception absent)
        {
            throw new PostgresSetupException("psql: expected in the search path, found none; install the Debian package postgresql-client, or give a query: etl sql \"select ...\"", absent);
        }

        void Set(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                start.Environment[name] = value;
        }
    }
}
