using System.Runtime.InteropServices;

namespace EtlWarehouse.Crawling.Archive;

/// <summary>
/// A folder whose files appear whole or not at all and then never change: written aside in the same file system,
/// flushed to the device, then linked to their name, so that of several writers of one name exactly one wins.
/// </summary>
internal sealed class DurableFolder(string root)
{
    // A writer that still lives renews its file far more often.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);
    private readonly string _aside = Path.Combine(root, "tmp");

    public string Root => root;

    public string Find(string relative) => Path.Combine(root, relative);

    /// <returns>False when the name is taken, whoever wrote it.</returns>
    /// <exception cref="ArchiveException">The file system refuses.</exception>
    public bool TryAdd(string relative, Action<Stream> write)
    {
        var target = Find(relative);
        if (File.Exists(target))
            return false;

        var aside = Path.Combine(_aside, $"{Guid.NewGuid():n}.part");
        try
        {
            Directory.CreateDirectory(_aside);
            var parent = Path.GetDirectoryName(target)!;
            var isNewFolder = !Directory.Exists(parent);
            Directory.CreateDirectory(parent);
            using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            var isFirst = TryPublish(aside, target);
            FlushFolder(parent);
            if (isNewFolder)
                FlushFolder(Path.GetDirectoryName(parent)!);
            return isFirst;
        }
        catch (Exception exception) when (ArchiveException.IsOfFileSystem(exception))
        {
            RemovePart(aside);
            throw ArchiveException.From(target, "to write a file", exception);
        }
    }

    /// <exception cref="ArchiveException">The file is not there or may not be read.</exception>
    public byte[] Read(string relative)
    {
        var path = Find(relative);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (ArchiveException.IsOfFileSystem(exception))
        {
            throw ArchiveException.From(path, "to read a file", exception);
        }
    }

    /// <summary>Opens a file that is too long to be read at once.</summary>
    /// <exception cref="ArchiveException">The file is not there or may not be read.</exception>
    public FileStream Open(string relative)
    {
        var path = Find(relative);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception exception) when (ArchiveException.IsOfFileSystem(exception))
        {
            throw ArchiveException.From(path, "to read a file", exception);
        }
    }

    /// <summary>Paths of all files under a folder, relative to the root, in ordinal order.</summary>
    public IReadOnlyList<string> List(string relative, string pattern)
    {
        var folder = Find(relative);
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
                    .Select(file => Path.GetRelativePath(root, file))
                    .Order(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception exception) when (ArchiveException.IsOfFileSystem(exception))
        {
            throw ArchiveException.From(folder, "to list files", exception);
        }
    }

    /// <summary>Removes what writers that died left aside.</summary>
    /// <returns>How many files were removed.</returns>
    public int Sweep(DateTimeOffset now)
    {
        if (!Directory.Exists(_aside))
            return 0;

        var left = Directory.EnumerateFiles(_aside, "*.part")
            .Where(file => File.GetLastWriteTimeUtc(file) < now.UtcDateTime - Abandoned)
            .ToList();
        left.ForEach(RemovePart);
        return left.Count;
    }

    private static bool TryPublish(string aside, string target)
    {
        try
        {
            // Without overwriting, .NET links and unlinks: the name appears once, with all its bytes.
            File.Move(aside, target, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(target))
        {
            RemovePart(aside);
            return false;
        }
    }

    /// <summary>The file is of no use any more; where it cannot be removed, the next sweep tries again.</summary>
    private static void RemovePart(string aside)
    {
        try
        {
            File.Delete(aside);
        }
        catch (Exception exception) when (ArchiveException.IsOfFileSystem(exception))
        {
            System.Diagnostics.Trace.TraceWarning($"{aside}: expected to remove a half-written file, found: {exception.Message}");
        }
    }

    /// <summary>Makes a new name in a folder survive a power cut; file systems that cannot do so are left alone.</summary>
    private static void FlushFolder(string folder)
    {
        var descriptor = Open(folder, 0);
        if (descriptor < 0)
            return;
        _ = Flush(descriptor);
        _ = Close(descriptor);
    }

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
