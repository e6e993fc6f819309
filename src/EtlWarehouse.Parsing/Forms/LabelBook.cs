using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>Compares the words of row candidates with the labels of the form.</summary>
internal sealed class LabelBook
{
    /// <summary>Below this two labels are different labels: the most alike pair of the form's own labels reaches 0.64.</summary>
    private const double EnoughAlike = 0.72;

    private const double EnoughInOrder = 0.8;

    /// <summary>Shorter labels stand at the end of others.</summary>
    private const int LongLabel = 8;

    private const string Wrapped = "label.wrapped";

    private readonly IReadOnlyList<SoughtRow> rows;

    // Rows by what they are called, and an empty list for what only groups or columns are called.
    private readonly Dictionary<string, List<int>> byName = [];

    // Rows whose label other rows' labels end in, with those.
    private readonly List<(int Row, List<int> Longer)> longerLabels = [];

    public LabelBook(IReadOnlyList<SoughtRow> rows)
    {
        this.rows = rows;
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var label in rows[row].Labels)
            {
                Name(label.Text, row);
                Name(label.Core, row);
            }

            foreach (var label in rows[row].Columns.SelectMany(labels => labels))
            {
                byName.TryAdd(label.Text, []);
                byName.TryAdd(label.Core, []);
            }
        }

        for (var row = 0; row < rows.Count; row++)
        {
            var longer = Enumerable.Range(0, rows.Count).Where(other => rows[other].Row is not null && EndsIn(rows[other], rows[row])).ToList();
            if (longer.Count > 0)
                longerLabels.Add((row, longer));
        }

        foreach (var label in rows.Select(row => row.Table).Distinct().SelectMany(table => table.Groups).SelectMany(group => group.Labels))
            byName.TryAdd(FoldedLabel.Of(label).Text, []);
    }

    private static bool EndsIn(SoughtRow longer, SoughtRow shorter) => longer.Labels.Any(label => shorter.Labels.Any(end =>
        end.Core.Length >= 4 && label.Core.Length > end.Core.Length && label.Core.EndsWith(end.Core, StringComparison.Ordinal)));

    /// <summary>The rows whose labels it knows, in the form's order.</summary>
    public IReadOnlyList<SoughtRow> Rows => rows;

    /// <summary>Rows that the candidate's words fit at all, by their place in the form.</summary>
    public IEnumerable<(int Row, LabelFit Fit)> Fits(RowCandidate candidate)
    {
        var best = candidate.HasCellBorders ? FitCells(candidate) : [.. rows.Select(row => row.Row is null ? LabelFit.None : FitWords(candidate, row))];
        if (!candidate.HasCellBorders)
        {
            // The end of a longer label that is there is no label of its own.
            foreach (var (row, longer) in longerLabels)
            {
                if (longer.Any(other => best[other].Score > 0 && Begins(candidate, rows[other], rows[row])))
                    best[row] = LabelFit.None;
            }
        }

        // What ends in the whole label of one row is no other row's label in pieces.
        var isWhole = !candidate.HasCellBorders && Enumerable.Range(0, rows.Count).Any(row => best[row].Score > 0 && rows[row].Labels.Any(label => IsWhole(candidate, label)));
        for (var row = 0; row < rows.Count; row++)
        {
            var fit = rows[row].Row is null ? FitHeader(candidate, rows[row]) : best[row];
            if (fit.Score > 0 && !(isWhole && fit.Repair == Wrapped))
                yield return (row, fit);
        }
    }

    /// <summary>Whether more of the longer label stands before the numbers than the shorter one has.</summary>
    private static bool Begins(RowCandidate candidate, SoughtRow longer, SoughtRow shorter) =>
        longer.Labels.Any(label => TextDistance.CommonSubsequence(label.Text, Tail(candidate.OwnWords ?? candidate.Before, label.Text.Length + 12))
            > shorter.Labels.Max(own => own.Core.Length) + 2);

    private void Name(string label, int row)
    {
        if (!byName.TryGetValue(label, out var named))
            byName[label] = named = [];
        if (!named.Contains(row))
            named.Add(row);
    }

    private LabelFit[] FitCells(RowCandidate candidate)
    {
        var best = new LabelFit[rows.Count];
        for (var index = 0; index < candidate.Cells.Count - 1; index++)
        {
            var printed = candidate.Cells[index].Label;
            if (printed.IsEmpty)
                continue;
            // What something is called exactly so is no misspelling of anything else.
            var isKnown = byName.TryGetValue(printed.Text, out var named) || byName.TryGetValue(printed.Core, out named);
            foreach (var row in isKnown ? named! : Enumerable.Range(0, rows.Count))
            {
                for (var variant = 0; variant < rows[row].Labels.Count; variant++)
                {
                    var fit = FitLabel(printed, rows[row].Labels[variant], variant > 0, index);
                    if (fit.Score > best[row].Score)
                        best[row] = fit;
                }
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
            TextDistance.Similarity(printed.Text, label.Text, EnoughAlike), TextDistance.Similarity(printed.Core, label.Core, EnoughAlike));
        return similarity >= EnoughAlike ? new LabelFit(0.9 * similarity, index, "label.variant") : LabelFit.None;
    }

    /// <summary>Whether the words around the numbers hold the row's label, be it in pieces or behind them.</summary>
    public static bool IsAround(RowCandidate candidate, SoughtRow row) => row.Labels.Any(label =>
        TextDistance.CommonSubsequence(label.Text, Tail(candidate.OwnWords ?? candidate.Before, label.Text.Length + 12)
            + candidate.After[..Math.Min(candidate.After.Length, label.Text.Length + 4)]) >= EnoughInOrder * label.Text.Length);

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
        var words = candidate.OwnWords ?? candidate.Before;
        if (words.EndsWith(label.Text, StringComparison.Ordinal))
            return new LabelFit(0.97, -1, repair);
        if (label.Core.Length < 4)
        {
            return words.EndsWith(label.Core, StringComparison.Ordinal) ? new LabelFit(0.95, -1, repair) : LabelFit.None;
        }

        if (words.EndsWith(label.Core, StringComparison.Ordinal))
            return new LabelFit(0.96, -1, "label.variant");
        if (candidate.OwnWords is not null && WithoutOrdinal(words + candidate.After) is var whole && (whole == label.Text || whole == label.Core))
            return new LabelFit(0.96, -1, "label.wrapped");

        // A label that wraps around its numbers, or letters of a vertical label between its own: its characters still
        // come in their order.
        var before = Tail(words, label.Text.Length + 12);
        var after = candidate.After[..Math.Min(candidate.After.Length, label.Text.Length + 4)];
        var inOrder = (double)TextDistance.CommonSubsequence(label.Text, before + after) / label.Text.Length;
        if (inOrder < EnoughInOrder)
            return LabelFit.None;

        // The label must have begun before its numbers: a quarter of it, or a few characters of a long one.
        var begun = TextDistance.CommonSubsequence(label.Text, before);
        return begun < Math.Min(5, label.Text.Length / 4.0) ? LabelFit.None : new LabelFit(0.85 * inOrder, -1, Wrapped);
    }

    /// <summary>Whether the whole label stands on the numbers' line or ends right before them: they are then no other row's whose label is in pieces.</summary>
    private static bool IsWhole(RowCandidate candidate, FoldedLabel label) =>
        (label.Core.Length >= 4 && WithoutOrdinal(candidate.SameLine) is var line && (line == label.Text || line == label.Core))
        || (label.Core.Length >= LongLabel && (candidate.OwnWords ?? candidate.Before).EndsWith(label.Core, StringComparison.Ordinal));

    private static LabelFit FitHeader(RowCandidate candidate, SoughtRow row)
    {
        if (candidate.Cells.Count < row.Width)
            return LabelFit.None;
        var words = candidate.HasCellBorders ? candidate.Before : candidate.Before + candidate.SameLine;
        var found = row.Columns.Count(labels => labels.Any(label => IsInOrder(label.Text, words)));
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
