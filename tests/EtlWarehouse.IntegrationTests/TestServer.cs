using EtlWarehouse.App;
using EtlWarehouse.App.Postgres;

namespace EtlWarehouse.IntegrationTests;

/// <summary>One private PostgreSQL for all tests of the assembly, in a home of its own.</summary>
[SetUpFixture]
public sealed class TestServer
{
    private static DirectoryInfo? home;
    private static PrivatePostgres? server;

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

    [OneTimeSetUp]
    public async Task Start()
    {
        if (PostgresBinaries.Installed().Count == 0)
            return;

        home = Directory.CreateTempSubdirectory("etl-test-");
        Directory.CreateDirectory(Path.Combine(home.FullName, "postgres"));
        // What a test writes need not survive a power cut.
        await File.WriteAllTextAsync(Path.Combine(home.FullName, "postgres", "local.conf"), "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nshared_buffers = '128MB'\n");
        server = await PrivatePostgres.OpenAsync(FreshSettings(home), TimeProvider.System, CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (server is not null)
            await server.DisposeAsync();
        home?.Delete(recursive: true);
    }
}
