using System.Globalization;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Loading.Dimensions;

/// <param name="DepartmentDeadline">Last day on which a department publishes in time.</param>
/// <param name="GovernmentDeadline">Last day on which a government publishes in time.</param>
internal sealed record ReportingYear(short Year, DateOnly DepartmentDeadline, DateOnly GovernmentDeadline, string Law, string? Form)
{
    private const int First = 2008;
    private const int Last = 2040;

    // The revised regulation is in force since May 15, 2019: the reports on 2018 were still due under the first one.
    private const int LastUnderFirstLaw = 2018;

    public static IEnumerable<ReportingYear> All(IReadOnlyList<FormDefinition> forms) =>
        Enumerable.Range(First, Last - First + 1).Select(year =>
        {
            var (march, january) = (new DateOnly(year + 1, 3, 31), new DateOnly(year + 1, 1, 31));
            var form = forms.FirstOrDefault(form => form.FromYear <= year && (form.ToYear ?? Last) >= year)?.Code;
            return year <= LastUnderFirstLaw
                ? new ReportingYear((short)year, march, march, "政府信息公开条例（2007年国务院令第492号）", form)
                : new ReportingYear((short)year, january, march, "政府信息公开条例（2019年国务院令第711号）第四十九条", form);
        });
}

/// <summary>Keys of what a form numbers: the form's code times 1000 plus the position from 1.</summary>
internal static class FormKey
{
    private const int PositionsOfAForm = 1000;

    public static int Of(string form, int position)
    {
        if (!short.TryParse(form, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || position is < 1 or >= PositionsOfAForm)
            throw new FormatException($"form {form}: expected a year and fewer than {PositionsOfAForm} positions, found position {position}");
        return (number * PositionsOfAForm) + position;
    }
}

/// <param name="IsTotal">The form calls it the sum of others.</param>
/// <param name="Group">Code of the outermost sum it goes into.</param>
internal sealed record CellRow(int Key, string Form, FormCell Cell, string? Concept, bool IsTotal, string Group)
{
    public static IEnumerable<CellRow> All(ReferenceData reference)
    {
        foreach (var form in reference.Forms)
        {
            // The concept that this cell alone makes up; by name where there are several, so that the register's order does not matter.
            var concepts = reference.Concepts
                .Where(concept => concept.Cells.TryGetValue(form.Code, out var cells) && cells.CellCodes.Count == 1)
                .GroupBy(concept => concept.Cells[form.Code].CellCodes[0])
                .ToDictionary(group => group.Key, group => group.Select(concept => concept.Code).Min(StringComparer.Ordinal));
            var groups = new AdditiveGroups(form);
            foreach (var cell in form.Cells.Concat(form.OptionalCells))
            {
                yield return new CellRow(
                    FormKey.Of(form.Code, cell.Position), form.Code, cell, concepts.GetValueOrDefault(cell.Code), groups.IsTotal(cell.Code), groups.GroupOf(cell.Code));
            }
        }
    }
}

internal sealed record CheckRow(int Key, string Form, FormCheck Check)
{
    public static IEnumerable<CheckRow> All(IEnumerable<FormDefinition> forms) =>
        forms.SelectMany(form => form.Checks.Concat(form.OptionalChecks).Select((check, index) => new CheckRow(FormKey.Of(form.Code, index + 1), form.Code, check)));
}

internal sealed record MeasureRow(string Code, string Label)
{
    public static IEnumerable<MeasureRow> All(IEnumerable<FormDefinition> forms) =>
        forms.SelectMany(form => form.Measures)
            .Select(measure => new MeasureRow(measure.Code, measure.Label))
            .Append(new MeasureRow(NarrativeReading.SumOfParts, "总数与其各分项之和"))
            .DistinctBy(measure => measure.Code);
}

internal sealed record ConceptRow(short Key, Concept Concept)
{
    public static IEnumerable<ConceptRow> All(ReferenceData reference) =>
        reference.Concepts.Select((concept, index) => new ConceptRow(checked((short)(index + 1)), concept));
}

internal sealed record ConceptCellRow(short ConceptKey, int CellKey, string Form, bool IsExact)
{
    public static IEnumerable<ConceptCellRow> All(ReferenceData reference)
    {
        var positions = reference.Forms.ToDictionary(
            form => form.Code, form => form.Cells.ToDictionary(cell => cell.Code, cell => cell.Position));
        return ConceptRow.All(reference).SelectMany(row => row.Concept.Cells
            // Concepts name cells of forms that may not be described yet.
            .Where(form => positions.ContainsKey(form.Key))
            .SelectMany(form => form.Value.CellCodes.Select(code =>
                new ConceptCellRow(row.Key, FormKey.Of(form.Key, positions[form.Key][code]), form.Key, form.Value.IsExact))));
    }
}
