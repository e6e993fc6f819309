using System.Text;
using EtlWarehouse.App.Commands.Sql;

namespace EtlWarehouse.App.Exports;

/// <summary>
/// RFC 4180 in UTF-8 with a byte order mark, without which Chinese Excel reads it as GBK. A null is an empty field, an empty text a pair
/// of quotes, a list a JSON array; texts that a spreadsheet would take for a formula get an apostrophe in front.
/// </summary>
internal static class CsvExport
{
    /// <returns>How many texts got the apostrophe.</returns>
    public static async Task<long> WriteAsync(Stream file, IReadOnlyList<ExportColumn> columns, IAsyncEnumerable<string?[]> rows, CancellationToken ct)
    {
        var guarded = 0L;
        await using var output = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16, leaveOpen: true);
        await output.WriteAsync(CsvResult.Line(columns.Select(column => column.Name)));
        await foreach (var row in rows.WithCancellation(ct))
            await output.WriteAsync(CsvResult.Line(columns.Zip(row, Field)));
        return guarded;

        string? Field(ExportColumn column, string? text)
        {
            if (text is null)
                return null;
            if (column.Kind == ExportKind.Truth)
                return text == "t" ? "true" : "false";
            // A negative number is no text.
            if (column.Kind != ExportKind.Text || !FormulaGuard.IsNeeded(text))
                return text;
            guarded++;
            return FormulaGuard.Mark + text;
        }
    }
}
