using EtlWarehouse.App.Catalog;
using EtlWarehouse.App.Commands.Sql;

namespace EtlWarehouse.App.Exports;

/// <summary>What a column's values are, by the names that Table Schema has for them.</summary>
internal enum ExportKind
{
    Text,
    Integer,
    Number,
    Truth,
    Date,
    Moment,
    List,
}

/// <param name="IsExact">Whether numbers may have more digits than a spreadsheet's.</param>
internal sealed record ExportColumn(string Name, ExportKind Kind, bool IsExact, BilingualComment Comment)
{
    public static ExportColumn Of(CatalogColumn column)
    {
        var kind = column.Type switch
        {
            "smallint" or "integer" or "bigint" => ExportKind.Integer,
            "numeric" or "double precision" or "real" => ExportKind.Number,
            "boolean" => ExportKind.Truth,
            "date" => ExportKind.Date,
            "timestamp with time zone" => ExportKind.Moment,
            var type when type.EndsWith("[]", StringComparison.Ordinal) => ExportKind.List,
            _ => ExportKind.Text,
        };
        BilingualComment.TryRead(column.Comment, out var comment);
        return new ExportColumn(column.Name, kind, column.Type is "numeric" or "bigint", comment);
    }

    /// <summary>The column as PostgreSQL is to print it: times in UTC, lists as JSON.</summary>
    public string Expression => Kind switch
    {
        ExportKind.Moment => $"to_char(\"{Name}\" at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as \"{Name}\"",
        ExportKind.List => $"to_json(\"{Name}\") as \"{Name}\"",
        _ => $"\"{Name}\"",
    };

    /// <summary>So that the same rows come in the same order from every server.</summary>
    public string Order => Kind == ExportKind.Text ? $"\"{Name}\"::text collate \"C\"" : $"\"{Name}\"";

    public ResultColumn AsResult => new(Name, Kind switch
    {
        ExportKind.Integer or ExportKind.Number => ResultKind.Number,
        ExportKind.Truth => ResultKind.Truth,
        ExportKind.List => ResultKind.Json,
        _ => ResultKind.Text,
    });
}
