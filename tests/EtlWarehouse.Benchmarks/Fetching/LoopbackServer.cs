using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EtlWarehouse.Benchmarks.Fetching;

/// <summary>Serves one page of each number on all loopback addresses, so that each can be a host.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private LoopbackServer(WebApplication server) => _server = server;

    private int Port { get; set; }

    /// <param name="bytes">Of a page; no two are the same.</param>
    public static async Task<LoopbackServer> StartAsync(int bytes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, 0));
        var server = new LoopbackServer(builder.Build());
        // Text that compresses as pages do.
        var filler = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, bytes / 24).Select(index => string.Create(CultureInfo.InvariantCulture, $"<td>{index * 7919 % 1009:0000} 件</td>\n"))));
        server._server.Run(async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.ContentLength = filler.Length + 20;
            await context.Response.Body.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{context.Request.Path.Value,20}"));
            await context.Response.Body.WriteAsync(filler);
        });
        await server._server.StartAsync();
        server.Port = new Uri(server._server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return server;
    }

    /// <summary>Names of hosts, each at an address of its own.</summary>
    public Dictionary<string, IPEndPoint> Hosts(int count) => Enumerable.Range(1, count).ToDictionary(
        number => string.Create(CultureInfo.InvariantCulture, $"www{number}.site.test"),
        number => new IPEndPoint(new IPAddress([127, 0, 0, (byte)number]), Port));

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
