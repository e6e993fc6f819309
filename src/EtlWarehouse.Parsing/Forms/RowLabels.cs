using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>One row of the form that can be looked for: a labelled row, or the single row of a one-row table.</summary>
/// <param name="Width">Number of values printed in it.</param>
internal sealed record SoughtRow(FormTable Table, FormRow? Row, int Width, IReadOnlyList<FoldedLabel> Labels)
{
    public string Name => Row?.Code ?? Table.Code;

    public static IReadOnlyList<SoughtRow> Of(FormDefinition form)
    {
        var rows = new List<SoughtRow>();
        foreach (var table in form.Tables)
        {
            if (table.IsOneRow)
                rows.Add(new SoughtRow(table, null, table.Rows.Count * table.Columns.Count, []));
            else
                rows.AddRange(table.Rows.Select(row => new SoughtRow(table, row, table.Columns.Count, [.. row.Labels.Select(FoldedLabel.Of)])));
        }

        return rows;
    }

    /// <summary>Codes of the row's cells in the order in which they are printed.</summary>
    public IReadOnlyList<string> CellCodes() => Row is null
        ? [.. Table.Rows.SelectMany(row => Table.Columns.Select(column => $"{row.Code}/{column.Code}"))]
        : [.. Table.Columns.Select(column => $"{Row.Code}/{column.Code}")];
}

/// <summary>How well a candidate's words fit a row of the form.</summary>
/// <param name="Score">0 (not at all) to 1.</param>
/// <param name="LabelIndex">Which cell holds the label; -1 where cells have no borders.</param>
/// <param name="Repair">What had to be overlooked, e.g. <c>label.variant</c>; null for the official wording.</param>
internal readonly record struct LabelFit(double Score, int LabelIndex, string? Repair)
{
    public static readonly LabelFit None = new(0, -1, null);
}

/// <summary>Compares the words of row candidates with the labels of the form.</summary>
internal static class RowLabels
{
    /// <summary>Below this two labels are different labels: the most alike pair of the form's own labels reaches 0.64.</summary>
    private const double EnoughAlike = 0.72;

    private const double EnoughInOrder = 0.8;

    public static LabelFit Fit(RowCandidate candidate, SoughtRow row, IReadOnlyList<FoldedLabel> cellLabels)
    {
        if (row.Row is null)
            return FitHeader(candidate, row);
        return candidate.HasCellBorders ? FitCells(candidate, row, cellLabels) : FitWords(candidate, row);
    }

    private static LabelFit FitCells(RowCandidate candidate, SoughtRow row, IReadOnlyList<FoldedLabel> cellLabels)
    {
        var best = LabelFit.None;
        for (var index = 0; index < candidate.Cells.Count - 1; index++)
        {
            if (cellLabels[index].IsEmpty)
                continue;
            for (var variant = 0; variant < row.Labels.Count; variant++)
            {
                var fit = FitLabel(cellLabels[index], row.Labels[variant], variant > 0, index);
                if (fit.Score > best.Score)
                    best = fit;
            }
        }

        return best;
    }

    private static LabelFit FitLabel(FoldedLabel printed, FoldedLabel label, bool isVariant, int index)
    {
        var ordinal = printed.Ordinal.Length > 0 && printed.Ordinal == label.Ordinal ? 0.005 : 0;
        if (printed.Text == label.Text)
            return new LabelFit(0.99 + ordinal, index, isVariant ? "label.variant" : null);
        if (printed.Core == label.Core)
            return new LabelFit(0.97 + ordinal, index, "label.variant");

        // One cell that holds the group's label and the row's.
        if (label.Core.Length >= 4 && printed.Text.EndsWith(label.Core, StringComparison.Ordinal))
            return new LabelFit(0.9, index, "label.joined");

        // A typo in a short word may be another word: 规章 is two characters long.
        if (label.Core.Length < 4 || printed.Core.Length < 3)
            return LabelFit.None;
        var similarity = Math.Max(
            TextDistance.Similarity(printed.Text, label.Text), TextDistance.Similarity(printed.Core, label.Core));
        return similarity >= EnoughAlike ? new LabelFit(0.9 * similarity, index, "label.variant") : LabelFit.None;
    }

    private static LabelFit FitWords(RowCandidate candidate, SoughtRow row)
    {
        var best = LabelFit.None;
        for (var variant = 0; variant < row.Labels.Count; variant++)
        {
            var fit = FitWords(candidate, row.Labels[variant], variant > 0);
            if (fit.Score > best.Score)
                best = fit;
        }

        return best;
    }

    private static LabelFit FitWords(RowCandidate candidate, FoldedLabel label, bool isVariant)
    {
        var repair = isVariant ? "label.variant" : null;
        var sameLine = WithoutOrdinal(candidate.SameLine);
        if (sameLine == label.Text || sameLine == label.Core)
            return new LabelFit(0.99, -1, repair);
        if (candidate.Before.EndsWith(label.Text, StringComparison.Ordinal))
            return new LabelFit(0.97, -1, repair);
        if (label.Core.Length < 4)
        {
            return candidate.Before.EndsWith(label.Core, StringComparison.Ordinal) ? new LabelFit(0.95, -1, repair) : LabelFit.None;
        }

        if (candidate.Before.EndsWith(label.Core, StringComparison.Ordinal))
            return new LabelFit(0.96, -1, "label.variant");

        // A label that wraps around its numbers, or letters of a vertical label between its own: its characters still
        // come in their order.
        var before = Tail(candidate.Before, label.Text.Length + 12);
        var after = candidate.After[..Math.Min(candidate.After.Length, label.Text.Length + 4)];
        var inOrder = (double)TextDistance.CommonSubsequence(label.Text, before + after) / label.Text.Length;
        if (inOrder < EnoughInOrder)
            return LabelFit.None;

        // The label must have begun before its numbers.
        var begun = (double)TextDistance.CommonSubsequence(label.Text, before) / label.Text.Length;
        return begun < 0.25 ? LabelFit.None : new LabelFit(0.85 * inOrder, -1, "label.wrapped");
    }

    private static LabelFit FitHeader(RowCandidate candidate, SoughtRow row)
    {
        var words = candidate.HasCellBorders ? candidate.Before : candidate.Before + candidate.SameLine;
        var found = row.Table.Columns.Count(column => column.Labels.Any(label => IsInOrder(FoldedLabel.Of(label).Text, words)));
        var share = (double)found / row.Table.Columns.Count;
        return share >= 0.6 ? new LabelFit(0.9 * share, -1, null) : LabelFit.None;
    }

    private static bool IsInOrder(string label, string words) =>
        words.Contains(label, StringComparison.Ordinal) || TextDistance.CommonSubsequence(label, words) == label.Length;

    private static string WithoutOrdinal(string bare)
    {
        // Punctuation is gone here: "1属于国家秘密", "一本年新收", "三结转".
        var index = 0;
        while (index < bare.Length && (char.IsAsciiDigit(bare[index]) || "一二三四五六七八九十".Contains(bare[index], StringComparison.Ordinal)))
            index++;
        return index is > 0 and <= 2 && index < bare.Length ? bare[index..] : bare;
    }

    private static string Tail(string text, int length) => text.Length <= length ? text : text[^length..];
}
