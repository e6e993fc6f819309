using EtlWarehouse.App.Postgres;
using Npgsql;

namespace EtlWarehouse.IntegrationTests.Postgres;

/// <summary>Where a home can lie: deep, with odd letters, below a folder that only root may enter.</summary>
public sealed class PlacesTests
{
    private const UnixFileMode EveryoneEnters = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    [TestCase("with blanks and 中文/it's, \"quoted\"")]
    [TestCase("a-folder-with-a-rather-long-name/another-folder-with-a-rather-long-name/and-one-more-folder-with-a-long-name")]
    public async Task OpenAsync_PathUnfitForASocket_ServesAllTheSame(string below)
    {
        using var home = new TemporaryHome(below);
        var server = await home.OpenAsync();
        var host = new NpgsqlConnectionStringBuilder(server.ConnectionString(PrivatePostgres.Owner, "postgres")).Host;
        Assert.That(host, Does.StartWith("/tmp/etl-warehouse-"));
        Assert.That(File.GetUnixFileMode(host!), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        Assert.That(await WhoAmIAsync(server), Is.EqualTo("etl"));

        await server.DisposeAsync();
        Assert.That(host, Does.Not.Exist);
    }

    [Test]
    public async Task OpenAsync_RootBelowAClosedFolder_RunsAsAnotherUserWithOneCapability()
    {
        RequireRoot();
        using var home = TemporaryHome.Prepared();   // a temporary folder has mode 700
        await using var server = await home.OpenAsync();

        var status = await File.ReadAllLinesAsync($"/proc/{server.ProcessId}/status");
        Assert.That(await WhoAmIAsync(server), Is.EqualTo("etl"));
        Assert.That(status.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1], Is.Not.EqualTo("0"));
        // Bit 2 is dac_read_search, bit 1 its fallback dac_override.
        Assert.That(Capabilities(status), Is.EqualTo(4).Or.EqualTo(2));
    }

    [Test]
    public async Task OpenAsync_RootBelowAnOpenFolder_NeedsNoCapability()
    {
        RequireRoot();
        using var home = TemporaryHome.Prepared();
        File.SetUnixFileMode(home.Path, EveryoneEnters);
        await using var server = await home.OpenAsync();
        Assert.That(Capabilities(await File.ReadAllLinesAsync($"/proc/{server.ProcessId}/status")), Is.Zero);
    }

    private static void RequireRoot()
    {
        TestServer.RequirePrograms();
        if (!Environment.IsPrivilegedProcess)
            Assert.Ignore("needs root: only root runs the server as another user");
    }

    private static int Capabilities(string[] status) =>
        Convert.ToInt32(status.Single(line => line.StartsWith("CapEff:", StringComparison.Ordinal)).Split('\t')[1], 16);

    private static async Task<object?> WhoAmIAsync(PrivatePostgres server)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString(PrivatePostgres.Owner, "postgres"));
        await using var command = source.CreateCommand("select current_user::text");
        return await command.ExecuteScalarAsync();
    }
}
