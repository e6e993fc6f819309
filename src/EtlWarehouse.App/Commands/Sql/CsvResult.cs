using System.Buffers;

namespace EtlWarehouse.App.Commands.Sql;

/// <summary>RFC 4180 with a header line. A null is nothing, an empty text is a pair of quotes.</summary>
internal static class CsvResult
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static async Task WriteAsync(TextWriter output, IReadOnlyList<ResultColumn> columns, IAsyncEnumerable<string?[]> rows, CancellationToken ct)
    {
        await output.WriteAsync(Line(columns.Select(column => column.Name)));
        await foreach (var row in rows.WithCancellation(ct))
            await output.WriteAsync(Line(row));
    }

    internal static string Line(IEnumerable<string?> fields) => string.Join(',', fields.Select(Field)) + "\r\n";

    private static string Field(string? text) => text switch
    {
        null => string.Empty,
        "" => "\"\"",
        _ when text.AsSpan().ContainsAny(Quoted) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        _ => text,
    };
}
