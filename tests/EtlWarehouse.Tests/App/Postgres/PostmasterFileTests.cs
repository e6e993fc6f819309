using EtlWarehouse.App.Postgres;

namespace EtlWarehouse.Tests.App.Postgres;

public sealed class PostmasterFileTests
{
    private const string Ready = "4711\n/srv/data\n1760000000\n54320\n/srv/run\n127.0.0.1\n   54320001     12345\nready   \n";

    [Test]
    public void Read_RunningServer_GivesProcessPortAndSocket() =>
        Assert.That(Read(Ready), Is.EqualTo(new PostmasterFile(4711, 54320, "/srv/run", true)));

    [Test]
    public void Read_StartingServer_IsNotReady() =>
        Assert.That(Read(Ready.Replace("ready   ", "starting", StringComparison.Ordinal))!.IsReady, Is.False);

    [TestCase("")]                            // just created
    [TestCase("4711\n/srv/data\n176000\n")]   // written in part
    public void Read_UnfinishedFile_GivesNull(string text) => Assert.That(Read(text), Is.Null);

    [Test]
    public void Read_NoFile_GivesNull() => Assert.That(PostmasterFile.Read("/nonexistent/postmaster.pid"), Is.Null);

    [Test]
    public void Answers_SocketThatNobodyServes_IsFalse()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".s.PGSQL.54320", string.Empty);
        Assert.That(new PostmasterFile(4711, 54320, folder.Path, true).Answers(), Is.False);
    }

    [Test]
    public void IsPostgres_ProcessOfAnotherProgram_IsFalse() =>
        Assert.That(new PostmasterFile(Environment.ProcessId, 54320, "/srv/run", true).IsPostgres(), Is.False);

    private static PostmasterFile? Read(string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("postmaster.pid", text);
        return PostmasterFile.Read(Path.Combine(folder.Path, "postmaster.pid"));
    }
}
