using System.Diagnostics;

namespace EtlWarehouse.App.Postgres;

/// <summary>What a program said before it ended.</summary>
internal sealed record ProgramOutcome(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The line that names the failure: the last with a severity word, else the last of all.</summary>
    public string Complaint => LastComplaint(Error.Length > 0 ? Error : Output) ?? $"exit code {ExitCode}";

    /// <summary>Looks for the telling line in a log of PostgreSQL or one of its programs.</summary>
    public static string? LastComplaint(string log)
    {
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var word in (ReadOnlySpan<string>)["PANIC:", "FATAL:", "error:"])
        {
            if (Array.FindLast(lines, line => line.Contains(word, StringComparison.Ordinal)) is { } line)
                return line[line.IndexOf(word, StringComparison.Ordinal)..];
        }
        return lines.LastOrDefault();
    }
}

internal static class ExternalProgram
{
    /// <summary>Runs a program to its end. It starts in <c>/</c>, because the server's user may not enter our folder.</summary>
    /// <param name="environment">Variables beside the caller's own: the place for passwords, because anybody can read a command line.</param>
    public static async Task<ProgramOutcome> RunAsync(
        IReadOnlyList<string> commandLine, CancellationToken ct, params IEnumerable<(string Name, string? Value)> environment)
    {
        var start = new ProcessStartInfo(commandLine[0], commandLine.Skip(1))
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return new ProgramOutcome(process.ExitCode, await output, await error);
    }
}
