using System.Globalization;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Checks;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Documents.Scans;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.Parsing.Tables;
using EtlWarehouse.Tests.Parsing.Mutants;

namespace EtlWarehouse.Tests.Parsing.Checks;

/// <summary>Which recognised numbers are believed.</summary>
public sealed class RecognisedCellsTests
{
    private static readonly FormDefinition Form = ReferenceReports.Reference.Forms.Single(form => form.Code == "2021");

    [Test]
    public void Confirm_SoundReport_PublishesWhatAnEquationHolds()
    {
        var values = Values(1);
        var confirmed = Confirm(values, []);

        var published = confirmed.Where(cell => cell.State == CellState.Reported).Select(cell => cell.Code).ToHashSet();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(confirmed.Where(cell => cell.Value is { } value && value != values[cell.Code]), Is.Empty);
            Assert.That(published, Is.SupersetOf(Form.Cells.Where(cell => cell.Section == "requests").Select(cell => cell.Code)));
            // No equation speaks of section two.
            Assert.That(confirmed.Where(cell => cell.Code.StartsWith("disclosure.", StringComparison.Ordinal)), Has.All.Property("State").EqualTo(CellState.Unreadable));
            Assert.That(confirmed.Select(cell => cell.Repair), Has.All.EqualTo("ocr"));
        }
    }

    // The same misreading in both readings, of a digit into one of the same shape, is the worst that can happen.
    [Test]
    public void Confirm_OneOrTwoCellsMisread_PublishesNoWrongNumber([Range(0, 199)] int seed)
    {
        var random = new Random(seed);
        var values = Values(seed);
        var misread = new Dictionary<string, string>();
        for (var count = 1 + (seed % 2); count > 0; count--)
        {
            var code = Form.Cells[random.Next(Form.Cells.Count)].Code;
            misread[code] = Misread(Print(values[code]), random);
        }

        var confirmed = Confirm(values, misread);

        Assert.That(confirmed.Where(cell => cell.Value is { } value && value != values[cell.Code]).Select(cell => $"{cell.Code} {values[cell.Code]} {cell.Value}"), Is.Empty);
    }

    // A row of its own: whoever takes the 3 for a 5 in one cell does so in the sum.
    [TestCase(3, CellState.Unreadable)]
    [TestCase(8, CellState.Reported)]
    [TestCase(0, CellState.Reported)]
    public void Confirm_SumOfOneNumber_NeedsADigitOfItsOwnShape(int number, CellState expected)
    {
        var values = Form.Cells.ToDictionary(cell => cell.Code, _ => 0m);
        values["review/upheld"] = values["review/total"] = number;

        var confirmed = Confirm(values, []).ToDictionary(cell => cell.Code);

        Assert.That(confirmed["review/upheld"].State, Is.EqualTo(expected));
        Assert.That(confirmed["review/upheld"].Raw, Is.EqualTo(Print(number)));
    }

    [Test]
    public void Confirm_ReadingsDiffer_IsUnreadableWithBoth()
    {
        var values = Values(3);
        var code = Form.Cells.First(cell => cell.Section == "requests" && values[cell.Code] is 2 or 3 or 5 or 7).Code;
        var findings = new List<Finding>();

        var cell = Confirm(values, [], findings, again: (code, "1")).Single(cell => cell.Code == code);

        Assert.That((cell.State, cell.Value, cell.Raw), Is.EqualTo((CellState.Unreadable, (decimal?)null, $"{Print(values[code])} / 1")));
        Assert.That(findings.Select(finding => finding.Code), Has.All.EqualTo("value.unconfirmed"));
        Assert.That(findings.Any(finding => finding.Message.Contains($"'{cell.Raw}'", StringComparison.Ordinal)), Is.True);
    }

    private static Dictionary<string, decimal> Values(int seed) => SoundValues.Make(Form, new Random(seed));

    private static string Print(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Shape(char digit) => digit switch
    {
        '1' => "1",
        '4' or '6' => "46",
        '2' or '3' or '5' or '7' => "12357",
        _ => $"{digit}",
    };

    private static string Misread(string number, Random random)
    {
        var places = Enumerable.Range(0, number.Length).Where(place => char.IsAsciiDigit(number[place]) && Shape(number[place]).Length > 1).ToList();
        if (places.Count == 0)
            return number;
        var at = places[random.Next(places.Count)];
        var others = Shape(number[at]).Where(digit => digit != number[at]).ToList();
        return number[..at] + others[random.Next(others.Count)] + number[(at + 1)..];
    }

    private static IReadOnlyList<CellReading> Confirm(
        Dictionary<string, decimal> values, Dictionary<string, string> misread, List<Finding>? findings = null, (string Code, string Text)? again = null)
    {
        var grid = new TableGrid(1, [[.. Form.Cells.Select((cell, index) =>
        {
            var printed = Print(values[cell.Code]);
            var text = misread.GetValueOrDefault(cell.Code, printed);
            return new GridCell(0, index, 1, 1, text)
            {
                Page = "page[1]/",
                Recognition = new CellRecognition(text, again?.Code == cell.Code ? again.Value.Text : text, new DigitInk([.. printed.Where(char.IsAsciiDigit).Select(Shape)])),
            };
        })]]);
        var document = new DocumentContent("application/pdf", null, [new TableBlock(grid)], null, new Dictionary<string, string>(), []) { ScannedPages = ["page[1]/"] };
        var readings = Form.Cells.Zip(grid.Rows[0]).Select(pair => new CellReading(
            pair.First.Code, decimal.Parse(pair.Second.Text, CultureInfo.InvariantCulture), CellState.Reported, pair.Second.Text, grid.Locator(pair.Second))).ToList();
        return RecognisedCells.Confirm(Form, document, readings, findings ?? []);
    }
}
