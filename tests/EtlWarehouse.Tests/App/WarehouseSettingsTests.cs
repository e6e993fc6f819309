using EtlWarehouse.App;

namespace EtlWarehouse.Tests.App;

public sealed class WarehouseSettingsTests
{
    [Test]
    public void FromEnvironment_NothingSet_FindsTheRepositoryAndKeepsItsHomeInIt()
    {
        var settings = WarehouseSettings.FromEnvironment(_ => null);
        Assert.Multiple(() =>
        {
            Assert.That(Path.Combine(settings.Root, "EtlWarehouse.sln"), Does.Exist);
            Assert.That(settings.Home, Is.EqualTo(Path.Combine(settings.Root, ".etl")));
            Assert.That(settings.ConnectionString, Is.Null);
            Assert.That(settings.Port, Is.Null);
        });
    }

    [Test]
    public void FromEnvironment_AllSet_TakesThem()
    {
        var settings = Read(("ETL_ROOT", "/srv/etl"), ("ETL_HOME", "/var/lib/etl/../etl2"), ("ETL_DATABASE", "Host=db"), ("ETL_PG_PORT", "5999"));
        Assert.Multiple(() =>
        {
            Assert.That(settings.SqlFolder, Is.EqualTo("/srv/etl/sql"));
            Assert.That(settings.ArchiveFolder, Is.EqualTo("/var/lib/etl2/archive"));
            Assert.That(settings.ConnectionString, Is.EqualTo("Host=db"));
            Assert.That(settings.Port, Is.EqualTo(5999));
        });
    }

    [Test]
    public void FromEnvironment_EmptyValue_CountsAsUnset() =>
        Assert.That(Read(("ETL_ROOT", "/srv/etl"), ("ETL_DATABASE", "")).ConnectionString, Is.Null);

    [TestCase("0")]
    [TestCase("65536")]
    [TestCase("54x")]
    public void FromEnvironment_NoPort_SaysExpectedAndFound(string port) =>
        Assert.That(() => Read(("ETL_ROOT", "/srv/etl"), ("ETL_PG_PORT", port)),
            Throws.TypeOf<FormatException>().With.Message.EqualTo($"ETL_PG_PORT: expected a port from 1 to 65535, found '{port}'"));

    private static WarehouseSettings Read(params (string Name, string Value)[] variables) =>
        WarehouseSettings.FromEnvironment(name => Array.Find(variables, each => each.Name == name).Value);
}
