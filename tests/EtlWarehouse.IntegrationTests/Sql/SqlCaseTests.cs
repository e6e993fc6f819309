using EtlWarehouse.IntegrationTests.Databases;

namespace EtlWarehouse.IntegrationTests.Sql;

public sealed class SqlCaseTests
{
    private static readonly string SqlFolder = Path.Combine(TestServer.Root, "sql");

    private TestDatabase? database;

    [OneTimeSetUp]
    public async Task Create() => database = await TestDatabase.CreateAsync();

    [OneTimeTearDown]
    public async Task Drop()
    {
        if (database is not null)
            await database.DisposeAsync();
    }

    private static IEnumerable<TestCaseData> Cases() =>
        SqlCase.All(SqlFolder).Select(each => new TestCaseData(each).SetArgDisplayNames(each.ObjectName, each.Name));

    [TestCaseSource(nameof(Cases))]
    public async Task Object_WithTheCasesInputs_HoldsTheExpectedRows(object each) => await ((SqlCase)each).RunAsync(database!.Owner, SqlFolder);

    [Test]
    public void Transforms_All_HaveACase()
    {
        var covered = SqlCase.All(SqlFolder).Select(each => each.ObjectName).ToHashSet();
        var transforms = Directory.EnumerateFiles(SqlFolder, "transform.sql", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(SqlFolder, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.'));
        Assert.That(transforms.Where(name => !covered.Contains(name)), Is.Empty);
    }
}
