using System.Collections.Concurrent;
using System.Net;
using EtlWarehouse.SiteSimulator.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EtlWarehouse.SiteSimulator;

/// <summary>Serves sites over real HTTP on a loopback port, told apart by the host that is asked for.</summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, (SimulatedSite Site, FaultPlan Faults)> _sites = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private int _count;

    private SimulatorServer(WebApplication server) => _server = server;

    public int Port { get; private set; }

    /// <summary>Method and address of each request, in order.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Told the number of each request, from 1, before it is answered.</summary>
    public Func<int, Task>? OnRequest { get; set; }

    /// <summary>What makes a crawler find the sites.</summary>
    public IReadOnlyDictionary<string, IPEndPoint> Hosts =>
        _sites.Keys.ToDictionary(host => host, _ => new IPEndPoint(IPAddress.Loopback, Port));

    public static async Task<SimulatorServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var simulator = new SimulatorServer(builder.Build());
        simulator._server.Run(simulator.AnswerAsync);
        await simulator._server.StartAsync().ConfigureAwait(false);
        var address = simulator._server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        simulator.Port = new Uri(address).Port;
        return simulator;
    }

    public void Add(SimulatedSite site, FaultPlan? faults = null)
    {
        ArgumentNullException.ThrowIfNull(site);
        _sites[site.Origin.Host] = (site, faults ?? FaultPlan.None);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var number = Interlocked.Increment(ref _count);
        _requests.Enqueue($"{context.Request.Method} http://{context.Request.Host}{context.Request.Path}{context.Request.QueryString}");
        if (OnRequest is { } told)
            await told(number).ConfigureAwait(false);

        if (!_sites.TryGetValue(context.Request.Host.Host, out var served))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var request = await ReadAsync(context.Request).ConfigureAwait(false);
        SimulatedAnswer answer;
        lock (served.Site)
            answer = served.Site.Answer(request);
        await served.Faults.WriteAsync(context, request, answer).ConfigureAwait(false);
    }

    private static async Task<SimulatedRequest> ReadAsync(HttpRequest request)
    {
        var fields = request.Query.ToDictionary(field => field.Key, field => field.Value.ToString());
        if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync().ConfigureAwait(false))
                fields[name] = value.ToString();
        }

        return new SimulatedRequest(request.Method, request.Path.Value ?? "/", fields);
    }
}
