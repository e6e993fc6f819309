using System.Globalization;
using System.IO.Compression;

namespace EtlWarehouse.Crawling.Archive.Warc;

/// <summary>Writes records to one file, or to several in a folder; each record a gzip member of its own, so that a reader can begin at any.</summary>
/// <param name="target">A file, or a folder: one that is there, or a name that ends with a slash.</param>
/// <param name="software">Of the program, for the record at the head of each file.</param>
internal sealed class WarcFiles(string target, string software) : IDisposable
{
    /// <summary>A file of a folder ends behind the record with which it becomes this long; 1 GiB is what archives use to exchange.</summary>
    private const long Long = 1L << 30;

    private readonly bool _isFolder = Path.EndsInDirectorySeparator(target) || Directory.Exists(target);
    private readonly List<(string Aside, string Path)> _files = [];
    private FileStream? _stream;

    public string InfoId { get; private set; } = "";

    public IReadOnlyList<string> Files => [.. _files.Select(file => file.Path)];

    /// <param name="date">Of the record; names the file that begins with it.</param>
    public void Write(WarcRecord record, DateTimeOffset date)
    {
        if (_stream is null || (_isFolder && _stream.Length >= Long))
            Begin(date);
        record.Add("WARC-Warcinfo-ID", InfoId);
        Append(record);
    }

    /// <summary>Gives the files their names: until then nobody can take them for whole.</summary>
    public void Finish(DateTimeOffset date)
    {
        if (_stream is null)
            Begin(date);
        _stream!.Flush(flushToDisk: true);
        _stream.Dispose();
        foreach (var (aside, path) in _files)
            File.Move(aside, path, overwrite: true);
    }

    public void Dispose()
    {
        _stream?.Dispose();
        foreach (var (aside, _) in _files)
            File.Delete(aside);
    }

    private void Begin(DateTimeOffset date)
    {
        _stream?.Dispose();
        var number = _files.Count + 1;
        var path = _isFolder
            ? Path.Combine(target, string.Create(CultureInfo.InvariantCulture, $"etl-warehouse-{date.UtcDateTime:yyyyMMddHHmmss}-{number:00000}.warc.gz"))
            : target;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _files.Add(($"{path}.part", path));
        _stream = new FileStream(_files[^1].Aside, FileMode.Create, FileAccess.Write);
        var info = new WarcRecord("warcinfo", date, $"{number}", [.. System.Text.Encoding.UTF8.GetBytes(
            $"software: {software}\r\nformat: WARC File Format 1.1\r\nconformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
            + "description: bodies are decompressed and in one piece; headers of how they were sent begin with X-Archive-Orig-; cookies and credentials are left out\r\n")]);
        info.Add("WARC-Filename", Path.GetFileName(path));
        info.Add("Content-Type", "application/warc-fields");
        InfoId = info.Id;
        Append(info);
    }

    private void Append(WarcRecord record)
    {
        using var member = new GZipStream(_stream!, CompressionLevel.Optimal, leaveOpen: true);
        member.Write(record.ToBytes());
    }
}
