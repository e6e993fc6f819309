using System.Globalization;
using System.Runtime.InteropServices;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.App.Ingestion;

/// <summary>Reads a document that a user named by its path: a plain file and nothing else, so that no pipe or device holds a command up.</summary>
internal static class DocumentFile
{
    /// <summary>Bytes; no reader takes more.</summary>
    private const long Largest = 128L << 20;

    /// <returns>The file's bytes, or the reason why there are none: <c>file.missing</c>, <c>file.folder</c>, <c>file.special</c>,
    /// <c>file.unreadable</c> or <c>file.too_large</c>.</returns>
    public static (byte[]? Bytes, Refusal? Refusal) Read(string path, long largest = Largest)
    {
        if (path.Length == 0)
            return (null, new Refusal("file.missing", "expected a file, found an empty path"));
        if (Directory.Exists(path))
            return (null, new Refusal("file.folder", "expected a file, found a folder; etl import reads folders"));
        if (!File.Exists(path))
            return (null, new Refusal("file.missing", "expected a file, found nothing"));
        try
        {
            if (!IsPlain(path))
                return (null, new Refusal("file.special", "expected a file, found a device, pipe or socket"));
            var length = new FileInfo(path).Length;
            return length <= largest
                ? (File.ReadAllBytes(path), null)
                : (null, new Refusal("file.too_large", string.Create(CultureInfo.InvariantCulture, $"expected at most {largest} bytes, found {length}")));
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            return (null, new Refusal("file.unreadable", $"expected a file that may be read, found: {refused.Message}"));
        }
    }

    /// <summary>Asks before the file is opened: opening a pipe waits for its writer.</summary>
    private static bool IsPlain(string path)
    {
        // struct statx is the same on every processor: statx(2). The mode stands at byte 28.
        const int CurrentFolder = -100, Mode = 28, TypeMask = 0xF000, PlainFile = 0x8000;
        const uint TypeWanted = 1;
        var answer = new byte[256];
        if (Statx(CurrentFolder, path, 0, TypeWanted, answer) != 0)
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        return (BitConverter.ToUInt16(answer, Mode) & TypeMask) == PlainFile;
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] answer);
}
