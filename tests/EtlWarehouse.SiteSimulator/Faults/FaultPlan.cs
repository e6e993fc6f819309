using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace EtlWarehouse.SiteSimulator.Faults;

/// <summary>What can go wrong with an answer.</summary>
public enum SiteFault
{
    /// <summary>Status 503.</summary>
    Busy,

    /// <summary>Status 429 and a second's wait.</summary>
    TooMany,

    /// <summary>The body comes after a while.</summary>
    Slow,

    /// <summary>The connection ends within the body.</summary>
    Truncated,

    /// <summary>The bytes of Chinese characters are broken, as when a page was converted twice.</summary>
    Mojibake,

    /// <summary>Status 412 and a script that only a browser runs.</summary>
    Blocked,

    /// <summary>Status 200 and a script that sets a cookie and loads the page again.</summary>
    ScriptWall,

    /// <summary>Status 302 to the same page elsewhere.</summary>
    Moved,

    /// <summary>Status 302 to the front page, as of what is no more.</summary>
    MovedToFront,

    /// <summary>Status 200 and a page that says that there is none.</summary>
    SoftNotFound,

    /// <summary>Status 200 and a refresh to the folder above.</summary>
    Deleted,

    /// <summary>Status 200 and two bytes.</summary>
    TwoBytes,
}

/// <summary>Which requests of a site go wrong, and how.</summary>
/// <param name="strikes">Says by request and its number, from 1, which fault it meets; null for none.</param>
public sealed class FaultPlan(Func<SimulatedRequest, int, SiteFault?> strikes)
{

    private int _count;

    public static FaultPlan None => new((_, _) => null);

    /// <summary>How many answers went wrong.</summary>
    public int Struck { get; private set; }

    /// <summary>The first answers to some addresses go wrong, later ones do not.</summary>
    /// <param name="times">How many answers of each address.</param>
    public static FaultPlan Passing(SiteFault fault, int seed, int percent, int times = 1)
    {
        var asked = new ConcurrentDictionary<string, int>();
        return new FaultPlan((request, _) =>
            IsStruck(request.Path, seed, percent) && asked.AddOrUpdate(Key(request), 1, (_, before) => before + 1) <= times ? fault : null);
    }

    /// <summary>Some addresses always go wrong.</summary>
    public static FaultPlan Lasting(SiteFault fault, Func<string, bool> isStruck) => new((request, _) => isStruck(request.Path) ? fault : null);

    /// <summary>From one request on nothing goes right any more.</summary>
    /// <param name="after">Requests that are still answered.</param>
    public static FaultPlan Breakdown(SiteFault fault, int after) => new((_, number) => number > after ? fault : null);

    internal async Task WriteAsync(HttpContext context, SimulatedRequest request, SimulatedAnswer answer)
    {
        var fault = request.Fields.ContainsKey("moved") ? null : strikes(request, Interlocked.Increment(ref _count));
        if (fault is not null)
            Struck++;
        switch (fault)
        {
            case SiteFault.Busy:
                await WriteAsync(context, new SimulatedAnswer("<html>503 Service Unavailable</html>"u8.ToArray(), "text/html", 503)).ConfigureAwait(false);
                break;
            case SiteFault.TooMany:
                await WriteAsync(context, new SimulatedAnswer([], null, 429, RetryAfter: 1)).ConfigureAwait(false);
                break;
            case SiteFault.Slow:
                await Task.Delay(TimeSpan.FromMilliseconds(20), context.RequestAborted).ConfigureAwait(false);
                await WriteAsync(context, answer).ConfigureAwait(false);
                break;
            case SiteFault.Truncated:
                await TruncateAsync(context, answer).ConfigureAwait(false);
                break;
            case SiteFault.Mojibake:
                await WriteAsync(context, answer with { Body = Break(answer.Body) }).ConfigureAwait(false);
                break;
            case SiteFault.Moved:
                // To the same page under another address, where nothing goes wrong.
                await WriteAsync(context, new SimulatedAnswer([], null, request.Method == "POST" ? 307 : 302, Location: $"{request.Path}{Query(request)}")).ConfigureAwait(false);
                break;
            case null:
                await WriteAsync(context, answer).ConfigureAwait(false);
                break;
            default:
                await WriteAsync(context, FaultPages.Of(fault.Value)).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>The query of the other address; a posted form is posted again.</summary>
    private static string Query(SimulatedRequest request) =>
        "?moved=1" + (request.Method == "POST" ? "" : string.Concat(request.Fields.Select(field => $"&{field.Key}={Uri.EscapeDataString(field.Value)}")));

    private static string Key(SimulatedRequest request) => request.Path + string.Concat(request.Fields.Select(field => $"&{field.Key}={field.Value}"));

    /// <summary>The same addresses for the same seed; string hashes of .NET differ from run to run.</summary>
    private static bool IsStruck(string path, int seed, int percent) =>
        path.Aggregate(unchecked((uint)seed * 2654435761), (hash, character) => unchecked((hash ^ character) * 16777619)) % 100 < percent;

    private static async Task WriteAsync(HttpContext context, SimulatedAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        if (answer.Location is not null)
            context.Response.Headers.Location = answer.Location;
        if (answer.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = wait.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (answer.Body.Length > 0)
            await context.Response.Body.WriteAsync(answer.Body).ConfigureAwait(false);
    }

    private static async Task TruncateAsync(HttpContext context, SimulatedAnswer answer)
    {
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length + 1000;
        await context.Response.Body.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2)).ConfigureAwait(false);
        await context.Response.Body.FlushAsync().ConfigureAwait(false);
        context.Abort();
    }

    /// <summary>Every byte of the upper half becomes a question mark: what is left when a conversion knew no character.</summary>
    private static byte[] Break(byte[] body) => [.. body.Select(value => value < 0x80 ? value : (byte)'?')];
}
