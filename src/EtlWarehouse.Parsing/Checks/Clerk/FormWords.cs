using System.Globalization;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Checks.Clerk;

/// <summary>Names rows, columns and cells of a form as a clerk sees them on paper.</summary>
internal sealed class FormWords
{
    private readonly Dictionary<string, FormCell> cells;
    private readonly Dictionary<string, (FormTable Table, FormRow Row)> rows;

    public FormWords(FormDefinition form)
    {
        Form = form;
        cells = form.Cells.Concat(form.OptionalCells).ToDictionary(cell => cell.Code);
        rows = form.Tables
            .SelectMany(table => table.Rows.Concat(table.OptionalRows.Select(optional => optional.Row)).Select(row => (table, row)))
            .ToDictionary(pair => pair.row.Code, pair => (pair.table, pair.row));
    }

    public FormDefinition Form { get; }

    public FormCell Cell(string code) => cells[code];

    public bool IsRow(string code) => rows.ContainsKey(code);

    /// <summary>E.g. <c>表三</c>, by the ordinal of the section.</summary>
    public string Table(string section) => "表" + Form.Sections.First(candidate => candidate.Code == section).Ordinal;

    public string TableOfRow(string row) => Table(rows[row].Table.Section);

    /// <summary>The row's label with its ordinal, e.g. <c>一、本年新收政府信息公开申请数量</c>.</summary>
    public string RowLabel(string row) => rows[row].Row.Labels[0];

    /// <summary>E.g. <c>表三“三（五）2.重复申请”行</c>.</summary>
    public string RowPlace(string row) => $"{TableOfRow(row)}“{RowName(row)}”行";

    /// <summary>The ordinals of a row and its groups, e.g. <c>三（七）</c>; its label where it has none.</summary>
    public string ShortRow(string row)
    {
        var (table, formRow) = rows[row];
        var labels = formRow.Groups.Select(code => table.Groups.First(group => group.Code == code).Labels[0]).Append(formRow.Labels[0]).ToList();
        var ordinals = labels.ConvertAll(label => FoldedLabel.Of(label).Ordinal);
        return ordinals[^1].Length > 0
            ? string.Concat(ordinals).Replace('(', '（').Replace(')', '）')
            : string.Join('·', labels.Where((_, index) => ordinals[index].Length == 0));
    }

    public string Column(string cell) => cells[cell].ColumnLabel.Split('（')[0];

    /// <summary>E.g. <c>三（七）总计 · 自然人</c>.</summary>
    public string CellName(string code) => $"{RowName(cells[code].Row)} · {Column(code)}";

    /// <summary>The groups' ordinals in front of the row's own label, e.g. <c>三（五）2.重复申请</c>; it stands in quotation marks.</summary>
    public string RowName(string row)
    {
        var (path, label) = (ShortRow(row), RowLabel(row).Split('（')[0] is { Length: > 0 } plain ? plain : RowLabel(row));
        var hasOrdinal = FoldedLabel.Of(label).Ordinal is { Length: > 0 } ordinal && (label[0] is '（' || label.StartsWith(ordinal, StringComparison.Ordinal));
        return (hasOrdinal ? path[..^FoldedLabel.Of(label).Ordinal.Length] + label : path).Replace('“', '‘').Replace('”', '’');
    }

    /// <summary>Whether the cell's column adds up the others.</summary>
    public bool IsTotal(string code) => cells[code].Column == "total";

    public static string Number(decimal value) => value.ToString("0.####################", CultureInfo.InvariantCulture);
}
