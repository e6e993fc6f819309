using System.Buffers;
using EtlWarehouse.Loading.Migrations;
using Npgsql;

namespace EtlWarehouse.App.Commands.Sql;

/// <summary>PostgreSQL refused a statement of the user's.</summary>
internal sealed class QueryException(string message, PostgresException cause) : Exception(message, cause)
{
    private static readonly SearchValues<char> WordEnd = SearchValues.Create(" \t\r\n,;()");

    /// <param name="text">All that the user gave.</param>
    /// <param name="offset">Where the refused statement begins in it.</param>
    public static QueryException Of(PostgresException refused, string text, int offset)
    {
        var message = $"{refused.MessageText} ({refused.SqlState})";
        if (refused.Position > 0)
        {
            offset = Math.Min(text.Length, offset + refused.Position - 1);
            var (line, column) = SqlStatement.PlaceOf(text, offset);
            message += $" at line {line}, column {column}: '{WordAt(text.AsSpan(offset))}'";
        }
        if (refused.Hint is { } hint)
            message += $"; {hint}";
        return new QueryException(message, refused);
    }

    private static ReadOnlySpan<char> WordAt(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny(WordEnd);
        return end < 0 ? rest : rest[..Math.Max(end, 1)];
    }
}
