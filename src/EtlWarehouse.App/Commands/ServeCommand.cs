using System.CommandLine;
using System.Globalization;
using System.Net;
using EtlWarehouse.App.Jobs;
using EtlWarehouse.App.Postgres;
using EtlWarehouse.App.Web;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace EtlWarehouse.App.Commands;

/// <summary><c>etl serve</c>: runs the pipelines by their schedules until it is told to stop, and answers supervisors.</summary>
internal static class ServeCommand
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private static readonly Argument<string[]> Names = new("NAME")
    {
        Description = "流水线名称，默认为全部有排期的流水线 · pipelines by name; by default all that have a schedule",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string> Listen = new("--listen")
    {
        Description = "监听地址，默认仅本机；对外监听须明确写出 · address to listen on; beyond this machine only when written here",
        DefaultValueFactory = _ => "127.0.0.1:8470",
    };

    private static readonly Option<string?> Only = new("--only")
    {
        Description = "只运行 jobs（作业）或 web（网页与接口） · only the jobs, or only the web side",
    };

    private static readonly Option<int> Stop = new("--stop-after")
    {
        Description = "收到停止信号后最多再等多少秒 · seconds that work under way is given when told to stop",
        DefaultValueFactory = _ => 30,
    };

    private static readonly Option<string> LogFormat = new("--log-format")
    {
        Description = "日志格式：text 或 json · text or json",
        DefaultValueFactory = _ => "text",
    };

    public static Command Create()
    {
        Only.AcceptOnlyFromAmong("jobs", "web");
        LogFormat.AcceptOnlyFromAmong("text", "json");
        var command = new Command("serve", "按排期持续运行各流水线 · run the pipelines by their schedules until told to stop")
        {
            Names, Listen, Only, Stop, LogFormat,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var settings = WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        var listen = parsed.GetValue(Listen)!;
        if (!IPEndPoint.TryParse(listen, out var endpoint) || endpoint.Port == 0 && !listen.EndsWith(":0", StringComparison.Ordinal))
            throw new FormatException($"--listen: expected an address and a port such as 127.0.0.1:8470, found '{listen}'");
        var shelf = new PipelineShelf(settings.PipelinesFolder, parsed.GetValue(Names) ?? []);
        var (pipelines, faults) = shelf.Read();
        if (faults is [var fault, ..])
            throw new FormatException(fault);
        if ((parsed.GetValue(Names) ?? []).FirstOrDefault(name => pipelines.All(pipeline => pipeline.Name != name)) is { } unknown)
            throw new FormatException($"{settings.PipelinesFolder}: expected a pipeline {unknown}, found {string.Join(", ", Directory.GetFiles(settings.PipelinesFolder, "*.yml").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal))}");

        await using var database = await WarehouseDatabase.OpenAsync(settings, ct);
        await database.MigrateAsync(ct);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = settings.Root });
        builder.Logging.ClearProviders();
        if (parsed.GetValue(LogFormat) == "json")
            builder.Logging.AddJsonConsole(options => options.UseUtcTimestamp = true);
        else
            builder.Logging.AddSimpleConsole(options => (options.SingleLine, options.TimestampFormat, options.UseUtcTimestamp) = (true, "yyyy-MM-ddTHH:mm:ssZ ", true));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(endpoint));
        await using var web = builder.Build();
        web.MapHealth(database.Owner);

        var logs = web.Services.GetRequiredService<ILoggerFactory>();
        await using var node = parsed.GetValue(Only) == "web" ? null : new NightNode(
            settings, database.Owner, shelf, new QuartzEngine(database.OwnerConnectionString, Math.Max(2, Environment.ProcessorCount * 2), logs),
            TimeProvider.System, string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}"), logs);
        await web.StartAsync(ct);
        if (node is not null)
            await node.StartAsync(LookEvery, ct);
        var address = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        await Console.Error.WriteLineAsync($"etl: 服务已启动 · serving {address}; {string.Join(", ", Scheduled())}");
        try
        {
            await Task.Delay(Timeout.Infinite, ct);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("etl: 正在停止 · stopping");
        }

        var bound = TimeSpan.FromSeconds(parsed.GetValue(Stop));
        if (node is not null)
            await node.StopAsync(bound);
        await web.StopAsync(CancellationToken.None);
        return 0;

        IEnumerable<string> Scheduled() => pipelines.Select(NightSchedule.Of).OfType<NightSchedule>().Select(schedule =>
            string.Create(CultureInfo.InvariantCulture, $"{schedule.Pipeline} {schedule.Next(DateTimeOffset.UtcNow):yyyy-MM-dd HH:mm' 'zzz}"));
    }
}
