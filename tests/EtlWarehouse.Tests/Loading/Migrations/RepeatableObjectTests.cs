using EtlWarehouse.Loading.Migrations;

namespace EtlWarehouse.Tests.Loading.Migrations;

public sealed class RepeatableObjectTests
{
    [Test]
    public async Task ReadAsync_References_StandBeforeWhoUsesThem()
    {
        using var sql = new TemporaryFolder();
        sql.Write("mart/a/view.sql", "create view mart.a as select * from mart.z inner join dw.table_only using (k);");
        sql.Write("mart/z/view.sql", "create view mart.z as select * from dw.base;");
        sql.Write("dw/base/view.sql", "create view dw.base as select 1 as k;");
        sql.Write("dw/as_of/function.sql", "create function dw.as_of() returns int language sql as $$ select k from dw.base $$;");
        sql.Write("dw/fact/transform.sql", "insert into dw.fact select 1;");
        Assert.That(await NamesAsync(sql), Is.EqualTo(new[] { "dw.base", "dw.as_of", "mart.z", "mart.a" }));
    }

    [Test]
    public async Task ReadAsync_CommentsAndLiterals_AreNoReferences()
    {
        using var sql = new TemporaryFolder();
        sql.Write("mart/a/view.sql", "-- see mart.b\ncreate view mart.a as select 'mart.b' as x /* mart.b */;");
        sql.Write("mart/b/view.sql", "create view mart.b as select x from mart.a;");
        Assert.That(await NamesAsync(sql), Is.EqualTo(new[] { "mart.a", "mart.b" }));
    }

    [Test]
    public void ReadAsync_Circle_IsNamed()
    {
        using var sql = new TemporaryFolder();
        sql.Write("mart/a/view.sql", "create view mart.a as select * from mart.b;");
        sql.Write("mart/b/view.sql", "create view mart.b as select * from mart.c;");
        sql.Write("mart/c/view.sql", "create view mart.c as select * from mart.b;");
        Assert.That(async () => await NamesAsync(sql), Throws.TypeOf<MigrationException>()
            .With.Message.EqualTo("mart/b/view.sql: expected no circle, found mart.b -> mart.c -> mart.b"));
    }

    private static async Task<IEnumerable<string>> NamesAsync(TemporaryFolder sql) =>
        (await RepeatableObject.ReadAsync(sql.Path, default)).Select(each => each.Name);
}
