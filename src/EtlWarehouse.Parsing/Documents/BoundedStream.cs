namespace EtlWarehouse.Parsing.Documents;

/// <summary>Reads at most so many bytes; more is a refusal, not a slow death. The source stays open.</summary>
internal sealed class BoundedStream(Stream source, long most, string name) : Stream
{
    private long seen;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => seen;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = source.Read(buffer);
        seen += read;
        if (seen > most)
            throw new DocumentRefusedException("document.too_large", $"expected at most {most} bytes from {name}, found more");
        return read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
