using EtlWarehouse.Loading.Migrations;

namespace EtlWarehouse.Tests.Loading.Migrations;

public sealed class MigrationFilesTests
{
    [Test]
    public async Task ReadAsync_Files_AreInOrderOfTheirNumbers()
    {
        using var sql = new TemporaryFolder();
        sql.Write("migrations/0010_b.sql", "select 1;");
        sql.Write("migrations/0002_a.sql", "select 2;\r\n");
        sql.Write("migrations/notes.md", "not SQL");

        var migrations = await MigrationFiles.ReadAsync(sql.Path, default);

        Assert.That(migrations.Select(each => (each.Version, each.Script.File, each.Script.Text)),
            Is.EqualTo(new[] { (2, "migrations/0002_a.sql", "select 2;\n"), (10, "migrations/0010_b.sql", "select 1;") }));
    }

    [TestCase("12_short.sql")]
    [TestCase("0003-dashes.sql")]
    [TestCase("0003_Upper.sql")]
    public void ReadAsync_OddName_IsRefused(string name)
    {
        using var sql = new TemporaryFolder();
        sql.Write($"migrations/{name}", "select 1;");
        Assert.That(async () => await MigrationFiles.ReadAsync(sql.Path, default),
            Throws.TypeOf<MigrationException>().With.Message.StartsWith($"migrations/{name}: expected a name such as"));
    }

    [Test]
    public void ReadAsync_SharedNumber_NamesBothFiles()
    {
        using var sql = new TemporaryFolder();
        sql.Write("migrations/0003_a.sql", "select 1;");
        sql.Write("migrations/0003_b.sql", "select 1;");
        Assert.That(async () => await MigrationFiles.ReadAsync(sql.Path, default),
            Throws.TypeOf<MigrationException>().With.Message.EqualTo("migrations/0003_b.sql: expected a number of its own, found that of migrations/0003_a.sql"));
    }
}
