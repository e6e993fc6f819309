using System.Text;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Tables;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>Goes through a document once and gives its row candidates and the prose of its sections.</summary>
/// <remarks>
/// Three kinds of lines hold tables: fields set apart by tabs or bars, one cell a line behind a tab with blank lines
/// between the rows, and words and numbers set apart by blanks as PDF text layers give them.
/// </remarks>
internal sealed partial class CandidateReader
{
    /// <summary>Tables and the numbers of the prose together; long reports of whole cities have a few hundred.</summary>
    private const int MostCandidates = 3000;

    private const int LongestCaption = 40;

    private readonly SectionHeadings headings;
    private readonly NumberRuns runs;
    private readonly PageBreaks breaks;
    private readonly List<RowCandidate> candidates = [];
    private readonly List<(FormSection Section, string Title, string Locator, StringBuilder Text, List<string> Lines)> sections = [];
    private readonly StringBuilder header = new();
    private string? captionUnit;

    private CandidateReader(FormDefinition form, SectionHeadings headings, PageBreaks breaks)
    {
        (this.headings, this.breaks) = (headings, breaks);
        runs = new NumberRuns(form);
    }

    private string? Section => sections.Count == 0 ? null : sections[^1].Section.Code;

    public static (IReadOnlyList<RowCandidate> Candidates, IReadOnlyList<ReportSection> Sections) Read(
        FormDefinition form, SectionHeadings headings, PageBreaks breaks, IReadOnlyList<Block> blocks)
    {
        var reader = new CandidateReader(form, headings, breaks);
        for (var index = 0; index < blocks.Count; index++)
        {
            if (blocks[index] is TableBlock table)
            {
                reader.candidates.AddRange(reader.runs.Take());
                var (grid, joined) = reader.breaks.Heal(table.Grid);
                reader.Table(grid, joined);
            }
            else if (blocks[index] is LineBlock line)
            {
                index = reader.Line(blocks, index, line);
            }
        }

        reader.candidates.AddRange(reader.runs.Take());
        reader.CheckLength();
        for (var place = 0; place < reader.candidates.Count; place++)
            reader.candidates[place].Place = place;
        return (reader.candidates,
            [.. reader.sections.Select(section => new ReportSection(
                section.Section.Code, section.Title, section.Text.ToString().TrimEnd(), section.Locator)
            {
                LineLocators = section.Lines,
            })]);
    }

    private void Table(TableGrid grid, IReadOnlySet<int> joined)
    {
        header.Clear();
        var unit = captionUnit;
        foreach (var row in grid.Rows)
        {
            if (row.Count(cell => !string.IsNullOrWhiteSpace(cell.Text)) == 1)
            {
                var only = row.First(cell => !string.IsNullOrWhiteSpace(cell.Text));
                if (StartsSection(only.Text, grid.Locator(only)))
                    continue;
                unit = Unit(only.Text) ?? unit;
            }

            if (row.Count > 0)
            {
                AddRow([.. row.Select(cell => new PrintedCell(cell.Text, grid.Locator(cell), cell.Column))], grid.RowLocator(row[0].Row), grid, row[0].Row,
                    joined.Contains(row[0].Row) ? "row.joined" : null, unit);
            }
        }

        captionUnit = null;
    }

    /// <summary>The unit that a caption states, e.g. "（单位：万元）"; null where the line states none or is a sentence.</summary>
    private static string? Unit(string line) =>
        line.Length <= LongestCaption && CaptionUnit().Match(FoldedLabel.BareText(line)) is { Success: true } stated ? stated.Groups["u"].Value : null;

    /// <summary>Reads one line, or the row of one-cell lines that starts with it; gives the index of the last line read.</summary>
    private int Line(IReadOnlyList<Block> blocks, int index, LineBlock line)
    {
        var text = line.Text;
        if (string.IsNullOrWhiteSpace(text) && !text.Contains('\t', StringComparison.Ordinal))
            return index;
        if (PageNumber().IsMatch(text))
            return index;
        if (StartsSection(text.TrimStart('#', ' ', '\u3000'), line.Locator))
        {
            candidates.AddRange(runs.Take());
            header.Clear();
            captionUnit = null;
            return index;
        }

        if (IsOneCell(text))
        {
            candidates.AddRange(runs.Take());
            return OneCellLines(blocks, index);
        }

        var separator = text.Contains('\t', StringComparison.Ordinal) ? '\t' : text.Count(character => character is '|' or '｜') >= 2 ? '|' : '\0';
        if (separator != '\0')
        {
            candidates.AddRange(runs.Take());
            var fields = separator == '\t' ? text.Split('\t') : text.Trim().Trim('|', '｜').Split('|', '｜');
            AddRow([.. fields.Select((field, number) => new PrintedCell(field.Trim(), $"{line.Locator}/f{number + 1}", number))], line.Locator, unit: captionUnit);
            return index;
        }

        // A caption stands right above its table; a sentence between them ends its reach.
        captionUnit = Unit(text) ?? (text.Length <= LongestCaption ? captionUnit : null);

        if (sections.Count > 0)
        {
            sections[^1].Text.Append(text).Append('\n');
            sections[^1].Lines.Add(line.Locator);
        }

        runs.Add(line, Section);
        CheckLength();
        return index;
    }

