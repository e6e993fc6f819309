using Spectre.Console;
using Spectre.Console.Rendering;

namespace EtlWarehouse.App.Commands.Sql;

/// <summary>Aligned columns; a Chinese character takes two places.</summary>
internal static class TableResult
{
    public static async Task WriteAsync(TextWriter output, IReadOnlyList<ResultColumn> columns, IReadOnlyList<string?[]> rows)
    {
        var lines = rows.Select(row => row.Select(Shown).ToArray()).ToList();
        var widths = columns.Select((column, index) =>
            lines.Select(line => Width(line[index])).Append(Width(column.Name)).Max()).ToArray();

        await output.WriteLineAsync(Line(columns.Select((column, index) => Padded(column.Name, widths[index], isRight: false)), " | "));
        await output.WriteLineAsync(Line(widths.Select(width => new string('-', width)), "-+-"));
        foreach (var line in lines)
            await output.WriteLineAsync(Line(line.Select((text, index) => Padded(text, widths[index], columns[index].Kind == ResultKind.Number)), " | "));
    }

    public static Table ForTerminal(IReadOnlyList<ResultColumn> columns, IEnumerable<string?[]> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Name, new Style(decoration: Decoration.Bold)))
            {
                Alignment = column.Kind == ResultKind.Number ? Justify.Right : Justify.Left,
            });
        }
        foreach (var row in rows)
            table.AddRow(row.Select(text => new Text(Shown(text))));
        return table;
    }

    private static string Line(IEnumerable<string> fields, string separator) => string.Join(separator, fields).TrimEnd();

    private static string Padded(string text, int width, bool isRight)
    {
        var blanks = new string(' ', width - Width(text));
        return isRight ? blanks + text : text + blanks;
    }

    private static int Width(string text) => new Segment(text).CellCount();

    /// <summary>A row stays one line.</summary>
    private static string Shown(string? text) => (text ?? string.Empty)
        .Replace("\r", string.Empty, StringComparison.Ordinal).Replace('\n', '↵').Replace('\t', ' ');
}
