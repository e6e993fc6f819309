using EtlWarehouse.App.Postgres;
using EtlWarehouse.IntegrationTests.Databases;

namespace EtlWarehouse.IntegrationTests.Migrations;

public sealed class SchemaPictureTests
{
    // pg_dump of another major version prints the same schema in other words.
    private const int DrawnWith = 15;

    [Test]
    public async Task SchemaFile_AfterAllMigrations_IsUpToDate()
    {
        TestServer.RequirePrograms();
        if (PostgresBinaries.Installed()[0].Major != DrawnWith)
            Assert.Ignore($"sql/schema.sql is compared with PostgreSQL {DrawnWith} only, found {PostgresBinaries.Installed()[0].Major}");

        await using var database = await TestDatabase.CreateAsync();
        var drawn = await SchemaPicture.DrawAsync(TestServer.Postgres.ConnectionString(PrivatePostgres.Owner, database.Name), default);
        var file = await File.ReadAllTextAsync(SchemaPicture.FileIn(Path.Combine(TestServer.Root, "sql")));
        Assert.That(file, Is.EqualTo(drawn), "run ./etl schema and review the change of sql/schema.sql");
    }
}
