using EtlWarehouse.App.Postgres;

namespace EtlWarehouse.Tests.App.Postgres;

public sealed class ServerConfigurationTests
{
    private const long Gigabyte = 1L << 30;

    [TestCase(1, "shared_buffers = '256MB'", "work_mem = '4MB'", "maintenance_work_mem = '64MB'")]
    [TestCase(8, "shared_buffers = '2048MB'", "work_mem = '34MB'", "maintenance_work_mem = '512MB'")]
    [TestCase(256, "shared_buffers = '4096MB'", "work_mem = '64MB'", "maintenance_work_mem = '1024MB'")]   // capped
    public void Write_Memory_SetsWhatFits(int gigabytes, params string[] expected)
    {
        var lines = ServerConfiguration.Write(54320, "/run/etl", gigabytes * Gigabyte, 4).Split('\n');
        foreach (var line in expected)
            Assert.That(lines, Does.Contain(line));
    }

    [Test]
    public void Write_SocketFolder_IsQuotedForTheListAndTheFile() =>
        Assert.That(ServerConfiguration.Write(54320, "/my run", Gigabyte, 1), Does.Contain("unix_socket_directories = '\"/my run\"'\n"));

    [Test]
    public void Write_Always_ListensOnLoopbackOnlyAndEndsWithTheOperatorsFile()
    {
        var text = ServerConfiguration.Write(54320, "/run/etl", Gigabyte, 1);
        Assert.That(text, Does.Contain("listen_addresses = '127.0.0.1'\n").And.EndsWith("include_if_exists 'local.conf'\n"));
    }
}
