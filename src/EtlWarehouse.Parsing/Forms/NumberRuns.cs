using System.Text;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>
/// Rows of a table whose borders are lost: runs of numbers between words. The words before a run, and those after it
/// where a label wraps around its numbers, are the evidence for what the run is.
/// </summary>
internal sealed class NumberRuns(FormDefinition form)
{
    /// <summary>As much text as the longest label with its group label, twice.</summary>
    private const int LongestEvidence = 240;

    /// <summary>In one line; the widest table of a form has 13 side by side.</summary>
    private const int MostValues = 3000;

    private readonly HashSet<int> widths =
        [.. form.Tables.Select(table => table.IsOneRow ? table.Rows.Count * table.Columns.Count : table.Columns.Count)];

    // Forms whose rows have units of their own print them before the numbers.
    private readonly bool hasRowUnits = form.Tables.Any(table => table.Rows.Any(row => row.Unit is not null));

    private readonly List<Run> runs = [];
    private readonly StringBuilder words = new();

    // Where in the words a line is set apart, the first and the last time since the run before; -1 for none.
    private (int First, int Last) apart = (-1, -1);

    private string? unit;

    /// <summary>Runs that wait to be taken.</summary>
    public int Count => runs.Count;

    /// <exception cref="DocumentRefusedException">The line has numbers without end.</exception>
    public void Add(LineBlock line, string? section)
    {
        var sameLine = new StringBuilder();
        var values = new List<PrintedCell>();
        var group = 0;
        if (line.IsSetApart)
            apart = (apart.First < 0 ? words.Length : apart.First, words.Length);
        foreach (var word in Words(line.Text))
        {
            if (PrintedNumber.Read(word).Kind is PrintedKind.Number or PrintedKind.Dash && !IsLetterAside(line, word, values.Count))
            {
                if (++group > MostValues)
                    throw new DocumentRefusedException("document.too_long", $"{line.Locator}: expected at most {MostValues} numbers in a line, found more");
                values.Add(new PrintedCell(word, $"{line.Locator}/v{group}", group - 1) { StatedUnit = unit });
                continue;
            }

            if (hasRowUnits && PrintedNumber.IsUnit(word))
            {
                unit = word;
                continue;
            }

            unit = null;
            Close(values, sameLine, line, section);
            var bare = FoldedLabel.BareText(word);
            sameLine.Append(bare);
            words.Append(bare);
        }

        Close(values, sameLine, line, section);
    }

    /// <summary>The runs found since the last call, as row candidates.</summary>
    public IEnumerable<RowCandidate> Take()
    {
        for (var index = 0; index < runs.Count; index++)
        {
            var run = runs[index];
            if (run.IsBroken)
                continue;
            yield return new RowCandidate(
                run.Values, HasCellBorders: false, run.Before, run.SameLine, run.Section, run.Locator, null)
            {
                OwnWords = run.Own,
                After = index + 1 < runs.Count ? runs[index + 1].AfterLast : words.ToString()[..(apart.First < 0 ? words.Length : apart.First)],
            };
        }

        runs.Clear();
        words.Clear();
        apart = (-1, -1);
    }

    private void Close(List<PrintedCell> values, StringBuilder sameLine, LineBlock line, string? section)
    {
        if (values.Count == 0)
            return;
        if (words.Length == 0 && apart.First < 0 && runs.Count > 0 && GoesOn(runs[^1], values.Count))
        {
            runs[^1].Values.AddRange(values);
            runs[^1].IsPieced = true;
        }
        else if (words.Length == 0 && apart.First < 0 && runs.Count > 0 && (runs[^1].IsBroken || runs[^1].IsPieced || (!runs[^1].IsWholeLine && values.Count > 1)))
        {
            // A number alone and then several on one line, or one more than a row of several lines has: where one row
            // ends and the next begins is not known.
            runs[^1].Values.AddRange(values);
            runs[^1].IsBroken = true;
        }
        else
        {
            var before = words.ToString();
            runs.Add(new Run(
                [.. values], before.Length > LongestEvidence ? before[^LongestEvidence..] : before,
                sameLine.ToString(), section, line.Locator,
                before[..(apart.First < 0 ? before.Length : apart.First)], apart.Last < 0 ? null : before[apart.Last..]));
        }

        apart = (-1, -1);

        unit = null;
        values.Clear();
        words.Clear();
        sameLine.Clear();
    }

    // One number a line, or a row of numbers that wraps; a complete row is never continued. Numbers in single lines
    // are counted to their end: if there are more than the row is wide, which of them is the stranger is not known.
    private bool GoesOn(Run run, int more) =>
        (more == 1 && !(run.IsWholeLine && widths.Contains(run.Values.Count)))
        || (!widths.Contains(run.Values.Count) && widths.Contains(run.Values.Count + more));

    /// <summary>
    /// 无 of a vertical label, alone on its line or in front of the numbers of one, is none of the values; where 无 is
    /// printed for a value it is seldom the only one.
    /// </summary>
    private bool IsLetterAside(LineBlock line, string word, int before) =>
        char.IsLetter(word[0]) && (line.Text.Trim() == word
            ? runs.Count > 0 && runs[^1].IsWholeLine
            : before == 0 && line.Text.IndexOf(word, StringComparison.Ordinal) == line.Text.LastIndexOf(word, StringComparison.Ordinal));

    private static List<string> Words(string line)
    {
        var all = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var words = new List<string>(all.Length);
        foreach (var word in all)
        {
            // "12 件": the unit belongs to its number.
            if (words.Count > 0 && PrintedNumber.IsUnit(word) && PrintedNumber.Read(words[^1]).Kind == PrintedKind.Number)
                words[^1] += word;
            else
                words.Add(word);
        }

        return words;
    }

    /// <param name="AfterLast">Of <paramref name="Before"/>, what may still belong to the run above.</param>
    /// <param name="Own">The words that stand together with the run; null where nothing sets them apart from those above.</param>
    private sealed record Run(List<PrintedCell> Values, string Before, string SameLine, string? Section, string Locator, string AfterLast, string? Own)
    {
        /// <summary>Its numbers are those of more than one row, or of one and a stranger.</summary>
        public bool IsBroken { get; set; }

        /// <summary>It goes on over several lines.</summary>
        public bool IsPieced { get; set; }

        /// <summary>The numbers stood side by side on one line when the run began.</summary>
        public bool IsWholeLine { get; } = Values.Count > 1;
    }
}
