using System.Diagnostics;
using System.Text.Json;

namespace EtlWarehouse.Benchmarks;

/// <summary>A process of this program that reads documents one by one: what kills it kills no other, and its memory is its own.</summary>
/// <typeparam name="T">What it says of each document.</typeparam>
internal sealed class ReaderProcess<T> : IDisposable
    where T : class
{
    private readonly Process process;

    /// <param name="arguments">The command that serves, and its arguments.</param>
    public ReaderProcess(params string[] arguments)
    {
        process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Environment.GetCommandLineArgs()[0], .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>The other side: a question a line comes in, an answer a line goes out.</summary>
    public static int Serve(Func<string, T> answer)
    {
        while (Console.ReadLine() is { } question)
            Console.WriteLine(JsonSerializer.Serialize(answer(question)));
        return 0;
    }

    /// <summary>Asks each question of one of several processes; a process that dies is replaced.</summary>
    /// <param name="say">Takes each question and its answer; null where the process died or did not answer in time.</param>
    public static async Task AskAllAsync(Func<ReaderProcess<T>> start, Func<string?> next, Action<string, T?> say, TimeSpan limit, CancellationToken ct)
    {
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(async () =>
        {
            var reader = start();
            try
            {
                while (next() is { } question)
                {
                    var answer = await reader.AskAsync(question, limit, ct);
                    say(question, answer);
                    if (answer is not null)
                        continue;
                    reader.Dispose();
                    reader = start();
                }
            }
            finally
            {
                reader.Dispose();
            }
        }, ct)));
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private async Task<T?> AskAsync(string question, TimeSpan limit, CancellationToken ct)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(limit);
        try
        {
            await process.StandardInput.WriteLineAsync(question.AsMemory(), late.Token);
            await process.StandardInput.FlushAsync(late.Token);
            return await process.StandardOutput.ReadLineAsync(late.Token) is { } line ? JsonSerializer.Deserialize<T>(line) : null;
        }
        catch (Exception exception) when (exception is IOException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }
}
