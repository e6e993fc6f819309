using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EtlWarehouse.Crawling.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>A web site on loopback whose answers a test scripts, and which remembers what it was asked.</summary>
public sealed class LoopbackSite : IAsyncDisposable
{
    public const string Host = "www.site.test";

    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<long> _arrivals = new();

    private LoopbackSite(WebApplication server) => _server = server;

    public int Port { get; private set; }

    /// <summary>Method, path and query of each request, in order.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>When each request came, on the server's own clock, in the order of <see cref="Requests"/>.</summary>
    public IReadOnlyList<long> Arrivals => [.. _arrivals];

    /// <summary>What makes a crawler find the site under other names as well.</summary>
    public IReadOnlyDictionary<string, IPEndPoint> ServedAs(params string[] hosts) =>
        hosts.Append(Host).ToDictionary(host => host, _ => new IPEndPoint(IPAddress.Loopback, Port));

    /// <summary>What makes a crawler find the site under <see cref="Host"/>.</summary>
    public IReadOnlyDictionary<string, IPEndPoint> Served =>
        new Dictionary<string, IPEndPoint> { [Host] = new(IPAddress.Loopback, Port) };

    /// <param name="certificate">Null for http.</param>
    public static async Task<LoopbackSite> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        var site = new LoopbackSite(builder.Build());
        site._server.Run(site.AnswerAsync);
        await site._server.StartAsync();
        var address = site._server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        site.Port = new Uri(address).Port;
        return site;
    }

    public static Uri Url(string path) => new($"http://{Host}{path}");

    /// <param name="path">With its query, if any.</param>
    public void Answer(string path, RequestDelegate answer) => _answers[path] = answer;

    /// <summary>A page that is always there, with an entity tag.</summary>
    public void Page(string path, string html) => Answer(path, context =>
    {
        var body = Encoding.UTF8.GetBytes(html);
        var tag = $"\"{html.GetHashCode(StringComparison.Ordinal):x}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.Body.WriteAsync(body).AsTask();
    });

    /// <summary>Answers in turn, the last one from then on.</summary>
    public void Answers(string path, params RequestDelegate[] answers)
    {
        var turn = -1;
        Answer(path, context => answers[Math.Min(Interlocked.Increment(ref turn), answers.Length - 1)](context));
    }

    public static RequestDelegate Status(int status, params (string Name, string Value)[] headers) => context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        return Task.CompletedTask;
    };

    /// <summary>A status with a page and headers.</summary>
    public static RequestDelegate Html(int status, string html, params (string Name, string Value)[] headers) => async context =>
    {
        await Status(status, headers)(context);
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html);
    };

    public static RequestDelegate Text(string text) => context => context.Response.WriteAsync(text);

    /// <summary>A list of reports with the given names, dated, and a page for each.</summary>
    public void ReportList(string path, params string[] agencies)
    {
        var items = agencies.Select((agency, index) => $"<li><a href=\"/doc/{index}.html\">{agency}2023年政府信息公开工作年度报告</a><span>2024-01-1{index}</span></li>");
        Page(path, $"<html><body><ul>{string.Concat(items)}</ul></body></html>");
        for (var index = 0; index < agencies.Length; index++)
            Page($"/doc/{index}.html", $"<html><body><h1>{agencies[index]}</h1><p>一、本年新收政府信息公开申请数量</p></body></html>");
    }

    public static CrawlPipeline Pipeline(params SiteDefinition[] sites) => new(
        "test", "测试", null, "Asia/Shanghai", "test@example.org", new Politeness(TimeSpan.Zero, 1) { PerSecond = 1000 }, AllowLoopback: true, null, [], sites)
    {
        Revisit = Revisit.Always,
    };

    public static SiteDefinition Site(string path, SiteExpectation? expect = null) => new(
        "site", "站点", "990121", null, null, null, [Url(path)], expect ?? SiteExpectation.None);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = $"{context.Request.Path}{context.Request.QueryString}";
        lock (_requests)
        {
            _requests.Enqueue($"{context.Request.Method} {path}");
            _arrivals.Enqueue(Stopwatch.GetTimestamp());
        }

        if (_answers.TryGetValue(path, out var answer))
            await answer(context);
        else
            context.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
