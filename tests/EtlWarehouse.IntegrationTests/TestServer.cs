using System.Diagnostics;
using EtlWarehouse.App;
using EtlWarehouse.App.Postgres;

namespace EtlWarehouse.IntegrationTests;

/// <summary>One private PostgreSQL for all tests of the assembly, in a home of its own.</summary>
[SetUpFixture]
public sealed class TestServer
{
    private const string Prefix = "etl-test-";

    private static DirectoryInfo? home;
    private static PrivatePostgres? server;
    private static string? prepared;

    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = WarehouseSettings.FromEnvironment(_ => null).Root;

    /// <summary>The running server. Without server programs the asking test is ignored; where <c>CI=true</c> it fails.</summary>
    internal static PrivatePostgres Postgres
    {
        get
        {
            RequirePrograms();
            return server!;
        }
    }

    /// <summary>Ignores the running test where PostgreSQL is not installed; fails it where <c>CI=true</c>.</summary>
    internal static void RequirePrograms()
    {
        if (PostgresBinaries.Installed().Count > 0)
            return;

        const string Missing = "needs the server programs of PostgreSQL (Debian package postgresql)";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(Missing);
        Assert.Ignore(Missing);
    }

    /// <summary>Settings with a fresh home below the temporary folder, which nobody but its owner may enter.</summary>
    internal static WarehouseSettings FreshSettings(DirectoryInfo home) =>
        new(Root, home.FullName) { Note = line => TestContext.Progress.WriteLine(line) };

    /// <summary>Copies the files of a server that was made, started and stopped, but not yet used.</summary>
    internal static void CopyPreparedServer(string folder)
    {
        Copy(Path.Combine(prepared!, "data"), Path.Combine(folder, "data"));
        Copy(Path.Combine(prepared!, "passwords"), Path.Combine(folder, "passwords"));
    }

    /// <summary>Stops and removes what a test process left that was killed; one that still runs holds its lock.</summary>
    private static async Task RemoveLeftoversAsync()
    {
        var longAgo = DateTime.UtcNow.AddHours(-1);
        foreach (var old in new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories(Prefix + "*").Where(each => each.LastWriteTimeUtc < longAgo))
        {
            var useLock = Path.Combine(old.FullName, "postgres", "use.lock");
            if (!File.Exists(useLock))
                continue;

            using (var unused = FileLock.TryTake(useLock, shared: false))
            {
                if (unused is null)
                    continue;
            }
            // Whoever joins a server and leaves it as the last one stops it.
            await (await OpenAsync(old)).DisposeAsync();
            old.Delete(recursive: true);
        }
    }

    private static Task<PrivatePostgres> OpenAsync(DirectoryInfo home) =>
        PrivatePostgres.OpenAsync(FreshSettings(home), TimeProvider.System, CancellationToken.None);

    /// <summary>Keeps owners and modes, which PostgreSQL insists on.</summary>
    private static void Copy(string from, string to)
    {
        using var copy = Process.Start("cp", ["--archive", from, to]);
        copy.WaitForExit();
        Assert.That(copy.ExitCode, Is.Zero, $"cp {from} {to}");
    }

    [OneTimeSetUp]
    public async Task Start()
    {
        if (PostgresBinaries.Installed().Count == 0)
            return;

        await RemoveLeftoversAsync();
        home = Directory.CreateTempSubdirectory(Prefix);
        Directory.CreateDirectory(Path.Combine(home.FullName, "postgres"));
        // What a test writes need not survive a power cut.
        await File.WriteAllTextAsync(Path.Combine(home.FullName, "postgres", "local.conf"), "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nshared_buffers = '128MB'\n");
        await (await OpenAsync(home)).DisposeAsync();
        prepared = Path.Combine(home.FullName, "prepared");
        Copy(Path.Combine(home.FullName, "postgres"), prepared);
        server = await OpenAsync(home);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (server is not null)
            await server.DisposeAsync();
        home?.Delete(recursive: true);
    }
}
