using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.GoldSet.Composition;

/// <summary>Invents values of any form that satisfy all its equations, more than half of them not zero.</summary>
public static class SoundValues
{
    /// <returns>By cell code, in the form's units, optional cells too.</returns>
    public static Dictionary<string, decimal> Make(FormDefinition form, Random random)
    {
        var values = form.Cells.ToDictionary(cell => cell.Code, cell => Value(cell, random));
        foreach (var balance in form.Checks.Where(check => check.Family == "req.balance" && !check.Id.EndsWith(".total", StringComparison.Ordinal)))
        {
            // New and carried over on the left, handled and carried forward on the right.
            var handled = form.Checks.Single(check => check.Family == "req.result_total" && check.Right[0] == balance.Right[0]);
            values[balance.Right[0]] = handled.Left.Sum(code => values[code]);
            var open = balance.Right.Sum(code => values[code]);
            values[balance.Left[1]] = Math.Min(values[balance.Left[1]], open);
            values[balance.Left[0]] = open - values[balance.Left[1]];
        }

        // A sum may be a part of another one.
        var sums = form.Checks.Where(check => check.Right.Count == 1 && check.Family != "req.result_total").ToList();
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var sum in sums)
                values[sum.Right[0]] = sum.Left.Sum(code => values[code]);
        }

        foreach (var cell in form.OptionalCells)
            values[cell.Code] = cell.Replaces.Sum(code => values[code]);
        return values;
    }

    private static decimal Value(FormCell cell, Random random)
    {
        if (random.Next(100) < 35)
            return 0;
        var digits = cell.Section == "requests" ? (cell.Column == "natural_person" ? 4 : 3) : cell.Section == "remedies" ? 3 : 5;
        decimal value = random.Next(1, (int)Math.Pow(10, random.Next(1, digits + 1)));
        return cell.Kind switch
        {
            CellKind.Amount when cell.NeedsPrintedUnit => value * 100,
            CellKind.Amount => value + (random.Next(10_000) / 10_000m),
            CellKind.Change => value * (random.Next(3) == 0 ? -1 : 1),
            _ => value,
        };
    }
}
