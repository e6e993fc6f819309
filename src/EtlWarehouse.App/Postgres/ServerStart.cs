using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EtlWarehouse.App.Postgres;

/// <summary>One start of the private PostgreSQL, with initdb before the first. The caller holds the start lock.</summary>
internal sealed class ServerStart(WarehouseSettings settings, ServerFolder folder, TimeProvider time)
{
    private const int FirstPort = 54320;
    private const int LastPort = 54999;

    // Processes of a killed server end by themselves a moment later.
    private static readonly TimeSpan LeftoverPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);
    private const long LongLog = 16 * 1024 * 1024;

    public async Task<PostmasterFile> RunAsync(CancellationToken ct)
    {
        // First, because another user's data cannot even be looked at.
        var account = await ServerAccount.FindAsync(folder.Data, ct);
        var dataMajor = folder.DataMajor();
        var binaries = PostgresBinaries.Choose(PostgresBinaries.Installed(), dataMajor, folder.Data);
        var port = ChoosePort();
        if (dataMajor is null)
            account = await InitializeAsync(binaries, account, ct);
        else
            account = await account.ReachingAsync(folder.Data, ct);

        var socketFolder = SocketPath.FolderFor(folder.Path);
        await SocketPath.EnsureAsync(socketFolder, account, ct);
        ServerFolder.Replace(folder.Configuration, ServerConfiguration.Write(
            port, socketFolder, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, Environment.ProcessorCount));
        await PrepareLogAsync(account, ct);
        ForgetStrangersProcess();

        var since = time.GetTimestamp();
        while (true)
        {
            var (server, complaint) = await TryStartAsync(binaries, account, ct);
            if (server is not null)
            {
                folder.RememberPort(port);
                return server;
            }
            var isLeftover = complaint.Contains("pre-existing shared memory", StringComparison.Ordinal)
                || complaint.Contains("\"postmaster.pid\" already exists", StringComparison.Ordinal);
            if (!isLeftover || time.GetElapsedTime(since) > LeftoverPatience)
                throw new PostgresSetupException($"{folder.Path}: PostgreSQL does not start: {complaint}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, ct);
        }
    }

    private int ChoosePort()
    {
        if (settings.Port is { } wanted)
        {
            return IsFree(wanted)
                ? wanted
                : throw new PostgresSetupException($"ETL_PG_PORT={wanted}: another program listens on 127.0.0.1:{wanted}; stop it, or choose another port");
        }

        var remembered = folder.RememberedPort();
        if (remembered is { } last && IsFree(last))
            return last;

        // Each home begins elsewhere, so that several on one machine seldom meet.
        var range = LastPort - FirstPort + 1;
        var begin = Random.Shared.Next(range);
        for (var step = 0; step < range; step++)
        {
            var port = FirstPort + (begin + step) % range;
            if (!IsFree(port))
                continue;
            if (remembered is not null)
                settings.Note($"PostgreSQL: port {remembered} is taken by another program, using {port} from now on");
            return port;
        }
        throw new PostgresSetupException($"PostgreSQL: expected a free port between {FirstPort} and {LastPort} on 127.0.0.1, found none; set ETL_PG_PORT");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException refused) when (refused.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            return false;
        }
        catch (SocketException refused) when (refused.SocketErrorCode is SocketError.AccessDenied)
        {
            throw new PostgresSetupException($"127.0.0.1:{port}: user {Environment.UserName} may not use this port; choose one above 1023 with ETL_PG_PORT", refused);
        }
    }

    /// <summary>Makes the data directory beside its place and moves it there when it is whole.</summary>
    private async Task<ServerAccount> InitializeAsync(PostgresBinaries binaries, ServerAccount account, CancellationToken ct)
    {
        settings.Note($"PostgreSQL {binaries.Major}: preparing {folder.Data}");
        var passwordFile = folder.UnfinishedData + ".password";
        if (Directory.Exists(folder.UnfinishedData))
            Directory.Delete(folder.UnfinishedData, recursive: true);
        if (Directory.Exists(folder.Data))
            Directory.Delete(folder.Data);
        folder.EnsurePasswords([PrivatePostgres.Owner, .. PrivatePostgres.Readers]);
        try
        {
            Directory.CreateDirectory(folder.UnfinishedData, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            await account.TakeAsync(folder.UnfinishedData, ct);
            ServerFolder.Replace(passwordFile, folder.Password(PrivatePostgres.Owner) + "\n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await account.TakeAsync(passwordFile, ct);

            account = await account.ReachingAsync(folder.UnfinishedData, ct);
            var outcome = await ExternalProgram.RunAsync(account.CommandLine(
                binaries["initdb"], "-D", folder.UnfinishedData, "-U", PrivatePostgres.Owner, $"--pwfile={passwordFile}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-instructions"), ct);
            if (!outcome.Succeeded)
                throw new PostgresSetupException($"{folder.Data}: initdb failed: {outcome.Complaint}");
            Directory.Move(folder.UnfinishedData, folder.Data);
            return account;
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    private async Task PrepareLogAsync(ServerAccount account, CancellationToken ct)
    {
        if (File.Exists(folder.Log) && new FileInfo(folder.Log).Length > LongLog)
            File.Move(folder.Log, folder.Log + ".1", overwrite: true);
        if (File.Exists(folder.Log))
            return;

        ServerFolder.Replace(folder.Log, string.Empty, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await account.TakeAsync(folder.Log, ct);
    }

    /// <summary>PostgreSQL would take any living process of its user with the noted id for a server, for ever.</summary>
    private void ForgetStrangersProcess()
    {
        if (PostmasterFile.Read(folder.PostmasterFile) is { } noted && !noted.IsPostgres())
            File.Delete(folder.PostmasterFile);
    }

    private async Task<(PostmasterFile? Server, string Complaint)> TryStartAsync(PostgresBinaries binaries, ServerAccount account, CancellationToken ct)
    {
        var logLength = new FileInfo(folder.Log).Length;
        // A session of its own: Ctrl-C at the terminal is for the program, which then stops the server in good order.
        var words = account.CommandLine(
            "setsid", "sh", "-c", "log=$1; shift; exec \"$@\" </dev/null >>\"$log\" 2>&1", "sh", folder.Log,
            binaries["postgres"], "-D", folder.Data, "-c", $"config_file={folder.Configuration}");
        using var process = Process.Start(new ProcessStartInfo(words[0], words.Skip(1)) { WorkingDirectory = "/" })!;

        var since = time.GetTimestamp();
        while (true)
        {
            if (PostmasterFile.Read(folder.PostmasterFile) is { } server && server.ProcessId == process.Id && server.Answers())
                return (server, string.Empty);
            if (process.HasExited)
                return (null, LastComplaint(logLength));
            if (ct.IsCancellationRequested || time.GetElapsedTime(since) > settings.StartTimeout)
            {
                // Recovery goes on where it stood when the server starts again.
                process.Kill();
                ct.ThrowIfCancellationRequested();
                throw new PostgresSetupException($"{folder.Path}: PostgreSQL is not ready after {settings.StartTimeout.TotalSeconds:0} s; its last word: {LastComplaint(logLength)}");
            }
            await Task.Delay(Poll, time, CancellationToken.None);
        }
    }

    private string LastComplaint(long since)
    {
        using var stream = new FileStream(folder.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(since, SeekOrigin.Begin);
        using var reader = new StreamReader(stream);
        return ProgramOutcome.LastComplaint(reader.ReadToEnd()) ?? $"nothing in {folder.Log}";
    }
}
