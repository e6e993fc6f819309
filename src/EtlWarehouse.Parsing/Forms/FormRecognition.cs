using System.Text;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>
/// Tells from a document's own words which form it is on: agencies print last year's form this year and mix two.
/// What only one form calls so speaks for it; where that is undecided, the form in force that year is meant.
/// </summary>
internal sealed class FormRecognition
{
    /// <summary>Shorter words occur in prose and in other labels.</summary>
    private const int ShortestMark = 5;

    /// <summary>A form that shows this much less of what is its own is not the one; below it, both are mixed or neither shows.</summary>
    private const double Decisive = 0.25;

    private readonly IReadOnlyList<(FormDefinition Form, IReadOnlyList<string> Marks)> forms;

    public FormRecognition(IReadOnlyList<FormDefinition> forms) =>
        this.forms = [.. forms.Select(form => (form, Marks(form, [.. forms.Where(other => other != form)])))];

    /// <summary>All forms, the likeliest first.</summary>
    /// <param name="year">The reporting year; null where it is not known.</param>
    public IReadOnlyList<FormDefinition> Order(DocumentContent document, int? year)
    {
        var words = Words(document);
        var shown = forms.Select(form => (form.Form, Share: Share(form.Marks, words))).ToList();
        var most = shown.Max(form => form.Share);
        return
        [
            .. shown
                .OrderByDescending(form => form.Share > most - Decisive)
                .ThenByDescending(form => form.Share > most - Decisive && IsInForce(form.Form, year))
                .ThenByDescending(form => form.Share)
                .ThenByDescending(form => form.Form.FromYear)
                .Select(form => form.Form),
        ];
    }

    private static bool IsInForce(FormDefinition form, int? year) => year >= form.FromYear && year <= (form.ToYear ?? int.MaxValue);

    private static double Share(IReadOnlyList<string> marks, string words) =>
        marks.Count == 0 ? 0 : (double)marks.Count(mark => words.Contains(mark, StringComparison.Ordinal)) / marks.Count;

    // Without digits, so that a label which wraps around its numbers is whole again.
    private static string Words(DocumentContent document)
    {
        var words = new StringBuilder();
        foreach (var line in document.Lines())
        {
            foreach (var character in FoldedLabel.BareText(line))
            {
                if (!char.IsAsciiDigit(character))
                    words.Append(character);
            }
        }

        return words.ToString();
    }

    private static IReadOnlyList<string> Marks(FormDefinition form, IReadOnlyList<FormDefinition> others)
    {
        var theirs = others.SelectMany(AllLabels).Select(Mark).ToHashSet();
        return
        [
            .. form.Tables
                .SelectMany(table => table.Rows.Select(row => row.Labels[0]).Concat(table.Columns.Select(column => column.Labels[0])))
                .Select(Mark)
                .Distinct()
                .Where(mark => mark.Length >= ShortestMark && !theirs.Any(label =>
                    label.Contains(mark, StringComparison.Ordinal) || (label.Length >= ShortestMark && mark.Contains(label, StringComparison.Ordinal)))),
        ];
    }

    private static IEnumerable<string> AllLabels(FormDefinition form) => form.Tables.SelectMany(table =>
        table.Rows.SelectMany(row => row.Labels)
            .Concat(table.Columns.SelectMany(column => column.Labels))
            .Concat(table.Groups.SelectMany(group => group.Labels))
            .Concat(table.OptionalRows.SelectMany(row => row.Row.Labels)));

    private static string Mark(string label) => string.Concat(FoldedLabel.Of(label).Core.Where(character => !char.IsAsciiDigit(character)));
}
