using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace EtlWarehouse.App.Postgres;

/// <summary>Chooses the folder of the server's Unix socket.</summary>
internal static partial class SocketPath
{
    /// <summary>Longest path of a Unix socket on Linux, in bytes, without the closing zero.</summary>
    private const int LongestPath = 107;

    private const string Shared = "/tmp/etl-warehouse-";

    // Npgsql and psql read a comma as the next host, PostgreSQL reads quotes.
    [GeneratedRegex(@"^/[A-Za-z0-9_./~+@ -]*$")]
    private static partial Regex Plain();

    public static string In(string folder, int port) => $"{folder}/.s.PGSQL.{port}";

    /// <summary>Below the server's own folder where the path is short and plain, else one in <c>/tmp</c> that only this folder leads to.</summary>
    public static string FolderFor(string serverFolder)
    {
        var own = Path.Combine(serverFolder, "run");
        // The lock file beside the socket has five bytes more.
        var longest = Encoding.UTF8.GetByteCount(In(own, 65535) + ".lock");
        if (longest <= LongestPath && Plain().IsMatch(own))
            return own;

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(serverFolder)));
        return Shared + hash[..16];
    }

    /// <summary>Makes the folder, which only the server's user may enter.</summary>
    /// <exception cref="PostgresSetupException">A folder of that name belongs to somebody else.</exception>
    public static async Task EnsureAsync(string folder, ServerAccount account, CancellationToken ct)
    {
        if (IsShared(folder))
        {
            // As the server's user and never by root: anybody may put a folder or a link of this name into /tmp.
            await ExternalProgram.RunAsync(account.CommandLine("mkdir", "-m", "700", folder), ct);
            var found = await ExternalProgram.RunAsync(["stat", "--format=%F %u %a", folder], ct);
            if (found.Output.Trim() != $"directory {account.UserId} 700")
                throw new PostgresSetupException($"{folder}: expected a folder of user {account.UserId} with mode 700, found {found.Output.Trim()}; remove it");
        }
        else if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            await account.TakeAsync(folder, ct);
        }
    }

    /// <summary>Clears the folder in <c>/tmp</c> away once the server has stopped; its own below the home stays.</summary>
    public static void Remove(string folder)
    {
        if (IsShared(folder) && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    private static bool IsShared(string folder) => folder.StartsWith(Shared, StringComparison.Ordinal);
}
