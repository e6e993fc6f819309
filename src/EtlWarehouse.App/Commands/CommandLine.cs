using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;

namespace EtlWarehouse.App.Commands;

/// <summary>The program's edge: all commands, signals, and the one line that a failure becomes.</summary>
internal static class CommandLine
{
    private const string Name = "etl";
    private const int Failed = 1;
    private const int Interrupted = 130;

    private static readonly Option<bool> Debug = new("--debug")
    {
        Description = "出错时打印调用栈 · print the stack of an error (also ETL_DEBUG=1)",
        Recursive = true,
    };

    public static Command Create() => new(Name, "政府信息公开工作年度报告数据仓库 · a warehouse of Chinese agencies' yearly disclosure reports")
    {
        new HelpOption(),
        new VersionOption(),
        Debug,
        RunCommand.Create(),
        ParseCommand.Create(),
        CheckCommand.Create(),
        ImportCommand.Create(),
        PipelineCommand.Create(),
        PlaceCommand.Create(),
        ReplayCommand.Create(),
        ServeCommand.Create(),
        StatusCommand.Create(),
        SqlCommand.Create(),
        ExportCommand.Create(),
        LineageCommand.Create(),
        SchemaCommand.Create(),
        ArchiveCommand.Create(),
        ScriptCommand.Create("bench", "运行性能基准，不写名称只运行较快的 · run the benchmarks; without a name, the quick ones"),
        ScriptCommand.Create("test", "运行全部测试，可按名称筛选 · run all tests, or those whose names contain a word"),
    };

    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        using var interrupt = new CancellationTokenSource();
        // The first signal lets the command end in good order, which stops the private server too; a second one kills.
        void OnSignal(PosixSignalContext signal)
        {
            signal.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        }
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var onHangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal);

        var parsed = Create().Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors is [var wrong, ..])
        {
            // The first names the cause; "required command was not provided" comes with an unknown one.
            var line = parsed.UnmatchedTokens is [var unknown, ..] ? $"expected a command or option, found '{unknown}'" : wrong.Message;
            var command = parsed.CommandResult.Command.Name == Name ? Name : $"{Name} {parsed.CommandResult.Command.Name}";
            await Console.Error.WriteLineAsync($"etl: {line}; see {command} --help");
            return Failed;
        }

        var isDebug = parsed.GetValue(Debug) || Environment.GetEnvironmentVariable("ETL_DEBUG") == "1";
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await parsed.InvokeAsync(invocation, interrupt.Token);
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("etl: 已中断 · interrupted");
            return Interrupted;
        }
        catch (Exception failure)
        {
            await Console.Error.WriteLineAsync(isDebug ? failure.ToString() : $"etl: {ErrorLine.Of(failure)}");
            return Failed;
        }
    }
}
