using EtlWarehouse.App.Commands;
using Npgsql;

namespace EtlWarehouse.Tests.App.Commands;

public sealed class ErrorLineTests
{
    [Test]
    public void Of_SeveralLines_GivesOne() =>
        Assert.That(ErrorLine.Of(new InvalidOperationException("first\r\n\tsecond\n")), Is.EqualTo("first second"));

    [Test]
    public void Of_ServersError_GivesMessageCodeAndHint() =>
        Assert.That(ErrorLine.Of(new PostgresException("role \"x\" does not exist", "ERROR", "ERROR", "42704", hint: "create it")),
            Is.EqualTo("PostgreSQL: role \"x\" does not exist (42704); create it"));

    [Test]
    public void Of_BrokenConnection_GivesTheCause() =>
        Assert.That(ErrorLine.Of(new NpgsqlException("Exception while reading from stream", new EndOfStreamException("the server went away"))),
            Is.EqualTo("PostgreSQL: Exception while reading from stream: the server went away"));

    [Test]
    public void Of_OneWrapped_GivesTheInner() =>
        Assert.That(ErrorLine.Of(new AggregateException(new InvalidOperationException("inner"))), Is.EqualTo("inner"));
}
