using EtlWarehouse.App.Postgres;

namespace EtlWarehouse.Tests.App.Postgres;

public sealed class SocketPathTests
{
    [TestCase("/home/li/etl/.etl/postgres")]
    [TestCase("/home/li/my etl/.etl/postgres")]
    public void FolderFor_ShortPlainPath_StaysBelowTheHome(string folder) =>
        Assert.That(SocketPath.FolderFor(folder), Is.EqualTo(folder + "/run"));

    [TestCase("/数据/etl/postgres")]      // not plain in a connection string
    [TestCase("/srv/a,b/postgres")]       // Npgsql and psql would read two hosts
    [TestCase("/srv/it's/postgres")]
    public void FolderFor_OddPath_GoesToTmp(string folder) =>
        Assert.That(SocketPath.FolderFor(folder), Does.Match("^/tmp/etl-warehouse-[0-9a-f]{16}$"));

    [Test]
    public void FolderFor_EveryLength_FitsTheKernelsLimit()
    {
        for (var length = 60; length < 120; length++)
        {
            var folder = "/" + new string('a', length - 1);
            Assert.That(SocketPath.In(SocketPath.FolderFor(folder), 65535) + ".lock", Has.Length.LessThanOrEqualTo(107), folder);
        }
    }

    [Test]
    public void FolderFor_TwoLongPaths_DoNotShareAFolder() =>
        Assert.That(SocketPath.FolderFor("/" + new string('a', 200)), Is.Not.EqualTo(SocketPath.FolderFor("/" + new string('b', 200))));
}
