using System.Globalization;
using System.Text;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.Tests.Parsing.Forms;

namespace EtlWarehouse.Tests.Parsing.Mutants;

/// <summary>Whatever is damaged: a number that is published is the number that was printed in that cell.</summary>
public sealed class MutantTests
{
    private const int EachLayout = 12;

    private static readonly FormDefinition Form = ReferenceReports.Reference.Forms.Single(form => form.Code == "2021");

    private static IEnumerable<string> Names() => Mutation.All(Form).Select(mutation => mutation.Name);

    [TestCaseSource(nameof(Names))]
    public void Read_DamagedReport_PublishesNoWrongNumber(string name)
    {
        var mutation = Mutation.All(Form).Single(candidate => candidate.Name == name);
        var wrong = new List<string>();
        var (mutants, exact, read, cells) = (0, 0, 0, 0);
        foreach (var layout in RenderedForm.Layouts)
        {
            for (var seed = 0; seed < EachLayout; seed++)
            {
                var random = new Random((seed * 7919) + 13);
                var values = SoundValues.Make(Form, random);
                var text = new RenderedForm(Form, SoundValues.Print(values), random).Render(layout);
                if (mutation.Apply(text, layout, random) is not { } mutant)
                    continue;
                mutants++;
                var result = ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(mutant), "mutant"));
                if (result.Report is not { } report)
                    continue;
                var differing = report.Cells.Where(cell => cell.State == CellState.Reported && cell.Value != values[cell.Code]).ToList();
                wrong.AddRange(differing.Select(cell => string.Create(CultureInfo.InvariantCulture,
                    $"{layout} seed {seed}: {cell.Code}: printed {values[cell.Code]}, published {cell.Value} '{cell.Raw}' at {cell.Locator} {cell.Repair}")));
                exact += report.Cells.All(cell => cell.Value == values[cell.Code]) ? 1 : 0;
                read += report.Cells.Count(cell => cell.State == CellState.Reported);
                cells += report.Cells.Count;
            }
        }

        TestContext.Out.WriteLine($"{name}: {mutants} mutants, {exact} exact, {100.0 * read / Math.Max(1, cells):0.0} % of cells read, {wrong.Count} wrong");
        Assert.That(mutants, Is.GreaterThan(0));
        Assert.That(wrong.Take(6), Is.Empty);
    }
}
