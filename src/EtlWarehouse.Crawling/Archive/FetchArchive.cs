using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EtlWarehouse.Crawling.Archive;

/// <summary>
/// All fetches, a line of JSON each, in one file a run: <c>fetches/2026-01-20/20260120T183000Z-1a2b3c4d.jsonl</c>. A file only
/// grows, and never after its run; a last line without its line break was being written when the run died, and does not count.
/// </summary>
public sealed class FetchArchive
{
    private readonly DurableFolder _folder;

    internal FetchArchive(DurableFolder folder) => _folder = folder;

    /// <summary>Begins the file of a run; it appears with its first line.</summary>
    internal FetchLog Begin(DateTimeOffset startedAt)
    {
        var utc = startedAt.UtcDateTime;
        var name = string.Create(CultureInfo.InvariantCulture, $"{utc:yyyyMMdd'T'HHmmss'Z'}-{Guid.NewGuid():n}")[..25] + ".jsonl";
        return new FetchLog(_folder.Find(Path.Combine("fetches", utc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), name)));
    }

    /// <summary>Files by the beginning of their runs, relative to the archive.</summary>
    internal IReadOnlyList<string> Files => _folder.List("fetches", "*.jsonl");

    /// <summary>Every fetch, run after run, in the order in which they ended.</summary>
    /// <exception cref="ArchiveException">A file cannot be read, or a whole line is no record.</exception>
    public IEnumerable<FetchRecord> ReadAll() => Files.SelectMany(Read);

    internal IEnumerable<FetchRecord> Read(string file)
    {
        var path = _folder.Find(file);
        var number = 0;
        foreach (var line in WholeLines(file))
            yield return ArchiveJson.Read<FetchRecord>($"{path} line {++number}", line);
    }

    /// <summary>Whether the last line was written to its end.</summary>
    internal bool EndsWhole(string file)
    {
        using var stream = _folder.Open(file);
        if (stream.Length == 0)
            return true;
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() == '\n';
    }

    private IEnumerable<byte[]> WholeLines(string file)
    {
        using var stream = _folder.Open(file);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A reader of lines would give the half-written one as well.
        var line = new StringBuilder();
        var buffer = new char[64 * 1024];
        for (int read; (read = reader.Read(buffer)) > 0;)
        {
            for (var index = 0; index < read; index++)
            {
                if (buffer[index] != '\n')
                {
                    line.Append(buffer[index]);
                    continue;
                }

                yield return Encoding.UTF8.GetBytes(line.ToString());
                line.Clear();
            }
        }
    }
}

/// <summary>The file of one run, written by all its sites at once.</summary>
internal sealed class FetchLog(string path) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _flushing = new(1, 1);
    private FileStream? _file;
    private long _written;
    private long _flushed;

    /// <summary>Adds a record; it is on the device when this ends. Who comes while another flushes shares the next flush.</summary>
    /// <exception cref="ArchiveException">The file system refuses.</exception>
    public async Task AddAsync(FetchRecord record, CancellationToken cancellation)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(record, ArchiveJson.LineOptions), (byte)'\n'];
        try
        {
            var end = Append(line);
            await _flushing.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                if (_flushed < end)
                    _flushed = Flush();
            }
            finally
            {
                _flushing.Release();
            }
        }
        catch (Exception exception) when (ArchiveException.IsOfFileSystem(exception))
        {
            throw ArchiveException.From(path, "to add a line", exception);
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _flushing.Dispose();
    }

    private long Append(byte[] line)
    {
        lock (_gate)
        {
            if (_file is null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            }

            // One write: a line is there whole or is the last one.
            _file.Write(line);
            return _written += line.Length;
        }
    }

    private long Flush()
    {
        long end;
        lock (_gate)
            end = _written;
        _file!.Flush(flushToDisk: true);
        return end;
    }
}
