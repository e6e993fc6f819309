using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Tests.Parsing.Forms;

/// <summary>The forms as we describe them against the reference of the official ones, cell by cell and equation by equation.</summary>
public sealed partial class FormFilesTests
{
    [TestCase("2021", 200, 42)]
    [TestCase("2019", 198, 40)]
    [TestCase("2014", 58, 7)]
    public void Load_Form_HasItsCellsAndEquations(string code, int cells, int checks)
    {
        var form = FormOf(code);
        Assert.That((form.Cells.Count, form.Checks.Count), Is.EqualTo((cells, checks)));
        Assert.That(form.Cells.Select(cell => cell.Position), Is.EqualTo(Enumerable.Range(1, cells)));
    }

    [Test]
    public void Load_UndividedRow_StandsBesideTheCellsOfForm2021()
    {
        var form = FormOf("2021");
        Assert.That(form.OptionalCells.Select(cell => cell.Position), Is.EqualTo(Enumerable.Range(201, 7)));
        Assert.That(form.OptionalCells[0].Replaces, Is.EqualTo(new[]
        {
            "requests.result.other.correction_overdue/natural_person",
            "requests.result.other.fee_overdue/natural_person",
            "requests.result.other.other/natural_person",
        }));
        Assert.That(form.OptionalChecks.Select(check => check.Id), Is.EqualTo(new[] { "req.applicant_total.result.other" }));
    }

    [TestCase("2021", "s4.remedies")]
    [TestCase("2019", "s4.remedies")]
    public void Load_Cells_AreThoseOfTheReference(string code, string last)
    {
        var lines = File.ReadAllLines(ReferenceReports.Shared("reference", $"form-{code}.yaml"));
        var expected = lines.Select(line => ReferenceCell().Match(line)).Where(match => match.Success)
            .Select(match => (match.Groups["code"].Value, match.Groups["table"].Value, match.Groups["unit"].Value, KindOf(match.Groups["kind"].Value)))
            .ToList();

        Assert.That(expected[^1].Item2, Is.EqualTo(last));
        Assert.That(FormOf(code).Cells.Select(cell => (cell.Code, cell.Table, cell.Unit, cell.Kind)), Is.EqualTo(expected));
    }

    [Test]
    public void Load_Indicators_AreThoseOfTheReference()
    {
        var lines = File.ReadAllLines(ReferenceReports.Shared("reference", "form-2014.yaml"));
        var expected = lines.Select(line => ReferenceIndicator().Match(line)).Where(match => match.Success)
            .Select(match => (match.Groups["code"].Value + "/value", match.Groups["label"].Value, match.Groups["unit"].Value, match.Groups["unit"].Value == "万元" ? CellKind.Amount : CellKind.Count))
            .ToList();

        Assert.That(FormOf("2014").Cells.Select(cell => (cell.Code, cell.RowLabel, cell.Unit, cell.Kind)), Is.EqualTo(expected));
    }

    [TestCase("2021")]
    [TestCase("2019")]
    public void Load_Labels_AreThoseOfTheReference(string code)
    {
        var lines = File.ReadAllLines(ReferenceReports.Shared("reference", $"form-{code}.yaml"));
        // Rows, columns and groups: codes are unique enough for a set of pairs.
        var expected = lines.Select(line => ReferenceLabel().Match(line)).Where(match => match.Success)
            .Select(match => (match.Groups["code"].Value, match.Groups["label"].Value))
            .Where(label => !label.Item1.StartsWith("s2.", StringComparison.Ordinal))
            .ToHashSet();
        var form = FormOf(code);
        var ours = form.Tables.SelectMany(table =>
                table.Rows.Select(row => (row.Code, row.Labels[0]))
                    .Concat(table.Columns.Select(column => (column.Code, column.Labels[0])))
                    .Concat(table.Groups.Where(group => group.Code != "litigation").Select(group => (group.Code, group.Labels[0]))))
            .ToHashSet();

        Assert.That(ours, Is.EquivalentTo(expected));
    }

    [TestCase("2021")]
    [TestCase("2019")]
    [TestCase("2014")]
    public void Load_Equations_AreThoseOfTheReference(string code)
    {
        var lines = File.ReadAllLines(ReferenceReports.Shared("reference", "reconciliation.yaml"))
            .SkipWhile(line => !line.StartsWith($"form_{code}:", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => line.Length == 0 || line[0] is ' ' or '#');
        var expected = lines.Select(line => ReferenceEquation().Match(line)).Where(match => match.Success)
            .Select(match => $"{match.Groups["id"].Value} {match.Groups["status"].Value}: {match.Groups["left"].Value} = {match.Groups["right"].Value}")
            .ToList();

        Assert.That(
            FormOf(code).Checks.Select(check => $"{check.Id} {check.Status}: {string.Join(", ", check.Left)} = {string.Join(", ", check.Right)}"),
            Is.EqualTo(expected));
    }

    [Test]
    public void Load_Concepts_NameCellsOfTheirForms()
    {
        // Loading refuses a concept whose cell a form lacks; here only that no concept names an unknown form.
        var forms = ReferenceReports.Reference.Forms.Select(form => form.Code).ToList();
        Assert.That(ReferenceReports.Reference.Concepts.SelectMany(concept => concept.Cells.Keys).Distinct(), Is.EquivalentTo(forms));
    }

    private static FormDefinition FormOf(string code) => ReferenceReports.Reference.Forms.Single(form => form.Code == code);

    private static CellKind KindOf(string kind) => kind switch
    {
        "count" => CellKind.Count,
        "amount" => CellKind.Amount,
        "signed_count" => CellKind.Change,
        _ => throw new FormatException($"expected a kind of cell, found '{kind}'"),
    };

    [GeneratedRegex("""^  - \{n: [0-9]+, code: "(?<code>[^"]+)", table: (?<table>[^,]+), .*unit: "(?<unit>[^"]+)", kind: (?<kind>[a-z_]+)\}""")]
    private static partial Regex ReferenceCell();

    [GeneratedRegex("""^  - \{code: (?<code>[^,]+), label: "(?<label>[^"]+)", unit: "(?<unit>[^"]+)", level: [0-9], cell: true""")]
    private static partial Regex ReferenceIndicator();

    [GeneratedRegex("""^      - \{code: (?<code>[^,]+), label: "(?<label>[^"]+)"(?:,|\})""")]
    private static partial Regex ReferenceLabel();

    [GeneratedRegex(@"^    - \{id: (?<id>[^,]+), status: (?<status>[a-z_]+), left: \[(?<left>[^\]]+)\], right: \[(?<right>[^\]]+)\]\}")]
    private static partial Regex ReferenceEquation();
}
