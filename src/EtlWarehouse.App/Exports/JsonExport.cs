using System.Text;
using EtlWarehouse.App.Commands.Sql;

namespace EtlWarehouse.App.Exports;

/// <summary>One array of objects in UTF-8, an object a line, as <c>etl sql --format json</c> prints it.</summary>
internal static class JsonExport
{
    public static async Task WriteAsync(Stream file, IReadOnlyList<ExportColumn> columns, IAsyncEnumerable<string?[]> rows, CancellationToken ct)
    {
        await using var output = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true);
        await JsonResult.WriteAsync(output, [.. columns.Select(column => column.AsResult)], rows, ct);
    }
}
