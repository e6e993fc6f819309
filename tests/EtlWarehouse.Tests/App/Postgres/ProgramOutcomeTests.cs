using EtlWarehouse.App.Postgres;

namespace EtlWarehouse.Tests.App.Postgres;

public sealed class ProgramOutcomeTests
{
    [TestCase("2026-01-01 UTC [7] LOG:  x\n2026-01-01 UTC [7] FATAL:  no space\n2026-01-01 UTC [7] LOG:  shut down\n", "FATAL:  no space")]
    [TestCase("initdb: error: could not access\ninitdb: removing data directory\n", "error: could not access")]
    [TestCase("just this\n", "just this")]
    [TestCase("", null)]
    public void LastComplaint_Log_GivesTheTellingLine(string log, string? expected) =>
        Assert.That(ProgramOutcome.LastComplaint(log), Is.EqualTo(expected));
}
