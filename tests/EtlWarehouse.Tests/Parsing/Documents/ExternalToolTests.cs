using System.Diagnostics;
using EtlWarehouse.Parsing.Documents;

namespace EtlWarehouse.Tests.Parsing.Documents;

public sealed class ExternalToolTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    // The program ends, what it started holds its output open, or has let go of it.
    [TestCase("sleep {0} & exit 0", "document.too_slow")]
    [TestCase("sleep {0} >/dev/null 2>&1 & exit 0", null)]
    [TestCase("sleep {0}", "document.too_slow")]
    [TestCase("(sleep {0} & sleep {0}) | cat", "document.too_slow")]
    public void Run_ProgramThatLeavesOthersBehind_EndsThemToo(string script, string? refusal)
    {
        // So odd a time that no other process has it.
        var time = $"4{Environment.ProcessId}.{Math.Abs(script.GetHashCode(StringComparison.Ordinal))}";
        using var tool = new ExternalTool("content"u8, "document.txt");
        var watch = Stopwatch.StartNew();
        string? code = null;
        try
        {
            tool.Run("sh", "dash", ["-c", script.Replace("{0}", time, StringComparison.Ordinal)], Limit, 1 << 20, _ => true);
        }
        catch (DocumentRefusedException refused)
        {
            code = refused.Code;
        }

        Assert.That(code, Is.EqualTo(refusal));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)));
        Assert.That(() => Running(time), Is.Zero.After(5).Seconds.PollEvery(100).MilliSeconds);
    }

    private static int Running(string argument) => Directory.EnumerateDirectories("/proc").Count(folder =>
    {
        try
        {
            return int.TryParse(Path.GetFileName(folder), out _) && File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(argument, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return false;
        }
    });
}
