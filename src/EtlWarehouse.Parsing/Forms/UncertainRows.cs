namespace EtlWarehouse.Parsing.Forms;

/// <summary>Rows of one name, of which only one was found and nothing tells which.</summary>
internal static class UncertainRows
{
    /// <summary>A found row is certain if its namesake was found too, or any row that stands between the two.</summary>
    /// <param name="sought">All rows of the form, in its order.</param>
    public static IReadOnlySet<SoughtRow> Among(IReadOnlyList<SoughtRow> sought, IReadOnlyList<AlignedRow> found)
    {
        var inOrder = found.Where(row => !row.IsOutOfOrder).Select(row => row.Row).ToHashSet<SoughtRow>(ReferenceEqualityComparer.Instance);
        var all = found.Select(row => row.Row).ToHashSet<SoughtRow>(ReferenceEqualityComparer.Instance);
        var uncertain = new HashSet<SoughtRow>(ReferenceEqualityComparer.Instance);
        for (var first = 0; first < sought.Count; first++)
        {
            for (var second = first + 1; second < sought.Count; second++)
            {
                if (!AreNamesakes(sought[first], sought[second]) || all.Contains(sought[first]) == all.Contains(sought[second]))
                    continue;
                if (!Enumerable.Range(first + 1, second - first - 1).Any(between => inOrder.Contains(sought[between])))
                    uncertain.Add(all.Contains(sought[first]) ? sought[first] : sought[second]);
            }
        }

        return uncertain;
    }

    private static bool AreNamesakes(SoughtRow first, SoughtRow second) =>
        first.Row is not null && second.Row is not null && first.Table == second.Table && first.Labels[0].Text == second.Labels[0].Text;
}
