namespace EtlWarehouse.Crawling.Archive;

public enum ArchiveFault
{
    /// <summary>No space or quota left on the device.</summary>
    DiskFull,

    /// <summary>The folder or file may not be read or written.</summary>
    NoPermission,

    /// <summary>The bytes are not those of their name.</summary>
    Corrupt,

    /// <summary>The file is not there.</summary>
    Missing,

    /// <summary>Anything else the file system refused.</summary>
    Unusable,
}

/// <summary>The archive cannot do what was asked; the message says where, what was expected and what was found.</summary>
public sealed class ArchiveException(ArchiveFault fault, string message, Exception? inner = null) : IOException(message, inner)
{
    private const int NoSpace = 28;     // ENOSPC
    private const int NoQuota = 122;    // EDQUOT
    private const int ReadOnly = 30;    // EROFS

    public ArchiveFault Fault { get; } = fault;

    /// <summary>Whether the file system refused, as opposed to the caller or the program being wrong.</summary>
    internal static bool IsOfFileSystem(Exception exception) =>
        exception is UnauthorizedAccessException or IOException and not ArchiveException;

    /// <summary>The same failure, named.</summary>
    internal static ArchiveException From(string path, string expected, Exception exception) => exception switch
    {
        UnauthorizedAccessException => new(ArchiveFault.NoPermission, $"{path}: expected {expected}, found no permission", exception),
        FileNotFoundException or DirectoryNotFoundException => new(ArchiveFault.Missing, $"{path}: expected {expected}, found no such file", exception),
        { HResult: NoSpace or NoQuota } => new(ArchiveFault.DiskFull, $"{path}: expected {expected}, found the disk full", exception),
        { HResult: ReadOnly } => new(ArchiveFault.NoPermission, $"{path}: expected {expected}, found a read-only file system", exception),
        _ => new(ArchiveFault.Unusable, $"{path}: expected {expected}, found: {exception.Message}", exception),
    };
}
