using Npgsql;

namespace EtlWarehouse.App.Commands;

/// <summary>Says in one line what went wrong.</summary>
internal static class ErrorLine
{
    public static string Of(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: [var only] } => Of(only),
        PostgresException refused => OneLine($"PostgreSQL: {refused.MessageText} ({refused.SqlState})" + (refused.Hint is { } hint ? $"; {hint}" : string.Empty)),
        // Npgsql's own message says "Exception while ..."; the cause is what helps.
        NpgsqlException { InnerException: { } cause } => OneLine($"PostgreSQL: {failure.Message}: {cause.Message}"),
        _ => OneLine(failure.Message),
    };

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
