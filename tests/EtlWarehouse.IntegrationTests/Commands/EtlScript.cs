using System.Diagnostics;

namespace EtlWarehouse.IntegrationTests.Commands;

internal sealed record ScriptOutcome(int ExitCode, string Output, string Error);

/// <summary>Runs <c>./etl</c> as a user would.</summary>
internal static class EtlScript
{
    /// <param name="home">Becomes <c>ETL_HOME</c>.</param>
    public static async Task<ScriptOutcome> RunAsync(string home, params IEnumerable<string> arguments)
    {
        using var process = Start(home, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ScriptOutcome(process.ExitCode, output, await error);
    }

    public static Process Start(string home, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(TestServer.Root, "etl"), arguments)
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ETL_HOME"] = home;
        start.Environment.Remove("ETL_DATABASE");
        start.Environment.Remove("ETL_PG_PORT");
        return Process.Start(start)!;
    }
}
