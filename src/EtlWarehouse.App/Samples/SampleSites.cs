using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace EtlWarehouse.App.Samples;

/// <summary>Serves the sample sites on loopback, each under its own host name, on one port that the system chooses.</summary>
public sealed class SampleSites : IAsyncDisposable
{
    private readonly WebApplication _server;

    private SampleSites(WebApplication server, IReadOnlyDictionary<string, IPEndPoint> hosts) => (_server, Hosts) = (server, hosts);

    /// <summary>Where each host name is served.</summary>
    public IReadOnlyDictionary<string, IPEndPoint> Hosts { get; }

    /// <param name="folder">Holds one folder a site, with a <c>site.json</c> in it.</param>
    /// <exception cref="FormatException">There is no site, or a manifest is broken.</exception>
    public static async Task<SampleSites> StartAsync(string folder, CancellationToken cancellation)
    {
        var sites = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "site.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(SampleSite.Load).ToList()
            : [];
        if (sites.Count == 0)
            throw new FormatException($"{folder}: expected folders with a site.json, found none");

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var server = builder.Build();
        var byHost = sites.ToDictionary(site => site.Host, StringComparer.OrdinalIgnoreCase);
        server.Run(context => byHost.TryGetValue(context.Request.Host.Host, out var site)
            ? site.AnswerAsync(context)
            : AnswerUnknownAsync(context));
        await server.StartAsync(cancellation).ConfigureAwait(false);
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var endpoint = new IPEndPoint(IPAddress.Loopback, new Uri(address).Port);
        return new SampleSites(server, byHost.Keys.ToDictionary(host => host, _ => endpoint, StringComparer.OrdinalIgnoreCase));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
    }

    private static Task AnswerUnknownAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return Task.CompletedTask;
    }
}
