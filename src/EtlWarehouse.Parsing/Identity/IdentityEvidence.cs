using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Identity;

/// <summary>What one place says, before it is held against the registers.</summary>
/// <param name="Code">See <see cref="IdentityWitness"/>.</param>
/// <param name="Said">As printed.</param>
/// <param name="Agency">Folded, without blanks; null where it names none.</param>
/// <param name="Year">The reporting year it states; null where it states none.</param>
/// <param name="Date">A day of publication.</param>
/// <param name="DivisionCode">Six digits, stated as such.</param>
internal sealed record Statement(
    string Code, string Said, string? Agency = null, int? Year = null, DateOnly? Date = null, string? DivisionCode = null);

/// <summary>Gathers all places of a document and around it that say whose report on which year it is.</summary>
internal static partial class IdentityEvidence
{
    private const int LastLines = 12;
    private const int LongestName = 30;
    private const int LongestSaid = 200;

    /// <param name="title">What the document was taken for by its own words; null where it has no title.</param>
    /// <param name="period">The year of the statistics period.</param>
    public static IReadOnlyList<Statement> Of(SourceDocument source, DocumentContent document, ReportTitle? title, int? period, AgencyPlaces places)
    {
        var said = new List<Statement>();
        void Add(string code, string? words, Func<string, Statement> read)
        {
            var line = Blanks().Replace(words ?? "", " ").Trim();
            if (line.Length > 0)
                said.Add(read(line.Length > LongestSaid ? line[..LongestSaid] : line) with { Code = code });
        }

        Statement Title(string line) => ReportTitle.TryRead(line) is { } read ? new Statement("", line, Named(read.Agency), read.Year) : new Statement("", line);
        Statement Name(string line) => new("", line, CharacterFolding.FoldWithoutBlanks(line) is var name && IsName(name, places) ? name : null);
        Statement Date(string line) => new("", line, Date: DateOf(line));

        Add("title", title?.Text, line => new Statement("", line, Named(title!.Agency), title.Year));
        Add("list.title", source.Place?.ListTitle, Title);
        Add("period", period?.ToString(CultureInfo.InvariantCulture), line => new Statement("", line, Year: period));
        if (document.ScannedPages.Count == 0)
        {
            Add("signature", Signature(document, places), Name);
            Add("publisher", Publisher(document), Name);
        }

        Add("meta.title", Filled(document, "articletitle"), Title);
        Add("meta.source", Filled(document, "contentsource"), Name);
        Add("meta.site", $"{Filled(document, "sitename")} {Filled(document, "siteidcode")}", line => new Statement("", line, DivisionCode: SiteCode().Match(line) is { Success: true } code ? code.Groups[1].Value : null));
        Add("meta.date", Filled(document, "pubdate"), Date);
        Add("url.date", UrlDate(source.Place?.PageUrl ?? source.Name), Date);
        Add("list.date", source.Place?.PublishedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Date);
        if (Host(source) is { } host)
            said.Add(new Statement("host", host));
        if (source.Place?.DivisionCode is { } division)
            said.Add(new Statement("site", $"{division} {source.Place.AgencyName}".Trim(), Named(source.Place.AgencyName), DivisionCode: division));
        else if (source.Place?.AgencyName is { } only)
            said.Add(new Statement("site", only, Named(only)));
        return said;
    }

    /// <summary>Whether a host is a government's, or one that the pipeline names; null where nothing was fetched.</summary>
    public static bool? IsTrusted(SourceDocument source) => Host(source) is not { } host || source.Place?.Hosts is not { } hosts
        ? null
        : host.EndsWith(".gov.cn", StringComparison.OrdinalIgnoreCase) || hosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    /// <summary>A name of somebody: 全市 and 我局 are nobody's.</summary>
    private static string? Named(string? agency) =>
        agency is null || CharacterFolding.FoldWithoutBlanks(agency) is not { Length: > 1 } name || Nobody().IsMatch(name) ? null : name;

    private static bool IsName(string folded, AgencyPlaces places) =>
        folded.Length is > 3 and <= LongestName && places.Kind(folded) is not null && !Punctuation().IsMatch(folded) && Named(folded) is not null;

    private static string? Filled(DocumentContent document, string name) =>
        document.Metadata.TryGetValue(name, out var value) && !NeverFilled().IsMatch(value.Trim()) ? value : null;

