using System.CommandLine;
using EtlWarehouse.App.Pipelines;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.App.Commands;

/// <summary><c>etl pipeline</c>: what people need who write a pipeline; no database, nothing is stored.</summary>
internal static class PipelineCommand
{
    private const int Failed = 1;
    private const int Wrong = 2;

    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "流水线文件或名称 · pipelines by file or name",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
    {
        var check = new Command("check", "逐条说明流水线文件的全部错误：无误退出码为 0，有误为 2 · explain every mistake in a pipeline's file") { Files };
        check.SetAction(CheckAsync);
        return new Command("pipeline", "检查、试走流水线 · check and try pipelines") { check, PipelineTryCommand.Create() };
    }

    private static async Task<int> CheckAsync(ParseResult parsed, CancellationToken ct)
    {
        var settings = WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        var reference = ReferenceData.Load(settings.PipelinesFolder);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var result = 0;
        foreach (var name in parsed.GetRequiredValue(Files))
        {
            ct.ThrowIfCancellationRequested();
            var file = RunCommand.FileOf(settings, name);
            if (!File.Exists(file))
            {
                await Console.Error.WriteLineAsync($"etl: {file}: expected a pipeline's file, found nothing");
                result = Failed;
                continue;
            }

            var problems = PipelineCheck.Of(file, reference, today);
            Print(file, problems);
            if (problems.Count > 0 && result == 0)
                result = Wrong;
        }

        return result;
    }

    private static void Print(string file, IReadOnlyList<PipelineProblem> problems)
    {
        Console.WriteLine(problems.Count == 0 ? $"{file}: 没有错误 · no mistakes" : $"{file}: {problems.Count} 处错误 · mistakes");
        foreach (var problem in problems)
        {
            Console.WriteLine($"  {problem.Chinese}");
            Console.WriteLine($"    处理：{problem.Wanted.RemedyChinese}");
            Console.WriteLine($"    {problem.English}");
            Console.WriteLine($"    remedy: {problem.Wanted.RemedyEnglish}");
        }
    }
}
