using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EtlWarehouse.App.Postgres;
using Npgsql;

namespace EtlWarehouse.IntegrationTests.Postgres;

public sealed class PrivatePostgresTests
{
    private TemporaryHome home = null!;

    [SetUp]
    public void Create() => home = TemporaryHome.Prepared();

    [TearDown]
    public void Remove() => home?.Dispose();

    [Test]
    public async Task DisposeAsync_SecondHolder_KeepsTheServerUntilTheLastLeaves()
    {
        var first = await home.OpenAsync();
        var second = await home.OpenAsync();
        Assert.That(second.ProcessId, Is.EqualTo(first.ProcessId));

        await first.DisposeAsync();
        Assert.That(await AskAsync(second), Is.EqualTo(1), "the first one out must not stop it");

        await second.DisposeAsync();
        Assert.That(home.PostmasterFile, Does.Not.Exist, "the last one out must stop it");
    }

    [Test]
    public async Task OpenAsync_ManyAtOnce_ShareOneServer()
    {
        var holders = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => home.OpenAsync())));
        Assert.That(holders.Select(holder => holder.ProcessId).Distinct().Count(), Is.EqualTo(1));
        await Task.WhenAll(holders.Select(holder => Task.Run(async () => await holder.DisposeAsync())));
        Assert.That(home.PostmasterFile, Does.Not.Exist);
    }

    [Test]
    public async Task OpenAsync_AfterTheServerWasKilled_Recovers()
    {
        var killed = await home.OpenAsync();
        await RunAsync(killed, "create table kept as select 42 as answer");
        // Committed with fsync off, so the pages must be on their way; the kernel keeps them.
        using (var postmaster = Process.GetProcessById(killed.ProcessId))
        {
            postmaster.Kill();
            await postmaster.WaitForExitAsync();
        }
        Assert.That(home.PostmasterFile, Does.Exist);

        await using var recovered = await home.OpenAsync();
        Assert.That(recovered.ProcessId, Is.Not.EqualTo(killed.ProcessId));
        Assert.That(await AskAsync(recovered, "select answer from kept"), Is.EqualTo(42));
        await killed.DisposeAsync();
        Assert.That(await AskAsync(recovered), Is.EqualTo(1), "who held the killed server must not stop the new one");
    }

    [Test]
    public async Task OpenAsync_NotedProcessIsAnotherProgram_StartsAnyway()
    {
        await (await home.OpenAsync()).DisposeAsync();
        // After a restart of the machine the number may be anybody's, here that of this test.
        home.Write("postgres/data/postmaster.pid", $"{Environment.ProcessId}\n{home.Path}/postgres/data\n1\n54320\n{home.Path}/run\n127.0.0.1\n1 1\nready\n");
        await using var started = await home.OpenAsync();
        Assert.That(await AskAsync(started), Is.EqualTo(1));
    }

    [Test]
    public async Task OpenAsync_AskedPortTaken_NamesThePort()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await Assert.ThatAsync(() => home.OpenAsync(port), Throws.TypeOf<PostgresSetupException>()
            .With.Message.EqualTo($"ETL_PG_PORT={port}: another program listens on 127.0.0.1:{port}; stop it, or choose another port"));
    }

    [Test]
    public async Task OpenAsync_RememberedPortTaken_TakesAnotherAndSaysSo()
    {
        int port;
        await using (var first = await home.OpenAsync())
            port = first.Port;
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();

        await using var second = await home.OpenAsync();
        Assert.That(second.Port, Is.Not.EqualTo(port));
        Assert.That(home.Notes, Has.Some.EqualTo($"PostgreSQL: port {port} is taken by another program, using {second.Port} from now on"));
    }

    [Test]
    public async Task OpenAsync_SamePort_IsRememberedAndListensOnLoopback()
    {
        int port;
        await using (var first = await home.OpenAsync())
            port = first.Port;
        await using var second = await home.OpenAsync();
        Assert.That(second.Port, Is.EqualTo(port));

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        Assert.That(client.Connected, Is.True);
    }

    [Test]
    public async Task OpenAsync_FolderTaken_LeavesItAlone()
    {
        using var home = new TemporaryHome();
        home.Write("postgres/data/letter.txt", "dear");
        await Assert.ThatAsync(() => home.OpenAsync(), Throws.TypeOf<PostgresSetupException>().With.Message.Contains("found letter.txt and no PG_VERSION"));
        Assert.That(Path.Combine(home.Path, "postgres/data/letter.txt"), Does.Exist);
    }

    [Test]
    public async Task OpenAsync_DataOfAnotherMajor_NamesBoth()
    {
        using var home = new TemporaryHome();
        home.Write("postgres/data/PG_VERSION", "9\n");
        await Assert.ThatAsync(() => home.OpenAsync(), Throws.TypeOf<PostgresSetupException>().With.Message.Contains("made by PostgreSQL 9, found PostgreSQL"));
    }

    [Test]
    public async Task OpenAsync_UnfinishedInitialization_BeginsAgain()
    {
        using var home = new TemporaryHome();
        home.Write("postgres/data.new/PG_VERSION", "15\n");
        home.Write("postgres/data.new/half", "written");
        await using var server = await home.OpenAsync();
        Assert.That(await AskAsync(server), Is.EqualTo(1));
        Assert.That(Path.Combine(home.Path, "postgres/data/half"), Does.Not.Exist);
    }

    [Test]
    public async Task OpenAsync_BrokenSetting_GivesTheServersOwnWord()
    {
        home.Write("postgres/local.conf", "shared_buffers = 'plenty'\n");
        await Assert.ThatAsync(() => home.OpenAsync(), Throws.TypeOf<PostgresSetupException>()
            .With.Message.Contains("PostgreSQL does not start: FATAL:").And.Message.Not.Contains("\n"));
        Assert.That(home.PostmasterFile, Does.Not.Exist);
    }

    [Test]
    public async Task OpenAsync_WrongPassword_IsRefusedByTheServer()
    {
        await using var server = await home.OpenAsync();
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString(PrivatePostgres.Owner, "postgres")) { Password = "guess" };
        await using var source = NpgsqlDataSource.Create(wrong);
        await Assert.ThatAsync(async () => await source.OpenConnectionAsync(), Throws.TypeOf<PostgresException>()
            .With.Property(nameof(PostgresException.SqlState)).EqualTo(PostgresErrorCodes.InvalidPassword));
    }

    private static async Task<int> AskAsync(PrivatePostgres server, string query = "select 1")
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString(PrivatePostgres.Owner, "postgres"));
        await using var command = source.CreateCommand(query);
        return (int)(await command.ExecuteScalarAsync())!;
    }

    private static async Task RunAsync(PrivatePostgres server, string statement)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString(PrivatePostgres.Owner, "postgres"));
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
