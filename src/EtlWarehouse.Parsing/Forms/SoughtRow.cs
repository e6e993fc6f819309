using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>One row of the form that can be looked for: a labelled row, or the single row of a one-row table.</summary>
/// <param name="Width">Number of values printed in it.</param>
/// <param name="Columns">For each column of the table its labels.</param>
internal sealed record SoughtRow(
    FormTable Table, FormRow? Row, int Width, IReadOnlyList<FoldedLabel> Labels, IReadOnlyList<IReadOnlyList<FoldedLabel>> Columns)
{
    public string Name => Row?.Code ?? Table.Code;

    /// <summary>Codes of the rows it may be printed in place of; empty for a regular row.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];

    /// <summary>Regular and optional rows in the form's order.</summary>
    public static IReadOnlyList<SoughtRow> Of(FormDefinition form)
    {
        var rows = new List<SoughtRow>();
        foreach (var table in form.Tables)
        {
            IReadOnlyList<IReadOnlyList<FoldedLabel>> columns = [.. table.Columns.Select(column => (IReadOnlyList<FoldedLabel>)[.. column.Labels.Select(FoldedLabel.Of)])];
            if (table.IsOneRow)
            {
                rows.Add(new SoughtRow(table, null, table.Rows.Count * table.Columns.Count, [], columns));
                continue;
            }

            var regular = table.Rows.Select(row => new SoughtRow(table, row, table.Columns.Count, [.. row.Labels.Select(FoldedLabel.Of)], columns)).ToList();
            foreach (var optional in table.OptionalRows.Reverse())
            {
                regular.Insert(optional.Place, new SoughtRow(table, optional.Row, table.Columns.Count, [.. optional.Row.Labels.Select(FoldedLabel.Of)], columns)
                {
                    Replaces = optional.Replaces,
                });
            }

            rows.AddRange(regular);
        }

        return rows;
    }

    private readonly string[] codes = Row is null
        ? [.. Table.Rows.SelectMany(row => Table.Columns.Select(column => $"{row.Code}/{column.Code}"))]
        : [.. Table.Columns.Select(column => $"{Row.Code}/{column.Code}")];

    /// <summary>Codes of the row's cells in the order in which they are printed.</summary>
    public IReadOnlyList<string> CellCodes() => codes;
}

/// <summary>How well a candidate's words fit a row of the form.</summary>
/// <param name="Score">0 (not at all) to 1.</param>
/// <param name="LabelIndex">Which cell holds the label; -1 where cells have no borders.</param>
/// <param name="Repair">What had to be overlooked, e.g. <c>label.variant</c>; null for the official wording.</param>
internal readonly record struct LabelFit(double Score, int LabelIndex, string? Repair)
{
    public static readonly LabelFit None = new(0, -1, null);
}
