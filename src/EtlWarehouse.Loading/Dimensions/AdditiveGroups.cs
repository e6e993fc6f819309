using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Loading.Dimensions;

/// <summary>Which cells of a form are sums of others, and which may be added up. The form's own equations say it.</summary>
internal sealed class AdditiveGroups
{
    // From a part to the cell that the form calls its sum. A cell of a table with totals in both directions has two, which lead to one.
    private readonly Dictionary<string, string> totals = new(StringComparer.Ordinal);
    private readonly HashSet<string> sums = new(StringComparer.Ordinal);

    public AdditiveGroups(FormDefinition form)
    {
        // An equation with one cell on the right side is a sum; the balance of the requests has two and is none.
        foreach (var check in form.Checks.Concat(form.OptionalChecks).Where(check => check.Right.Count == 1 && check.Left.Count > 1))
        {
            sums.Add(check.Right[0]);
            foreach (var part in check.Left)
                totals[part] = check.Right[0];
        }
    }

    /// <summary>Whether the form calls the cell the sum of others.</summary>
    public bool IsTotal(string cellCode) => sums.Contains(cellCode);

    /// <summary>Code of the outermost sum the cell goes into; its own code where it goes into none.</summary>
    public string GroupOf(string cellCode)
    {
        var group = cellCode;
        while (totals.TryGetValue(group, out var total))
            group = total;
        return group;
    }
}