    // Aligning costs as many comparisons as rows times candidates, and memory with them; so does keeping them.
    private void CheckLength()
    {
        var found = candidates.Count + runs.Count;
        if (found > MostCandidates)
            throw new DocumentRefusedException("document.too_long", $"expected at most {MostCandidates} rows and figures, found {found}");
    }

    private bool StartsSection(string text, string locator)
    {
        if (headings.Find(text) is not { } section)
            return false;
        sections.Add((section, CharacterFolding.FoldRadicals(text).Trim(), locator, new StringBuilder(), []));
        return true;
    }

    private void AddRow(
        IReadOnlyList<PrintedCell> cells, string locator, TableGrid? grid = null, int gridRow = -1, string? repair = null, string? unit = null)
    {
        CheckLength();
        candidates.Add(new RowCandidate(cells, HasCellBorders: true, header.ToString(), "", Section, locator, grid, gridRow) { Repair = repair, CaptionUnit = unit });
        foreach (var cell in cells)
        {
            // A unit stated in brackets counts too, so the whole label; its ordinal does not matter.
            if (!cell.Label.IsEmpty)
                header.Append(cell.Label.Text).Append(' ');
        }

        // Only what stands near above a row can head it.
        if (header.Length > 600)
            header.Remove(0, header.Length - 600);
    }

    private static bool IsOneCell(string line) => line.Length > 0 && line[0] == '\t' && line.IndexOf('\t', 1) < 0;

    /// <summary>A row written one cell a line. A label that wraps goes on without the tab, even behind a blank line.</summary>
    private int OneCellLines(IReadOnlyList<Block> blocks, int start)
    {
        var cells = new List<PrintedCell>();
        var index = start;
        while (index < blocks.Count && blocks[index] is LineBlock line)
        {
            if (IsOneCell(line.Text))
                cells.Add(new PrintedCell(line.Text[1..].Trim(), line.Locator, cells.Count));
            else if (!string.IsNullOrWhiteSpace(line.Text))
                cells[^1] = cells[^1] with { Text = cells[^1].Text + "\n" + line.Text.Trim() };
            else if (!LabelGoesOn(blocks, index, cells[^1].Text))
                break;

            index++;
            if (index < blocks.Count && blocks[index] is LineBlock next && !IsOneCell(next.Text)
                && !string.IsNullOrWhiteSpace(next.Text) && !MayContinue(next.Text, cells[^1].Text))
            {
                break;
            }
        }

        AddRow(cells, ((LineBlock)blocks[start]).Locator, unit: captionUnit);
        return index - 1;
    }

    private bool LabelGoesOn(IReadOnlyList<Block> blocks, int blank, string label) =>
        blank + 2 < blocks.Count
        && blocks[blank + 1] is LineBlock next && !string.IsNullOrWhiteSpace(next.Text) && !IsOneCell(next.Text)
        && blocks[blank + 2] is LineBlock then && IsOneCell(then.Text)
        && MayContinue(next.Text, label);

    /// <summary>Only a word wraps; a number that is followed by prose has ended its table.</summary>
    private bool MayContinue(string line, string cell) =>
        PrintedNumber.Read(cell).Kind == PrintedKind.Text && headings.Find(line) is null;

    [GeneratedRegex(@"^\s*(?:[-－—–―]\s*[0-9]{1,4}\s*[-－—–―]|第\s*[0-9]{1,4}\s*页.*)\s*$")]
    private static partial Regex PageNumber();

    [GeneratedRegex("单位(?:人民币)?(?<u>亿元|万元|元)")]
    private static partial Regex CaptionUnit();
}