    /// <summary>The agency that signs: a line of its own, with the date behind it or in the next line.</summary>
    private static string? Signature(DocumentContent document, AgencyPlaces places)
    {
        var lines = document.Blocks.OfType<LineBlock>()
            .Where(line => !line.IsLink)
            .Select(line => CharacterFolding.FoldWithoutBlanks(line.Text))
            .Where(line => line.Length > 0)
            .TakeLast(LastLines)
            .ToList();
        for (var index = lines.Count - 1; index >= 0; index--)
        {
            var date = SignedDate().Match(lines[index]);
            if (!date.Success)
                continue;
            var name = date.Index > 0 ? lines[index][..date.Index] : index > 0 ? lines[index - 1] : "";
            if (IsName(name, places))
                return name;
        }

        return null;
    }

    /// <summary>What stands beside 发布机构 in the table or line above a report.</summary>
    private static string? Publisher(DocumentContent document)
    {
        foreach (var block in document.Blocks)
        {
            if (block is LineBlock line && PublisherLine().Match(CharacterFolding.FoldWithoutBlanks(line.Text)) is { Success: true } match)
                return match.Groups[1].Value;
            foreach (var row in (block as TableBlock)?.Grid.Rows ?? [])
            {
                for (var index = 0; index + 1 < row.Count; index++)
                {
                    if (PublisherLabel().IsMatch(CharacterFolding.FoldWithoutBlanks(row[index].Text)) && !string.IsNullOrWhiteSpace(row[index + 1].Text))
                        return row[index + 1].Text;
                }
            }
        }

        return null;
    }

    private static string? Host(SourceDocument source) =>
        Uri.TryCreate(source.Place?.PageUrl ?? source.Name, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address.Host : null;

    /// <summary>The day in an address, in the shapes that content systems give it.</summary>
    private static string? UrlDate(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && AddressDate().Match(address.AbsolutePath) is { Success: true } match
            ? $"{match.Groups["y"].Value}-{match.Groups["m"].Value}-{match.Groups["d"].Value}"
            : null;

    private static DateOnly? DateOf(string line)
    {
        var match = PrintedDate().Match(line);
        return match.Success && DateOnly.TryParseExact(
            $"{match.Groups[1].Value}-{match.Groups[2].Value}-{match.Groups[3].Value}", "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;
    }

    [GeneratedRegex(@"[\s\u00A0\u3000]+")]
    private static partial Regex Blanks();

    [GeneratedRegex("^(?:全|我|本)(?:省|市|州|盟|区|县|旗|局|厅|委|办|院|机关|单位|部门|系统|级).{0,2}$")]
    private static partial Regex Nobody();

    [GeneratedRegex("[,，。;；:：、《》?？!！]")]
    private static partial Regex Punctuation();

    // Templates print what should stand there.
    [GeneratedRegex(@"^(?:网站名称|网站域名|政府网站标识码|文章标题|标题|栏目名称|内容来源|来源|发布日期|发布时间|作者|无|null|undefined|[{<$\[].*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex NeverFilled();

    [GeneratedRegex("(?<![0-9])([0-9]{6})[0-9]{4}(?![0-9])")]
    private static partial Regex SiteCode();

    [GeneratedRegex("20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日$")]
    private static partial Regex SignedDate();

    [GeneratedRegex("^(?:发布机构|发文机关|发布单位|公开主体|公开机构)[:：](.+)$")]
    private static partial Regex PublisherLine();

    [GeneratedRegex("^(?:发布机构|发文机关|发布单位|公开主体|公开机构)[:：]?$")]
    private static partial Regex PublisherLabel();

    [GeneratedRegex(@"/t(?<y>20[0-9]{2})(?<m>[01][0-9])(?<d>[0-3][0-9])_[0-9]+\.|/(?<y>20[0-9]{2})/(?<m>[0-9]{1,2})/(?<d>[0-9]{1,2})/|/(?<y>20[0-9]{2})-?(?<m>[01][0-9])[-/]?(?<d>[0-3][0-9])[0-9]{0,12}/")]
    private static partial Regex AddressDate();

    [GeneratedRegex("(20[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})")]
    private static partial Regex PrintedDate();
}
