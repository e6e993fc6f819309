using System.IO.Compression;

namespace EtlWarehouse.Crawling.Fetching;

/// <summary>Reads response bodies that may be endless, or small and swell when decompressed.</summary>
internal static class BoundedBody
{
    /// <exception cref="BodyTooLargeException">More than <paramref name="most"/> bytes, as sent or decompressed.</exception>
    /// <exception cref="InvalidDataException">The bytes are not in the declared encoding.</exception>
    public static async Task<byte[]> ReadAsync(HttpContent content, long most, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > most)
            throw new BodyTooLargeException(most);

        var stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var body = await ReadAsync(stream, most, cancellation).ConfigureAwait(false);
            // Applied in the order listed, so undone in the reverse order.
            foreach (var encoding in content.Headers.ContentEncoding.Reverse())
                body = await DecodeAsync(body, encoding, most, cancellation).ConfigureAwait(false);
            return body;
        }
    }

    private static async Task<byte[]> DecodeAsync(byte[] body, string encoding, long most, CancellationToken cancellation)
    {
        if (body.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return body;

        var source = new MemoryStream(body);
        Stream decoder = encoding.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            "deflate" => new ZLibStream(source, CompressionMode.Decompress),
            _ => throw new InvalidDataException($"expected gzip, br or deflate, found content encoding '{encoding}'"),
        };
        await using (decoder.ConfigureAwait(false))
            return await ReadAsync(decoder, most, cancellation).ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadAsync(Stream stream, long most, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false);
            if (read == 0)
                return body.ToArray();
            if (body.Length + read > most)
                throw new BodyTooLargeException(most);
            body.Write(buffer, 0, read);
        }
    }
}

internal sealed class BodyTooLargeException(long most) : IOException($"expected at most {most} bytes, found more");
