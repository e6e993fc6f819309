using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EtlWarehouse.App.Postgres;

/// <summary>The private PostgreSQL's files below the home.</summary>
internal sealed class ServerFolder(string home)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path { get; } = System.IO.Path.Combine(home, "postgres");

    public string Data => In("data");

    /// <summary>initdb writes here; the folder gets its name only when it is whole.</summary>
    public string UnfinishedData => In("data.new");

    public string Log => In("server.log");

    public string Configuration => In("server.conf");

    /// <summary>Settings of the operator's own, which win; never written by us.</summary>
    public string LocalConfiguration => In("local.conf");

    public string PostmasterFile => System.IO.Path.Combine(Data, "postmaster.pid");

    public string StartLock => In("start.lock");

    public string UseLock => In("use.lock");

    private string PortFile => In("port");

    private string PasswordFile => In("passwords");

    private string In(string name) => System.IO.Path.Combine(Path, name);

    /// <exception cref="PostgresSetupException">The user may not write here.</exception>
    public void Make()
    {
        try
        {
            Directory.CreateDirectory(Path);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new PostgresSetupException($"{Path}: user {Environment.UserName} may not make this folder; set ETL_HOME to one that it may write to", refused);
        }
    }

    /// <summary>The data directory's major version; null where there is none yet.</summary>
    /// <exception cref="PostgresSetupException">Something else stands in the place.</exception>
    public int? DataMajor()
    {
        if (File.Exists(Data))
            throw new PostgresSetupException($"{Data}: expected a data directory of PostgreSQL, found a file; move it away, or set ETL_HOME");
        if (!Directory.Exists(Data))
            return null;

        var versionFile = System.IO.Path.Combine(Data, "PG_VERSION");
        if (File.Exists(versionFile))
        {
            var version = File.ReadAllText(versionFile).Trim();
            if (int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var major))
                return major;
            throw new PostgresSetupException($"{versionFile}: expected a major version, found '{version}'");
        }

        if (Directory.EnumerateFileSystemEntries(Data).FirstOrDefault() is not { } entry)
            return null;
        throw new PostgresSetupException(
            $"{Data}: expected a data directory of PostgreSQL or nothing, found {System.IO.Path.GetFileName(entry)} and no PG_VERSION; move the folder away, or set ETL_HOME");
    }

    /// <summary>The port of the last start; null before the first.</summary>
    public int? RememberedPort() =>
        File.Exists(PortFile) && int.TryParse(File.ReadAllText(PortFile).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    public void RememberPort(int port) => Replace(PortFile, port.ToString(CultureInfo.InvariantCulture) + "\n");

    /// <summary>Writes whole files only: another program may read at the same moment.</summary>
    public static void Replace(string path, string text, UnixFileMode? mode = null)
    {
        var unfinished = path + ".new";
        File.Delete(unfinished);
        using (var stream = new FileStream(unfinished, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode }))
            stream.Write(Encoding.UTF8.GetBytes(text));
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Makes passwords for the roles unless they stand there already. The file has psql's form, so PGPASSFILE can name it.</summary>
    public void EnsurePasswords(IEnumerable<string> roles)
    {
        if (File.Exists(PasswordFile))
            return;

        var lines = roles.Select(role => $"*:*:*:{role}:{RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 32)}\n");
        Replace(PasswordFile, string.Concat(lines), OwnerOnly);
    }

    /// <exception cref="PostgresSetupException">The file does not name the role.</exception>
    public string Password(string role) =>
        File.ReadLines(PasswordFile).Select(line => line.Split(':')).FirstOrDefault(fields => fields is [_, _, _, var name, _] && name == role)?[4]
        ?? throw new PostgresSetupException($"{PasswordFile}: expected a line *:*:*:{role}:<password>, found none");
}
