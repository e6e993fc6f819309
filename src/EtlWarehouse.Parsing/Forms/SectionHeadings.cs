using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>Tells section headings by their title words; ordinals and heading levels drift and are not looked at.</summary>
internal sealed class SectionHeadings(FormDefinition form)
{
    /// <summary>Typos and small additions; measured on the wordings in use, the nearest other line stays below 0.6.</summary>
    private const double EnoughAlike = 0.78;

    private const int LongestHeading = 60;

    private readonly List<(FormSection Section, FoldedLabel Title)> titles =
        [.. form.Sections.SelectMany(section => section.Titles.Select(title => (section, FoldedLabel.Of(title))))];

    // A row's label, whole or the first line of it, may be as like a title as a misprinted title is.
    private readonly List<string> rows =
        [.. form.Tables.SelectMany(table => table.Rows).SelectMany(row => row.Labels).Select(label => FoldedLabel.Of(label).Text)];

    /// <summary>The section the line heads; null where the line is no heading.</summary>
    public FormSection? Find(string line)
    {
        if (line.Length > LongestHeading)
            return null;
        var label = FoldedLabel.Of(line);
        if (label.IsEmpty)
            return null;
        foreach (var (section, title) in titles)
        {
            if (label.Text == title.Text || label.Core == title.Text)
                return section;
        }

        // A heading ends without a full stop and, unless it is exact, is not much shorter or longer than its title.
        if (line.AsSpan().TrimEnd().EndsWith("。") || line.Contains('，', StringComparison.Ordinal) || line.Contains('\t', StringComparison.Ordinal))
            return null;
        var (best, similarity) = ((FormSection?)null, 0d);
        foreach (var (section, title) in titles)
        {
            if (TextDistance.Similarity(label.Core, Ordinalless(title, label), EnoughAlike) is var alike && alike > similarity)
                (best, similarity) = (section, alike);
        }

        return similarity >= EnoughAlike && !rows.Exists(row => row.StartsWith(label.Core, StringComparison.Ordinal)) ? best : null;
    }

    private static string Ordinalless(FoldedLabel title, FoldedLabel label) =>
        // "一总体情况": the ordinal lost its mark and stands in the text.
        label.Text.Length == title.Text.Length + 1 && label.Text.EndsWith(title.Text, StringComparison.Ordinal) ? label.Core : title.Text;
}
