using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EtlWarehouse.Crawling.Fetching;

/// <summary>
/// Opens connections, and refuses those that lead inside: after the name is resolved, so that no name, redirect
/// or changed DNS answer leads past it.
/// </summary>
/// <param name="allowInside">Whether loopback and private addresses may be connected to, as the pipeline says. No others that are not public.</param>
/// <param name="served">Hosts that this program serves itself, with where it does.</param>
internal sealed class AddressGuard(bool allowInside, IReadOnlyDictionary<string, IPEndPoint> served)
{
    // Loopback, private, link-local, carrier-grade, benchmarking, documentation, multicast, reserved.
    private static readonly IPNetwork[] Inside =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork[] Own =
    [
        .. new[] { "10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7" }.Select(IPNetwork.Parse),
    ];

    private readonly ConcurrentDictionary<string, string> _newest = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where the newest connection to a host and port leads; null where there was none.</summary>
    public string? AddressOf(Uri url) => _newest.GetValueOrDefault($"{url.IdnHost}:{url.Port}");

    /// <summary>Whether an address belongs to the public Internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = Plain(address);
        return !Array.Exists(Inside, network => network.Contains(plain));
    }

    private bool MayConnect(IPAddress address) =>
        IsPublic(address) || (allowInside && Array.Exists(Own, network => network.Contains(Plain(address))));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var endpoints = served.TryGetValue(host, out var own)
            ? [own]
            : await ResolveAsync(host, context.DnsEndPoint.Port, cancellation).ConfigureAwait(false);
        var (stream, endpoint) = await ConnectToFirstAsync(endpoints, cancellation).ConfigureAwait(false);
        _newest[$"{host}:{context.DnsEndPoint.Port}"] = endpoint.ToString();
        return stream;
    }

    private async Task<IPEndPoint[]> ResolveAsync(string host, int port, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(host, cancellation).ConfigureAwait(false);
        var usable = addresses.Where(MayConnect).ToArray();
        if (usable.Length == 0)
        {
            throw new AddressRefusedException(
                $"{host}: expected a public address, found {(addresses.Length == 0 ? "none" : string.Join(", ", addresses.Select(address => address.ToString())))}");
        }

        return [.. usable.Select(address => new IPEndPoint(address, port))];
    }

    private static async Task<(Stream Stream, IPEndPoint Endpoint)> ConnectToFirstAsync(IPEndPoint[] endpoints, CancellationToken cancellation)
    {
        for (var index = 0; ; index++)
        {
            // A socket that failed to connect cannot try again, so each address gets its own.
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(endpoints[index], cancellation).ConfigureAwait(false);
                return (new NetworkStream(socket, ownsSocket: true), endpoints[index]);
            }
            catch (Exception exception)
            {
                socket.Dispose();
                if (exception is not SocketException || index + 1 == endpoints.Length)
                    throw;
            }
        }
    }
}

/// <summary>A host resolves to no address that may be connected to.</summary>
internal sealed class AddressRefusedException(string message) : IOException(message);
