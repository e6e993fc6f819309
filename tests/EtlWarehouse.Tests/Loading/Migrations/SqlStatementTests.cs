using EtlWarehouse.Loading.Migrations;

namespace EtlWarehouse.Tests.Loading.Migrations;

public sealed class SqlStatementTests
{
    [TestCase("select 1", "select 1")]
    [TestCase("select 1;\nselect 2;\n", "select 1", "select 2")]
    [TestCase("-- a;b\nselect 1; /* ; /* ; */ ; */ select 2", "select 1", "select 2")]
    [TestCase("select ';', 'it''s;'; select 2", "select ';', 'it''s;'", "select 2")]
    [TestCase("select E'\\';'; select 2", "select E'\\';'", "select 2")]
    [TestCase("select date'2024-01-01'; select '\\'; select 3", "select date'2024-01-01'", "select '\\'", "select 3")]   // no escapes without E
    [TestCase("select \"a;b\"; select 2", "select \"a;b\"", "select 2")]
    [TestCase("do $$ begin a; end $$; select 2", "do $$ begin a; end $$", "select 2")]
    [TestCase("do $x$ $$;$$ ; $x$; select 2", "do $x$ $$;$$ ; $x$", "select 2")]
    [TestCase("select a$b; select $1; select c$b", "select a$b", "select $1", "select c$b")]                         // no quotes
    [TestCase("create rule r as on insert to t do (delete from a; delete from b); select 2", "create rule r as on insert to t do (delete from a; delete from b)", "select 2")]
    [TestCase(";;\n-- only a comment\n;")]
    [TestCase("")]
    [TestCase("select 'open", "select 'open")]
    [TestCase("do $$ open", "do $$ open")]
    [TestCase("select /* open", "select /* open")]
    public void Split_Text_GivesStatements(string sql, params string[] expected) =>
        Assert.That(SqlStatement.Split(sql).Select(each => each.Text), Is.EqualTo(expected));

    [Test]
    public void Split_Statement_KnowsWhereItBegins()
    {
        const string Sql = "-- first\nselect 1;\n\n-- second\n  select 二;\n";
        Assert.That(SqlStatement.Split(Sql).Select(each => SqlStatement.PlaceOf(Sql, each.Offset)), Is.EqualTo(new[] { (2, 1), (5, 3) }));
    }

    [TestCase(0, 1, 1)]
    [TestCase(2, 1, 3)]
    [TestCase(3, 2, 1)]
    [TestCase(99, 2, 3)]   // past the end is the end
    public void PlaceOf_Offset_CountsFromOne(int offset, int line, int column) =>
        Assert.That(SqlStatement.PlaceOf("ab\ncd", offset), Is.EqualTo((line, column)));
}
