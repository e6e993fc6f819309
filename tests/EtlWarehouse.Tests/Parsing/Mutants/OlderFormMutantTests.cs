using System.Globalization;
using System.Text;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.Tests.Parsing.Forms;

namespace EtlWarehouse.Tests.Parsing.Mutants;

/// <summary>The same damages on the forms before 2021: a number that is published is the number that was printed in that cell.</summary>
public sealed class OlderFormMutantTests
{
    private const int EachLayout = 12;

    private static IEnumerable<TestCaseData> Cases() =>
        from form in ReferenceReports.Reference.Forms
        where form.ToYear is not null
        from mutation in Mutation.All(form)
        // What needs a row of several numbers, or a group of form 2021.
        where form.Code == "2019" || mutation.Name is not ("value lost" or "empty cell put in" or "number put in" or "digits split" or "values joined" or "values swapped for blanks" or "row lost" or "table header twice")
        select new TestCaseData(form, mutation).SetArgDisplayNames(form.Code, mutation.Name);

    [TestCaseSource(nameof(Cases))]
    public void Read_DamagedReport_PublishesNoWrongNumber(object formCase, object mutationCase)
    {
        var (form, mutation) = ((FormDefinition)formCase, (Mutation)mutationCase);
        var wrong = new List<string>();
        var (mutants, read, cells) = (0, 0, 0);
        foreach (var layout in RenderedForm.Layouts)
        {
            for (var seed = 0; seed < EachLayout; seed++)
            {
                var random = new Random((seed * 7919) + 13);
                var values = Values(form, random);
                var text = new RenderedForm(form, Print(form, values), random).Render(layout);
                if (mutation.Apply(text, layout, random) is not { } mutant)
                    continue;
                mutants++;
                if (ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(mutant), "mutant")).Report is not { } report)
                    continue;
                var reported = report.Cells.Where(cell => cell.State == CellState.Reported).ToList();
                wrong.AddRange(reported.Where(cell => report.Identity.Form != form.Code || cell.Value != values[cell.Code]).Select(cell =>
                    string.Create(CultureInfo.InvariantCulture, $"{layout} seed {seed}: form {report.Identity.Form} {cell.Code}: printed {values.GetValueOrDefault(cell.Code)}, published {cell.Value} '{cell.Raw}' at {cell.Locator} {cell.Repair}")));
                read += reported.Count;
                cells += form.Cells.Count;
            }
        }

        TestContext.Out.WriteLine($"{form.Code} {mutation.Name}: {mutants} mutants, {100.0 * read / Math.Max(1, cells):0.0} % of cells read, {wrong.Count} wrong");
        Assert.That(mutants, Is.GreaterThan(0));
        Assert.That(wrong.Take(6), Is.Empty);
    }

    /// <summary>Values that satisfy the equations, about half of them not zero.</summary>
    private static Dictionary<string, decimal> Values(FormDefinition form, Random random)
    {
        var values = form.Cells.ToDictionary(cell => cell.Code, cell =>
            (decimal)(random.Next(2) == 0 ? 0 : random.Next(1, 900)) * (cell.Kind == CellKind.Change && random.Next(3) == 0 ? -1 : 1));
        // The last equations first: their sums are parts of the others.
        foreach (var check in form.Checks.Where(check => !check.Id.StartsWith("req.balance", StringComparison.Ordinal)).OrderByDescending(check => check.Id is "s14.denied").ThenByDescending(check => check.Id.Length))
            values[check.Right[0]] = check.Left.Sum(code => values[code]);
        return values;
    }

    private static Dictionary<string, string> Print(FormDefinition form, Dictionary<string, decimal> values) =>
        form.Cells.ToDictionary(cell => cell.Code, cell => values[cell.Code].ToString(CultureInfo.InvariantCulture) + (cell.NeedsPrintedUnit ? "元" : ""));
}
