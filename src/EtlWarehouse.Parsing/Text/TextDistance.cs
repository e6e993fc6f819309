namespace EtlWarehouse.Parsing.Text;

/// <summary>How alike two short texts are.</summary>
public static class TextDistance
{
    /// <summary>1 for equal texts, 0 for texts without anything in common: one minus edit distance over the longer length.</summary>
    /// <param name="least">What is less alike than this need not be known exactly: it gives 0.</param>
    public static double Similarity(ReadOnlySpan<char> left, ReadOnlySpan<char> right, double least = 0)
    {
        if (left.SequenceEqual(right))
            return 1;
        var longer = Math.Max(left.Length, right.Length);
        // No text is more alike than the lengths allow; nearly all pairs end here.
        if (Math.Min(left.Length, right.Length) < least * longer)
            return 0;
        var edits = Edits(left, right, least);
        return edits < 0 ? 0 : 1 - ((double)edits / longer);
    }

    /// <summary>Levenshtein distance: insertions, deletions and substitutions of one character.</summary>
    public static int Edits(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => Edits(left, right, least: 0);

    /// <returns>-1 once the texts cannot be as alike as <paramref name="least"/> any more.</returns>
    private static int Edits(ReadOnlySpan<char> left, ReadOnlySpan<char> right, double least)
    {
        var longer = Math.Max(left.Length, right.Length);
        Span<int> row = right.Length < 256 ? stackalloc int[right.Length + 1] : new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
            row[column] = column;
        for (var line = 1; line <= left.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            var fewest = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var substituted = diagonal + (left[line - 1] == right[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(substituted, Math.Min(row[column], row[column - 1]) + 1);
                fewest = Math.Min(fewest, row[column]);
            }

            // No later line has fewer.
            if (1 - ((double)fewest / longer) < least)
                return -1;
        }

        return row[right.Length];
    }

    /// <summary>Length of the longest common subsequence: characters of both texts in the same order.</summary>
    public static int CommonSubsequence(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        Span<int> row = right.Length < 256 ? stackalloc int[right.Length + 1] : new int[right.Length + 1];
        row.Clear();
        foreach (var character in left)
        {
            var diagonal = 0;
            for (var column = 1; column <= right.Length; column++)
            {
                var above = row[column];
                row[column] = character == right[column - 1] ? diagonal + 1 : Math.Max(above, row[column - 1]);
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
