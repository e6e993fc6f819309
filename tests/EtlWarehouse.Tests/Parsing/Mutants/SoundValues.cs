using System.Globalization;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Tests.Parsing.Mutants;

/// <summary>Made-up values of a form 2021 that satisfy all its equations, about half of them not zero.</summary>
internal static class SoundValues
{
    public static Dictionary<string, decimal> Make(FormDefinition form, Random random)
    {
        var values = form.Cells.ToDictionary(cell => cell.Code, _ => 0m);
        foreach (var cell in form.Cells.Where(cell => cell.Section == "disclosure"))
            values[cell.Code] = Number(random, 5);
        values["disclosure.fees/amount"] += random.Next(10000) / 10000m;

        var columns = form.Tables.Single(table => table.Code == "s3.requests").Columns.Select(column => column.Code).ToList();
        foreach (var column in columns.SkipLast(1))
            MakeColumn(form, values, column, random);
        foreach (var check in form.Checks.Where(check => check.Family is "req.applicant_total"))
            values[check.Right[0]] = check.Left.Sum(code => values[code]);
        foreach (var check in form.Checks.Where(check => check.Family is "rem.total"))
        {
            foreach (var code in check.Left)
                values[code] = Number(random, 3);
            values[check.Right[0]] = check.Left.Sum(code => values[code]);
        }

        return values;
    }

    public static Dictionary<string, string> Print(IReadOnlyDictionary<string, decimal> values) =>
        values.ToDictionary(cell => cell.Key, cell => cell.Value.ToString("0.####", CultureInfo.InvariantCulture));

    private static void MakeColumn(FormDefinition form, Dictionary<string, decimal> values, string column, Random random)
    {
        var total = form.Checks.Single(check => check.Id == $"req.result_total.{column}");
        foreach (var code in total.Left)
            values[code] = Number(random, column == "natural_person" ? 4 : 2);
        var handled = values[total.Right[0]] = total.Left.Sum(code => values[code]);
        var forward = values[$"requests.carried_forward/{column}"] = Number(random, 2);
        var over = values[$"requests.carried_over/{column}"] = Math.Min(Number(random, 2), handled + forward);
        values[$"requests.new/{column}"] = handled + forward - over;
    }

    private static decimal Number(Random random, int digits) =>
        random.Next(2) == 0 ? 0 : random.Next(1, (int)Math.Pow(10, random.Next(1, digits + 1)));
}
