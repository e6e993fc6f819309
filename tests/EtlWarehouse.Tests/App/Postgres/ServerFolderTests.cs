using EtlWarehouse.App.Postgres;

namespace EtlWarehouse.Tests.App.Postgres;

public sealed class ServerFolderTests
{
    [TestCase("15\n", 15)]
    [TestCase("16", 16)]
    public void DataMajor_DataDirectory_GivesItsVersion(string file, int major)
    {
        using var home = new TemporaryFolder();
        home.Write("postgres/data/PG_VERSION", file);
        Assert.That(new ServerFolder(home.Path).DataMajor(), Is.EqualTo(major));
    }

    [Test]
    public void DataMajor_NothingThere_GivesNull()
    {
        using var home = new TemporaryFolder();
        Assert.That(new ServerFolder(home.Path).DataMajor(), Is.Null);
    }

    [TestCase("postgres/data/PG_VERSION", "nine", "expected a major version, found 'nine'")]
    [TestCase("postgres/data/letter.txt", "", "found letter.txt and no PG_VERSION; move the folder away, or set ETL_HOME")]
    [TestCase("postgres/data", "", "found a file; move it away, or set ETL_HOME")]
    public void DataMajor_PlaceTaken_SaysWhatIsThere(string file, string text, string expected)
    {
        using var home = new TemporaryFolder();
        home.Write(file, text);
        Assert.That(() => new ServerFolder(home.Path).DataMajor(), Throws.TypeOf<PostgresSetupException>().With.Message.EndsWith(expected));
    }

    [Test]
    public void EnsurePasswords_CalledTwice_KeepsThemAndHidesTheFile()
    {
        using var home = new TemporaryFolder();
        var folder = new ServerFolder(home.Path);
        Directory.CreateDirectory(folder.Path);

        folder.EnsurePasswords(["etl", "analyst"]);
        var first = folder.Password("analyst");
        folder.EnsurePasswords(["etl", "analyst"]);

        Assert.Multiple(() =>
        {
            Assert.That(folder.Password("analyst"), Is.EqualTo(first).And.Length.EqualTo(32));
            Assert.That(folder.Password("etl"), Is.Not.EqualTo(first));
            Assert.That(File.GetUnixFileMode(Path.Combine(folder.Path, "passwords")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(() => folder.Password("nobody"), Throws.TypeOf<PostgresSetupException>());
        });
    }

    [Test]
    public void RememberedPort_AfterRememberPort_IsThatPort()
    {
        using var home = new TemporaryFolder();
        var folder = new ServerFolder(home.Path);
        Directory.CreateDirectory(folder.Path);
        Assert.That(folder.RememberedPort(), Is.Null);

        folder.RememberPort(54321);
        Assert.That(folder.RememberedPort(), Is.EqualTo(54321));
    }
}
