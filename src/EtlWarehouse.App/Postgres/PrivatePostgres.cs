using Npgsql;

namespace EtlWarehouse.App.Postgres;

/// <summary>
/// The PostgreSQL that belongs to one home folder. Commands share it: each holds a shared lock while it uses the server,
/// the last one out stops it. A killed command loses its lock, so the server it left behind is found, used and stopped by the next.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    /// <summary>The superuser, who owns the database.</summary>
    public const string Owner = "etl";

    /// <summary>Roles that may log in beside the owner.</summary>
    public static readonly IReadOnlyList<string> Readers = ["analyst", "dashboard"];

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    private readonly WarehouseSettings settings;
    private readonly ServerFolder folder;
    private readonly TimeProvider time;
    private FileLock? use;
    private readonly PostmasterFile server;

    private PrivatePostgres(WarehouseSettings settings, ServerFolder folder, TimeProvider time, FileLock use, PostmasterFile server)
    {
        this.settings = settings;
        this.folder = folder;
        this.time = time;
        this.use = use;
        this.server = server;
    }

    public int Port => server.Port;

    /// <summary>The server's first process.</summary>
    public int ProcessId => server.ProcessId;

    /// <summary>Starts the server, or joins those who use it already.</summary>
    /// <exception cref="PostgresSetupException">It cannot be made or started; the message says what to do.</exception>
    public static async Task<PrivatePostgres> OpenAsync(WarehouseSettings settings, TimeProvider time, CancellationToken ct)
    {
        var folder = new ServerFolder(settings.Home);
        folder.Make();

        // Held by whoever starts or stops the server, so that nobody joins one that is about to go.
        using var start = await FileLock.TakeAsync(folder.StartLock, shared: false, settings.StartTimeout + StopPatience, time, ct);
        var use = await FileLock.TakeAsync(folder.UseLock, shared: true, StopPatience, time, ct);
        try
        {
            var running = PostmasterFile.Read(folder.PostmasterFile) is { } found && found.Answers() ? found : null;
            var server = running ?? await new ServerStart(settings, folder, time).RunAsync(ct);
            if (running is not null && settings.Port is { } wanted && wanted != running.Port)
                settings.Note($"PostgreSQL runs on port {running.Port} already, because another command uses it; ETL_PG_PORT={wanted} counts from the next start");
            return new PrivatePostgres(settings, folder, time, use, server);
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    public string ConnectionString(string role, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = server.SocketFolder,
        Port = server.Port,
        Username = role,
        Password = folder.Password(role),
        Database = database,
        ApplicationName = "etl",
        // What the server adds to an error may quote a row; published reports are no secret.
        IncludeErrorDetail = true,
    }.ConnectionString;

    public string Password(string role) => folder.Password(role);

    /// <summary>Leaves; the last one out stops the server and waits until its files are in order.</summary>
    public async ValueTask DisposeAsync()
    {
        if (use is null)
            return;

        using var start = await FileLock.TakeAsync(folder.StartLock, shared: false, settings.StartTimeout + StopPatience, time, CancellationToken.None);
        use.Dispose();
        use = null;
        using var alone = FileLock.TryTake(folder.UseLock, shared: false);
        // The server may have been killed and started again by another command since.
        if (alone is null || PostmasterFile.Read(folder.PostmasterFile) is not { } current || !current.IsPostgres())
            return;

        // SIGINT is PostgreSQL's fast shutdown: clients are cut off, nothing is lost.
        var signal = await ExternalProgram.RunAsync(["sh", "-c", "kill -INT \"$1\"", "sh", $"{current.ProcessId}"], CancellationToken.None);
        var since = time.GetTimestamp();
        while (signal.Succeeded && File.Exists(folder.PostmasterFile) && current.IsPostgres())
        {
            if (time.GetElapsedTime(since) > StopPatience)
            {
                settings.Note($"{folder.Path}: PostgreSQL (process {current.ProcessId}) has not stopped in {StopPatience.TotalSeconds:0} s; it is left running, the next command uses it");
                return;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(5), time);
        }
        SocketPath.Remove(current.SocketFolder);
    }
}
