using System.Diagnostics;
using System.Text.Json;

namespace EtlWarehouse.Benchmarks.Star;

/// <summary>What a query gave: rows, the sum of its last column, and how long it took.</summary>
internal sealed record QueryAnswer(double Milliseconds, long Rows, double Sum, string? Error = null);

/// <summary>DuckDB in a Node process. Its npm package is installed into the folder given, apart from the sources.</summary>
internal sealed class DuckDb : IDisposable
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    private readonly Process process;

    private DuckDb(Process process) => this.process = process;

    /// <param name="sources">Folder of package.json, its lock and serve.mjs.</param>
    /// <param name="folder">Where the package and the database are put.</param>
    /// <exception cref="InvalidOperationException">npm failed.</exception>
    public static async Task<DuckDb> StartAsync(string sources, string folder, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(sources))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);

        using (var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--silent"]) { WorkingDirectory = folder })!)
        {
            await npm.WaitForExitAsync(ct);
            if (npm.ExitCode != 0)
                throw new InvalidOperationException($"npm install: expected exit code 0, found {npm.ExitCode}");
        }

        return new DuckDb(Process.Start(new ProcessStartInfo("node", ["--max-old-space-size=8192", "serve.mjs", Path.Combine(folder, "star.duckdb")])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
    }

    /// <exception cref="InvalidOperationException">DuckDB refused the statement, or its process ended.</exception>
    public async Task<QueryAnswer> RunAsync(string sql, CancellationToken ct)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(sql).AsMemory(), ct);
        await process.StandardInput.FlushAsync(ct);
        var line = await process.StandardOutput.ReadLineAsync(ct) ?? throw new InvalidOperationException("expected an answer of DuckDB, found the end of its output");
        var answer = JsonSerializer.Deserialize<QueryAnswer>(line, Names)!;
        return answer.Error is null ? answer : throw new InvalidOperationException($"DuckDB: {answer.Error}\n{sql}");
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
