using System.Security.Authentication;

namespace EtlWarehouse.Crawling.Fetching;

/// <summary>Gives what the network throws its stable name.</summary>
internal static class FaultNames
{
    public static FetchFault Of(Uri url, Exception exception)
    {
        var causes = Causes(exception).ToList();
        var found = causes[^1].Message;
        if (causes.OfType<AddressRefusedException>().FirstOrDefault() is { } refused)
            return new FetchFault("address.refused", $"{url}: {refused.Message}");
        if (causes.OfType<BodyTooLargeException>().FirstOrDefault() is { } large)
            return new FetchFault("body.too_large", $"{url}: {large.Message}");
        if (causes.OfType<BodyTooSlowException>().FirstOrDefault() is { } slow)
            return new FetchFault("body.slow", $"{url}: {slow.Message}");
        if (causes.OfType<TimeoutException>().FirstOrDefault() is { } silent)
            return new FetchFault("timeout", $"{url}: {silent.Message}", IsTransient: true);
        if (causes.OfType<InvalidDataException>().Any())
            return new FetchFault("body.encoding", $"{url}: expected a body in its declared encoding, found: {found}");
        if (causes.OfType<AuthenticationException>().Any())
            return new FetchFault("tls", $"{url}: expected a trusted certificate, found: {found}");

        return causes.OfType<HttpRequestException>().FirstOrDefault()?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => new FetchFault("dns", $"{url}: expected a known host, found: {found}", IsTransient: true),
            HttpRequestError.SecureConnectionError => new FetchFault("tls", $"{url}: expected a secure connection, found: {found}"),
            HttpRequestError.ConfigurationLimitExceeded => new FetchFault("headers.too_large", $"{url}: {found}"),
            HttpRequestError.ConnectionError => new FetchFault("connect", $"{url}: expected a connection, found: {found}", IsTransient: true),
            _ => new FetchFault("body.truncated", $"{url}: expected a whole answer, found: {found}", IsTransient: true),
        };
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
