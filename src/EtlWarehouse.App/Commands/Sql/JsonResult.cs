using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EtlWarehouse.App.Commands.Sql;

/// <summary>One array of objects, an object a line. Numbers keep every digit that PostgreSQL prints.</summary>
internal static class JsonResult
{
    // The text goes to a terminal or a file, never into a page: Chinese stays readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(TextWriter output, IReadOnlyList<ResultColumn> columns, IAsyncEnumerable<string?[]> rows, CancellationToken ct)
    {
        var separator = "[\n";
        await foreach (var row in rows.WithCancellation(ct))
        {
            await output.WriteAsync(separator);
            await output.WriteAsync(Object(columns, row));
            separator = ",\n";
        }
        await output.WriteAsync(separator == "[\n" ? "[]\n" : "\n]\n");
    }

    internal static string Object(IReadOnlyList<ResultColumn> columns, IReadOnlyList<string?> row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            foreach (var (column, text) in columns.Zip(row))
            {
                writer.WritePropertyName(column.Name);
                WriteValue(writer, column.Kind, text);
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteValue(Utf8JsonWriter writer, ResultKind kind, string? text)
    {
        switch (kind)
        {
            case var _ when text is null:
                writer.WriteNullValue();
                break;
            // NaN and Infinity are no numbers in JSON.
            case ResultKind.Number when char.IsAsciiDigit(text[^1]):
                writer.WriteRawValue(text);
                break;
            case ResultKind.Truth:
                writer.WriteBooleanValue(text == "t");
                break;
            case ResultKind.Json:
                writer.WriteRawValue(text);
                break;
            default:
                writer.WriteStringValue(text);
                break;
        }
    }
}
