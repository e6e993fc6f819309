using System.IO.Compression;

namespace EtlWarehouse.Crawling.Fetching;

/// <summary>Reads response bodies that may be endless, slow, or small and swell when decompressed.</summary>
internal static class BoundedBody
{
    /// <exception cref="BodyTooLargeException">More than <see cref="FetchLimits.BodyBytes"/>, as sent or decompressed.</exception>
    /// <exception cref="BodyTooSlowException">Slower than <see cref="FetchLimits.BytesPerSecond"/>.</exception>
    /// <exception cref="InvalidDataException">The bytes are not in the declared encoding, or there are too many encodings.</exception>
    /// <exception cref="TimeoutException">Nothing came for <see cref="FetchLimits.Silence"/>.</exception>
    public static async Task<byte[]> ReadAsync(HttpContent content, FetchLimits limits, TimeProvider time, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > limits.BodyBytes)
            throw new BodyTooLargeException(limits.BodyBytes);
        var encodings = content.Headers.ContentEncoding.Where(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToList();
        if (encodings.Count > limits.Encodings)
            throw new InvalidDataException($"expected at most {limits.Encodings} content encodings, found {encodings.Count}");

        var stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var body = await ReceiveAsync(stream, limits, time, cancellation).ConfigureAwait(false);
            // Applied in the order listed, so undone in the reverse order.
            foreach (var encoding in Enumerable.Reverse(encodings))
                body = Decode(body, encoding.ToLowerInvariant(), limits.BodyBytes);
            return body;
        }
    }

    private static async Task<byte[]> ReceiveAsync(Stream stream, FetchLimits limits, TimeProvider time, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        var began = time.GetTimestamp();
        while (true)
        {
            using var silence = new CancellationTokenSource(limits.Silence, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silence.Token);
            int read;
            try
            {
                read = await stream.ReadAsync(buffer, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                throw new TimeoutException($"expected more of the body within {limits.Silence.TotalSeconds:0.#} s, found none");
            }

            if (read == 0)
                return body.ToArray();
            if (body.Length + read > limits.BodyBytes)
                throw new BodyTooLargeException(limits.BodyBytes);
            body.Write(buffer, 0, read);
            var taken = time.GetElapsedTime(began);
            if (taken > limits.SpeedGrace && body.Length < limits.BytesPerSecond * taken.TotalSeconds)
                throw new BodyTooSlowException(limits.BytesPerSecond, body.Length / taken.TotalSeconds);
        }
    }

    private static byte[] Decode(byte[] body, string encoding, long most)
    {
        if (body.Length == 0)
            return body;

        var source = new MemoryStream(body);
        using Stream decoder = encoding switch
        {
            "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            // Meant is zlib; some servers send it without its head, whose low four bits say 8.
            "deflate" when (body[0] & 0x0F) == 8 => new ZLibStream(source, CompressionMode.Decompress),
            "deflate" => new DeflateStream(source, CompressionMode.Decompress),
            _ => throw new InvalidDataException($"expected gzip, br or deflate, found content encoding '{encoding}'"),
        };
        using var decoded = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = decoder.Read(buffer)) > 0;)
        {
            if (decoded.Length + read > most)
                throw new BodyTooLargeException(most);
            decoded.Write(buffer, 0, read);
        }

        return decoded.ToArray();
    }
}

internal sealed class BodyTooLargeException(long most) : IOException($"expected at most {most} bytes, found more");

internal sealed class BodyTooSlowException(int least, double found)
    : IOException($"expected at least {least} bytes a second, found {found:0}");
