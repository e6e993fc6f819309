using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Identity;

/// <summary>Dates that a report states about itself.</summary>
internal static partial class ReportDates
{
    private const int LastLines = 12;

    /// <summary>The year of the statistics period (自2024年1月1日至2024年12月31日); null where none is stated.</summary>
    public static int? PeriodYear(DocumentContent document)
    {
        foreach (var line in document.Blocks.OfType<LineBlock>())
        {
            if (!line.Text.Contains('至', StringComparison.Ordinal) && !line.Text.Contains('1', StringComparison.Ordinal))
                continue;
            var match = Period().Match(CharacterFolding.FoldWithoutBlanks(line.Text));
            if (match.Success && match.Groups["to"].Value is "" or { Length: 4 } && match.Success)
                return int.Parse(match.Groups["from"].Value, CultureInfo.InvariantCulture);
        }

        return null;
    }

    /// <summary>The statistics period as printed where it is stated and is not one whole year; null otherwise.</summary>
    public static string? OddPeriod(DocumentContent document)
    {
        if (PeriodYear(document) is not null)
            return null;
        return document.Blocks.OfType<LineBlock>()
            .Select(line => CharacterFolding.FoldWithoutBlanks(line.Text))
            .Where(line => line.Contains("统计", StringComparison.Ordinal))
            .Select(line => AnyPeriod().Match(line))
            .FirstOrDefault(match => match.Success)?.Value;
    }

    /// <summary>When it was published: the page's metadata, its words 发布日期, or the date under the signature.</summary>
    /// <param name="year">The reporting year; a report cannot be published before it ends.</param>
    public static DateOnly? Published(DocumentContent document, int year)
    {
        if (document.Metadata.TryGetValue("pubdate", out var stated) && Find(stated, year) is { } fromMetadata)
            return fromMetadata;
        foreach (var line in document.Lines())
        {
            if (line.Length > 400)
                continue;
            var match = Stated().Match(CharacterFolding.FoldWithoutBlanks(line));
            if (match.Success && Find(match.Groups["d"].Value, year) is { } fromWords)
                return fromWords;
        }

        return document.Blocks.OfType<LineBlock>()
            .Select(line => CharacterFolding.FoldWithoutBlanks(line.Text))
            .Where(line => line.Length > 0)
            .TakeLast(LastLines)
            .Reverse()
            .Where(line => Signature().IsMatch(line))
            .Select(line => Find(line, year))
            .FirstOrDefault(date => date is not null);
    }

    private static DateOnly? Find(string printed, int year)
    {
        var match = Date().Match(CharacterFolding.FoldWithoutBlanks(printed));
        if (!match.Success)
            return null;
        var text = $"{match.Groups["y"].Value}-{match.Groups["m"].Value}-{match.Groups["d"].Value}";
        return DateOnly.TryParseExact(text, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year > year
            ? date
            : null;
    }

    [GeneratedRegex(@"(?<from>20[0-9]{2})年1月1日(?:起)?[,，]?(?:至|到|-|—|~)(?<to>20[0-9]{2})?年?12月31日")]
    private static partial Regex Period();

    [GeneratedRegex(@"20[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:起)?[,，]?(?:至|到|-|—|~)(?:20[0-9]{2}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?")]
    private static partial Regex AnyPeriod();

    [GeneratedRegex(@"(?<y>20[0-9]{2})[-/.年](?<m>[0-9]{1,2})[-/.月](?<d>[0-9]{1,2})")]
    private static partial Regex Date();

    [GeneratedRegex(@"(?:发布|发文|公开|成文|生成|印发)(?:日期|时间)[:：]?(?<d>20[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2})")]
    private static partial Regex Stated();

    [GeneratedRegex(@"^20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日$")]
    private static partial Regex Signature();
}
