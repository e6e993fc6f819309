using System.Net;
using System.Net.Http.Headers;
using System.Text;
using EtlWarehouse.Crawling.Pipelines;
using Polly;
using Polly.Timeout;

namespace EtlWarehouse.Crawling.Fetching;

/// <summary>Sends one request and reads its answer within the bounds; every fault becomes a result.</summary>
internal sealed class RequestSender : IDisposable
{
    private readonly HttpClient _http;
    private readonly AddressGuard _guard;
    private readonly CertificateCheck _certificates;
    private readonly ResponseReader _reader;
    private readonly FetchLimits _limits;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _timeout;

    public RequestSender(CrawlPipeline pipeline, TimeProvider time, IReadOnlyDictionary<string, IPEndPoint> served, FetchLimits limits)
    {
        _limits = limits;
        _time = time;
        _guard = new AddressGuard(pipeline.AllowLoopback, served);
        _certificates = new CertificateCheck(pipeline.TlsUnverified);
        _reader = new ResponseReader(limits, time);
        _timeout = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(limits.Attempt).Build();
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
                ConnectCallback = _guard.ConnectAsync,
                ConnectTimeout = limits.Connect,
                MaxConnectionsPerServer = pipeline.Politeness.PerHost,
                MaxResponseHeadersLength = limits.HeaderKibibytes,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                SslOptions = _certificates.Options,
                UseCookies = false,
                UseProxy = false,
            })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"{SiteClient.ProductToken}/1.0");
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue($"(annual report archive; {pipeline.Contact})"));
        _http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br");
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN, zh;q=0.9");
    }

    public void Dispose() => _http.Dispose();

    public async ValueTask<Attempt> SendAsync(FetchRequest request, Validators validators, CancellationToken cancellation)
    {
        using var message = Message(request, validators);
        var at = _time.GetUtcNow();
        var answer = new AnswerHead(null, null, null, []);
        FetchResult result;
        Uri? redirect = null;
        try
        {
            (result, redirect) = await _timeout.ExecuteAsync(
                async limited =>
                {
                    using var response = await BeginAsync(message, limited).ConfigureAwait(false);
                    answer = new AnswerHead(
                        $"HTTP/{response.Version}", (int)response.StatusCode, response.ReasonPhrase,
                        HeaderLines.OfAnswer(response.Headers, response.Content.Headers));
                    return await _reader.ReadAsync(request, response, limited).ConfigureAwait(false);
                },
                cancellation).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException)
        {
            result = FetchResult.Of(new FetchFault(
                "timeout", $"{request.Url}: expected an answer within {_limits.Attempt.TotalSeconds:0.#} s, found none", IsTransient: true));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException or TimeoutException)
        {
            result = FetchResult.Of(FaultNames.Of(request.Url, exception), answer.Status);
        }

        var hop = new FetchHop(
            at, message.Method.Method, request.Url.AbsoluteUri, _guard.AddressOf(request.Url), _certificates.Of(request.Url), answer.Protocol,
            HeaderLines.OfRequest(message.Headers, message.Content?.Headers), request.Form,
            answer.Status, answer.Reason, answer.Headers, result.Fault?.Code);
        return new Attempt(result, redirect, hop);
    }

    /// <summary>Sends the request and waits for the head of its answer.</summary>
    private async Task<HttpResponseMessage> BeginAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        using var silence = new CancellationTokenSource(_limits.Silence, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silence.Token);
        try
        {
            return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"expected an answer to begin within {_limits.Silence.TotalSeconds:0.#} s, found none");
        }
    }

    private static HttpRequestMessage Message(FetchRequest request, Validators validators)
    {
        var message = new HttpRequestMessage(request.Form is null ? HttpMethod.Get : HttpMethod.Post, request.Url);
        if (request.Form is not null)
            message.Content = new StringContent(request.Form, Encoding.ASCII, "application/x-www-form-urlencoded");
        // As the server sent them: many send tags that are no tags by the standard.
        if (validators.ETag is not null)
            message.Headers.TryAddWithoutValidation("If-None-Match", validators.ETag);
        if (validators.LastModified is not null)
            message.Headers.IfModifiedSince = validators.LastModified;
        return message;
    }

    private sealed record AnswerHead(string? Protocol, int? Status, string? Reason, IReadOnlyList<string> Headers);
}
