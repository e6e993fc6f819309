using EtlWarehouse.App.Commands.Sql;
using Spectre.Console;

namespace EtlWarehouse.App.Commands;

/// <summary>Prints a table for people: with borders on a terminal, aligned text elsewhere.</summary>
internal static class ConsoleTable
{
    /// <param name="columns">A name that ends with <c>#</c> marks a column of numbers; the mark is not printed.</param>
    public static async Task PrintAsync(string title, IReadOnlyList<string> columns, IReadOnlyList<string?[]> rows)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        ResultColumn[] named = [.. columns.Select(column => new ResultColumn(
            column.TrimEnd('#'), column.EndsWith('#') ? ResultKind.Number : ResultKind.Text))];
        if (Console.IsOutputRedirected)
            await TableResult.WriteAsync(Console.Out, named, rows);
        else
            AnsiConsole.Write(TableResult.ForTerminal(named, rows));
    }
}
