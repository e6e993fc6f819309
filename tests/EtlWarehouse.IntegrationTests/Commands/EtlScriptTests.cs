namespace EtlWarehouse.IntegrationTests.Commands;

public sealed class EtlScriptTests
{
    [TestCase]
    [TestCase("--help")]
    public async Task Help_AnyFolder_ListsTheCommands(params string[] arguments)
    {
        var outcome = await EtlScript.RunAsync("/nonexistent", arguments);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.Error);
        foreach (var command in (string[])["sql", "schema", "test", "bench"])
            Assert.That(outcome.Output, Does.Match($@"(?m)^  {command}\b"));
    }

    [TestCase("etl: expected a command or option, found 'sqll'; see etl --help\n", "sqll")]
    [TestCase("etl: --format: expected table, csv or json, found 'xml'; see etl sql --help\n", "sql", "select 1", "--format", "xml")]
    public async Task UnknownWord_Anywhere_IsOneLine(string expected, params string[] arguments)
    {
        var outcome = await EtlScript.RunAsync("/nonexistent", arguments);
        Assert.That((outcome.ExitCode, outcome.Output, outcome.Error), Is.EqualTo((1, string.Empty, expected)));
    }
}
