using EtlWarehouse.App.Postgres;

namespace EtlWarehouse.Tests.App.Postgres;

public sealed class PostgresBinariesTests
{
    private static readonly PostgresBinaries Fifteen = new("/15/bin", 15);
    private static readonly PostgresBinaries Sixteen = new("/16/bin", 16);

    [Test]
    public void Installed_SeveralFolders_GivesWholeServersNewestFirst()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])["9/bin/postgres", "9/bin/initdb", "15/bin/postgres", "15/bin/initdb", "16/bin/psql", "common/bin/postgres"])
            folder.Write(file, string.Empty);

        Assert.That(PostgresBinaries.Installed([(folder.Path, "")]).Select(each => each.Major), Is.EqualTo(new[] { 15, 9 }));
    }

    [Test]
    public void Choose_NoData_TakesTheNewest() =>
        Assert.That(PostgresBinaries.Choose([Sixteen, Fifteen], null, "/data"), Is.EqualTo(Sixteen));

    [Test]
    public void Choose_DataOfAnOlderMajor_TakesThatMajor() =>
        Assert.That(PostgresBinaries.Choose([Sixteen, Fifteen], 15, "/data"), Is.EqualTo(Fifteen));

    [Test]
    public void Choose_DataOfAMajorThatIsGone_NamesBoth() =>
        Assert.That(() => PostgresBinaries.Choose([Sixteen, Fifteen], 14, "/data"),
            Throws.TypeOf<PostgresSetupException>().With.Message.StartsWith("/data: made by PostgreSQL 14, found PostgreSQL 16, 15; install postgresql-14"));

    [TestCase(null, "install the Debian package postgresql,")]
    [TestCase(15, "install the Debian package postgresql-15,")]
    public void Choose_NothingInstalled_NamesThePackage(int? dataMajor, string advice) =>
        Assert.That(() => PostgresBinaries.Choose([], dataMajor, "/data"),
            Throws.TypeOf<PostgresSetupException>().With.Message.Contains(advice));
}
