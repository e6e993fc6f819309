using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Checks;

/// <summary>Reads the numbers that the prose states beside the tables and compares each with its cells.</summary>
internal static class NarrativeReader
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    private static readonly ConcurrentDictionary<string, Regex> Compiled = [];

    public static IReadOnlyList<NarrativeReading> Read(
        FormDefinition form, IReadOnlyList<ReportSection> sections, IReadOnlyDictionary<string, CellReading> readings)
    {
        var found = new List<NarrativeReading>();
        foreach (var section in sections)
        {
            var prose = CharacterFolding.FoldWithoutBlanks(section.Text);
            foreach (var measure in form.Measures.Where(measure => measure.Sections.Contains(section.Code)))
            {
                if (found.Any(reading => reading.Measure == measure.Code))
                    continue;
                if (Find(measure, prose) is var (value, text))
                    found.Add(new NarrativeReading(measure.Code, value, text, section.Locator, Agrees(measure, value, readings)));
            }
        }

        return found;
    }

    private static (decimal Value, string Text)? Find(FormMeasure measure, string prose)
    {
        foreach (var pattern in measure.Patterns)
        {
            var match = Pattern(pattern).Match(prose);
            if (match.Success)
                return (decimal.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture), match.Value);
        }

        foreach (var pattern in measure.NonePatterns)
        {
            var match = Pattern(pattern).Match(prose);
            if (match.Success)
                return (0, match.Value);
        }

        return null;
    }

    private static bool? Agrees(FormMeasure measure, decimal value, IReadOnlyDictionary<string, CellReading> readings)
    {
        var cells = measure.Cells.Select(code => readings.TryGetValue(code, out var reading) ? reading.Value : null).ToList();
        return cells.Any(cell => cell is null) ? null : cells.Sum() == value;
    }

    private static Regex Pattern(string pattern) =>
        Compiled.GetOrAdd(pattern, text => new Regex(text, RegexOptions.CultureInvariant, PatternLimit));
}
