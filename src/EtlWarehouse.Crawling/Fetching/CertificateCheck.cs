using System.Collections.Concurrent;
using System.Net.Security;

namespace EtlWarehouse.Crawling.Fetching;

/// <summary>Holds servers to their certificates, save those that the pipeline excuses, and remembers what it saw.</summary>
/// <param name="excused">Hosts whose certificate need not be in order.</param>
internal sealed class CertificateCheck(IEnumerable<string> excused)
{
    private readonly HashSet<string> _excused = new(excused, StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _seen = new(StringComparer.OrdinalIgnoreCase);

    public SslClientAuthenticationOptions Options => new()
    {
        RemoteCertificateValidationCallback = (sender, _, _, errors) => IsAccepted(((SslStream)sender).TargetHostName, errors),
    };

    /// <returns><c>verified</c>, or <c>unverified: …</c> with what was wrong; null for http and before the first connection.</returns>
    public string? Of(Uri url) => url.Scheme == Uri.UriSchemeHttps ? _seen.GetValueOrDefault(url.IdnHost) : null;

    private bool IsAccepted(string host, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            _seen[host] = "verified";
            return true;
        }

        if (!_excused.Contains(host))
            return false;
        _seen[host] = $"unverified: {errors}";
        return true;
    }
}
