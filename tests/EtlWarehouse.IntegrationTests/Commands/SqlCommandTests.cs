using System.Diagnostics;
using EtlWarehouse.IntegrationTests.Postgres;

namespace EtlWarehouse.IntegrationTests.Commands;

public sealed class SqlCommandTests
{
    private TemporaryHome home = null!;

    [OneTimeSetUp]
    public void Create() => home = TemporaryHome.Prepared();

    [OneTimeTearDown]
    public void Remove() => home?.Dispose();

    [TestCase("csv", "name,amount\r\n\"司,法\",1.50\r\n")]
    [TestCase("json", "[\n{\"name\":\"司,法\",\"amount\":1.50}\n]\n")]
    [TestCase("table", "name  | amount\n------+-------\n司,法 |   1.50\n(1 row)\n")]
    public async Task Query_Format_IsPrinted(string format, string expected)
    {
        var outcome = await EtlScript.RunAsync(home.Path, "sql", "select '司,法' as name, 1.50 as amount", "--format", format);
        Assert.That(outcome.Output, Is.EqualTo(expected), outcome.Error);
        Assert.That(outcome.ExitCode, Is.Zero);
        Assert.That(home.PostmasterFile, Does.Not.Exist, "the command must stop the server it started");
    }

    [TestCase("select 1;\nselect x from nowhere", "relation \"nowhere\" does not exist (42P01) at line 2, column 15: 'nowhere'")]
    [TestCase("create table mine (id int)", "cannot execute CREATE TABLE in a read-only transaction (25006)")]
    [TestCase("set default_transaction_read_only = off; create table dw.mine (id int)", "permission denied for schema dw (42501) at line 1, column 55: 'dw.mine'")]
    [TestCase("select * from ops.schema_migration", "permission denied for schema ops (42501) at line 1, column 15: 'ops.schema_migration'")]
    public async Task Query_Refused_IsOneLine(string query, string expected)
    {
        var outcome = await EtlScript.RunAsync(home.Path, "sql", query);
        Assert.That(outcome.Error, Does.EndWith($"etl: {expected}\n"));
        Assert.That(outcome.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task File_Statements_PrintsEachResult()
    {
        home.Write("query.sql", "-- two results\nselect 1 as a;\nset timezone = 'Asia/Shanghai';\nselect timestamptz '2024-01-01 00:00Z' as b;\n");
        var outcome = await EtlScript.RunAsync(home.Path, "sql", "-f", Path.Combine(home.Path, "query.sql"), "--format", "csv");
        Assert.That(outcome.Output, Is.EqualTo("a\r\n1\r\nb\r\n2024-01-01 08:00:00+08\r\n"), outcome.Error);
    }

    [Test]
    public async Task Interrupt_RunningQuery_EndsItAndStopsTheServer()
    {
        using var command = await StartSleepingAsync();
        using (var kill = Process.Start("sh", ["-c", $"kill -INT {command.Id}"]))
            await kill.WaitForExitAsync();
        await command.WaitForExitAsync();
        Assert.That(command.ExitCode, Is.EqualTo(130));
        Assert.That(home.PostmasterFile, Does.Not.Exist);
    }

    [Test]
    public async Task Kill_RunningQuery_LeavesAServerThatTheNextCommandUsesAndStops()
    {
        using var command = await StartSleepingAsync();
        command.Kill();
        await command.WaitForExitAsync();
        var orphan = (await File.ReadAllLinesAsync(home.PostmasterFile))[0];

        await using (var server = await home.OpenAsync())
            Assert.That($"{server.ProcessId}", Is.EqualTo(orphan));
        Assert.That(home.PostmasterFile, Does.Not.Exist);
    }

    /// <summary>Starts a query that sleeps, and waits until it has begun to.</summary>
    private async Task<Process> StartSleepingAsync()
    {
        // The first result is printed before the second statement begins.
        var command = EtlScript.Start(home.Path, "sql", "select 'begun'; select pg_sleep(600)", "--format", "csv");
        string? line;
        do
            line = await command.StandardOutput.ReadLineAsync();
        while (line is not null and not "begun");
        Assert.That(line, Is.EqualTo("begun"));
        return command;
    }
}
