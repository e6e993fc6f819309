using System.Buffers;
using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Parsing.Checks.Narrative;

/// <summary>
/// Reads the numbers that the prose states beside the tables and compares each with its cells. Precision goes before
/// recall: a number contradicts the table only where it is certain whose, of which year and of what it is.
/// </summary>
internal static class NarrativeReader
{
    /// <summary>
    /// Characters; what is longer is no sentence. This bounds the work of the patterns, whose steps grow with a small power
    /// of the length: they are made so, and no clock ends a match, so that the same bytes always give the same reading.
    /// </summary>
    private const int LongestSentence = 3000;

    private static readonly ConcurrentDictionary<string, Regex> Compiled = [];

    private static readonly Regex Counts = Pattern("[0-9一二三四五六七八九十百千两](?:余|多|万)?(?:件|条|项|份|宗|起|个|例|笔|篇|期|次|场|则|元|万)");

    private static readonly SearchValues<char> Denials = SearchValues.Create("未无没零不");

    public static IReadOnlyList<NarrativeReading> Read(
        FormDefinition form, ReportIdentity identity, IReadOnlyList<ReportSection> sections,
        IReadOnlyDictionary<string, CellReading> readings)
    {
        var scope = new NumberScope(identity, identity.Year);
        var found = new List<NarrativeReading>();
        foreach (var section in sections)
        {
            var measures = form.Measures.Where(measure => measure.Sections.Contains(section.Code)).ToList();
            if (measures.Count == 0)
                continue;
            foreach (var sentence in Sentence.Of(section))
            {
                if (sentence.Text.Length > LongestSentence)
                    continue;
                found.AddRange(Read(sentence, measures, scope, readings));
                found.AddRange(PartsOfSums.Read(sentence));
            }
        }

        return Settle(found);
    }

    internal static Regex Pattern(string pattern) =>
        Compiled.GetOrAdd(pattern, text => new Regex(text, RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout));

    /// <summary>Each number belongs to one measure only, the first that claims it.</summary>
    private static IEnumerable<NarrativeReading> Read(
        Sentence sentence, List<FormMeasure> measures, NumberScope scope, IReadOnlyDictionary<string, CellReading> readings)
    {
        var text = sentence.Text;
        var (counts, denies) = (Counts.IsMatch(text), text.AsSpan().ContainsAny(Denials));
        var claimed = new HashSet<int>();
        foreach (var measure in measures.Where(measure => (counts || denies) && measure.Keys.Any(key => text.Contains(key, StringComparison.Ordinal))))
        {
            foreach (var match in measure.Patterns.Where(_ => counts).SelectMany(pattern => Pattern(pattern).Matches(sentence.Text)))
            {
                var number = match.Groups["n"];
                if (claimed.Contains(number.Index) || StatedNumber.Read(match) is not { } stated)
                    continue;
                var certainty = scope.Judge(sentence, measure, match.Index, match.Length, number.Index);
                if (certainty == Certainty.Foreign)
                    continue;
                claimed.Add(number.Index);
                yield return Compare(sentence, measure, match, stated, certainty, readings);
            }

            foreach (var match in measure.NonePatterns.Where(_ => denies).Select(pattern => Pattern(pattern).Match(sentence.Text)).Where(match => match.Success).Take(1))
            {
                var certainty = scope.Judge(sentence, measure, match.Index, match.Length, match.Index);
                if (certainty != Certainty.Foreign)
                    yield return Compare(sentence, measure, match, new StatedNumber(0, 0, 0), certainty, readings);
            }
        }
    }

    private static NarrativeReading Compare(
        Sentence sentence, FormMeasure measure, Match match, StatedNumber stated, Certainty certainty,
        IReadOnlyDictionary<string, CellReading> readings)
    {
        var reading = new NarrativeReading(
            measure.Code, stated.Value, sentence.Printed(match.Index, match.Length), sentence.Locator(match.Index), null);
        if (measure.Cells.Count == 0)
            return reading with { Reason = "no_cell" };
        var cells = measure.Cells.Select(code => readings.TryGetValue(code, out var cell) ? cell.Value : null).ToList();
        if (cells.Any(cell => cell is null))
            return reading with { Reason = "cell_without_value" };
        var table = cells.Sum()!.Value;
        reading = reading with { Table = table };
        return stated.Agrees(table) switch
        {
            true => reading with { Agrees = true },
            null => reading with { Reason = "approximate" },
            _ when certainty == Certainty.Doubtful => reading with { Reason = "scope" },
            _ when measure.IsLoose => reading with { Reason = "counted_otherwise" },
            _ => reading with { Agrees = false },
        };
    }

    /// <summary>
    /// Of one measure stated several times, all that differ from one that agrees are something else's number; the
    /// same statement twice is one.
    /// </summary>
    private static List<NarrativeReading> Settle(List<NarrativeReading> found)
    {
        var agreed = found.Where(reading => reading.Agrees == true).Select(reading => reading.Measure).ToHashSet();
        return
        [
            .. found
                .Select(reading => reading.Agrees == false && reading.Measure != PartsOfSums.Measure && agreed.Contains(reading.Measure)
                    ? reading with { Agrees = null, Reason = "stated_otherwise_too" }
                    : reading)
                .DistinctBy(reading => (reading.Measure, reading.Value, reading.Agrees, reading.Measure == PartsOfSums.Measure ? reading.Text : "")),
        ];
    }
}
