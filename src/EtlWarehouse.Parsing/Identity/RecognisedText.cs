using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Identity;

/// <summary>What may be taken from prose that was recognised in a picture: only what the document says in two ways.</summary>
internal static partial class RecognisedText
{
    /// <summary>Why the reporting year is not certain; null where it is.</summary>
    /// <remarks>A year that is misread puts all numbers in another year: it is taken only if title and period state the same one,
    /// or where one of them is not found if the document names the year in three places and the next or last one more seldom.</remarks>
    public static string? DoubtOfYear(DocumentContent document, int? title, int? period, int year)
    {
        if (document.ScannedPages.Count == 0 || (title == year && period == year))
            return null;
        if (title is not null && period is not null)
            return string.Create(CultureInfo.InvariantCulture, $"expected one reporting year in the scan, recognised {title} in the title and {period} in the statistics period");
        var named = document.Lines()
            .SelectMany(line => Years().Matches(CharacterFolding.FoldWithoutBlanks(line)))
            .CountBy(match => int.Parse(match.Value, CultureInfo.InvariantCulture))
            .ToDictionary();
        var count = named.GetValueOrDefault(year);
        return count >= 3 && named.All(other => other.Key == year || other.Value < count)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"expected the reporting year in title and statistics period of the scan, recognised {year} in one of them and {count} times in all");
    }

    /// <summary>Of numbers that were recognised in prose only those that the table confirms keep their value.</summary>
    public static IReadOnlyList<NarrativeReading> Narrative(DocumentContent document, IReadOnlyList<NarrativeReading> stated) =>
        document.ScannedPages.Count == 0
            ? stated
            : [.. stated.Select(reading => reading.Agrees == true ? reading : reading with { Value = null, Agrees = null, Table = null, Reason = "recognised" })];

    [GeneratedRegex("20[0-9]{2}(?=年)")]
    private static partial Regex Years();
}
