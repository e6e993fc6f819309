using System.Globalization;
using Npgsql;

namespace EtlWarehouse.App.Commands.Sql;

internal enum ResultKind
{
    Text,
    Number,
    Truth,
    Json,
}

/// <summary>A column of a result: its name, unlike all others of the result, and what its texts stand for.</summary>
internal sealed record ResultColumn(string Name, ResultKind Kind)
{
    public static IReadOnlyList<ResultColumn> Of(NpgsqlDataReader reader)
    {
        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName);
        return [.. Unlike(names).Select((name, column) => new ResultColumn(name, KindOf(reader.GetDataTypeOID(column))))];
    }

    /// <summary>A second column <c>count</c> becomes <c>count_2</c>: an object of JSON can hold a name once.</summary>
    internal static IEnumerable<string> Unlike(IEnumerable<string> names)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var free = name;
            for (var number = 2; !taken.Add(free); number++)
                free = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
            yield return free;
        }
    }

    // The numbers of PostgreSQL's built-in types never change (pg_type.dat).
    private static ResultKind KindOf(uint type) => type switch
    {
        20 or 21 or 23 or 26 or 700 or 701 or 1700 => ResultKind.Number,
        16 => ResultKind.Truth,
        114 or 3802 => ResultKind.Json,
        _ => ResultKind.Text,
    };
}
