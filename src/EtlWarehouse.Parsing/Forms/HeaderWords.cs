using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>What is printed above the values of a row: units, and the columns of another form.</summary>
internal sealed partial class HeaderWords
{
    private readonly Dictionary<FormTable, List<string>> rowsOfOthers = [];
    private readonly Dictionary<FormTable, List<string>> ownColumns = [];
    private readonly Dictionary<FormTable, List<string>> otherColumns = [];

    public HeaderWords(FormDefinition form, IReadOnlyList<FormDefinition> forms)
    {
        var theirs = Names(forms.Where(other => other.Code != form.Code).SelectMany(other => other.Tables).SelectMany(table => table.Columns).SelectMany(column => column.Labels));
        foreach (var table in form.Tables)
        {
            rowsOfOthers[table] = Names(form.Tables.Where(other => other != table).SelectMany(other => other.Rows).SelectMany(row => row.Labels));
            ownColumns[table] = Names(table.Columns.SelectMany(column => column.Labels));
            var known = Names(form.Tables.SelectMany(other => other.Columns).SelectMany(column => column.Labels)).ToHashSet();
            otherColumns[table] = [.. theirs.Where(label => !known.Contains(label))];
        }
    }

    /// <summary>Whether the text is the name of a column of this table (true) or of another form (false); null for anything else.</summary>
    public bool? IsOwnColumn(FormTable table, FoldedLabel label)
    {
        if (label.IsEmpty)
            return null;
        if (Is(ownColumns[table]))
            return true;
        return Is(otherColumns[table]) ? false : null;

        bool Is(List<string> names) => names.Contains(label.Core) || names.Contains(label.Text);
    }

    /// <summary>The name of another form's column that was printed last above the row; null where none is or one of its own came after it.</summary>
    public string? OtherFormsColumn(AlignedRow row)
    {
        var words = Above(row);
        var (name, end) = Last(otherColumns[row.Row.Table], words);
        return end > 0 && end > Last(ownColumns[row.Row.Table], words).End ? name : null;
    }

    /// <summary>Whether the header above a row of fields names the columns in another order than the form's.</summary>
    public bool IsReordered(AlignedRow row)
    {
        if (!row.Candidate.HasCellBorders)
            return false;
        var words = Above(row);
        // Short names count between the first column and the last: 总计 is often printed before the columns it adds up.
        var columns = row.Row.Table.Columns;
        var places = columns.Select((column, index) => Last(index > 0 && index < columns.Count - 1 ? [.. column.Labels.Select(label => FoldedLabel.Of(label).Core)] : Names(column.Labels), words).End)
            .Where(end => end > 0).ToList();
        return !places.SequenceEqual(places.Order());
    }

    /// <summary>The unit that an amount's row label or the header over it states, e.g. <c>万元</c>; null where it states none.</summary>
    public string? Unit(FormCell cell, AlignedRow row)
    {
        if (cell.Kind != CellKind.Amount)
            return null;
        var name = row.Fit.LabelIndex >= 0 ? row.Candidate.Cells[row.Fit.LabelIndex].Label.Text : row.Candidate.SameLine;
        if (UnitAtEnd().Match(name) is { Success: true } inName)
            return inName.Groups["u"].Value;

        var words = Above(row);
        var column = row.Row.Table.Columns.First(column => column.Code == cell.Column);
        foreach (var label in Names(column.Labels))
        {
            var at = words.LastIndexOf(label, StringComparison.Ordinal);
            if (at >= 0 && UnitOfLabel().Match(words, at + label.Length) is { Success: true } behind)
                return behind.Groups["u"].Value;
        }

        var matches = StatedUnit().Matches(words);
        return matches.Count == 0 ? row.Candidate.CaptionUnit : matches[^1].Groups["u"].Value;
    }

    /// <summary>The words since the last row of another table.</summary>
    private string Above(AlignedRow row)
    {
        var words = row.Candidate.Before.Replace(" ", "", StringComparison.Ordinal);
        return words[Last(rowsOfOthers[row.Row.Table], words).End..];
    }

    private static (string? Name, int End) Last(List<string> names, string words)
    {
        var last = ((string?)null, 0);
        foreach (var name in names)
        {
            var at = words.LastIndexOf(name, StringComparison.Ordinal);
            if (at >= 0 && at + name.Length > last.Item2)
                last = (name, at + name.Length);
        }

        return last;
    }

    // 规章 and 其他 are parts of other words.
    private static List<string> Names(IEnumerable<string> labels) =>
        [.. labels.Select(label => FoldedLabel.Of(label).Core).Where(name => name.Length >= 4).Distinct()];

    [GeneratedRegex("(?<u>亿元|万元|元)$")]
    private static partial Regex UnitAtEnd();

    [GeneratedRegex(@"\G(?:单位)?(?<u>亿元|万元|元)")]
    private static partial Regex UnitOfLabel();

    [GeneratedRegex("单位(?<u>亿元|万元|元)")]
    private static partial Regex StatedUnit();
}
