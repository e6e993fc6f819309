using EtlWarehouse.Parsing;

namespace EtlWarehouse.Loading.Staging;

/// <summary>The names that states have in the database and in JSON.</summary>
internal static class StateText
{
    public static string Of(CellState state) => state switch
    {
        CellState.Reported => "reported",
        CellState.Blank => "blank",
        CellState.NotApplicable => "not_applicable",
        CellState.Unreadable => "unreadable",
        CellState.Missing => "missing",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "expected a state of a cell"),
    };

    public static string Of(CheckStatus status) => status switch
    {
        CheckStatus.Pass => "pass",
        CheckStatus.Fail => "fail",
        CheckStatus.NotAssessable => "not_assessable",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "expected a result of a check"),
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Info => "info",
        Severity.Warning => "warning",
        Severity.Error => "error",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "expected a severity"),
    };
}
