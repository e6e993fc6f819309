using System.Globalization;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Identity;

/// <summary>The title of an annual report.</summary>
/// <param name="Text">As printed, on one line.</param>
/// <param name="Agency">Without year and the words of the kind; null where the title names none.</param>
/// <param name="Year">Null where the title states none.</param>
public sealed partial record ReportTitle(string Text, string? Agency, int? Year)
{
    /// <summary>Titles longer than this are sentences.</summary>
    private const int LongestTitle = 90;

    private const int LinesOfOneTitle = 3;

    /// <summary>Reads a title that stands on one line; null where the line is none.</summary>
    public static ReportTitle? TryRead(string line)
    {
        if (!MayBeTitle(line))
            return null;
        var printed = OneLine(line);
        var folded = CharacterFolding.FoldWithoutBlanks(printed).Trim('#', '*', '>', '"', '“', '”');
        if (folded.Length is < 8 or > LongestTitle || folded.Contains('。', StringComparison.Ordinal) || folded.Contains('《', StringComparison.Ordinal))
            return null;
        var words = KindWords().Match(folded);
        if (!words.Success)
            return null;

        var year = YearForm().Match(folded);
        var agency = folded[..words.Index] + folded[(words.Index + words.Length)..];
        // What follows a title in the head of a page: "_通知公告_某某网".
        agency = YearForm().Replace(agency.Split('_', '|', '-', '—', '>')[0], "", 1);
        agency = Margins().Replace(Corrected().Replace(agency, ""), "");
        return new ReportTitle(printed, agency.Length is < 2 or > 40 ? null : agency, year.Success ? YearOf(year) : null);
    }

    /// <summary>
    /// Looks where titles stand, in the order of trust: headings, lines, what the page states of itself, its head.
    /// The first with a year is the title; a column's name (政府信息公开年报) has none.
    /// </summary>
    internal static ReportTitle? Find(DocumentContent document)
    {
        var found = Candidates(document).ToList();
        var title = found.Find(candidate => candidate.Year is not null) ?? found.FirstOrDefault();
        // The last character may stand on a line of its own, and that line may be lost.
        if (title?.Text is { } cut && cut.EndsWith("年度报", StringComparison.Ordinal))
            title = found.Find(other => other.Text == cut + "告") ?? title;
        if (title is null or { Agency: not null })
            return title;

        // "2024年政府信息公开工作年度报告": whose it is, another line of the same year says.
        return found.Find(other => other.Agency is not null && other.Year == title.Year) ?? title;
    }

    private static IEnumerable<ReportTitle> Candidates(DocumentContent document)
    {
        var lines = document.Blocks.OfType<LineBlock>().Where(line => !string.IsNullOrWhiteSpace(line.Text) && !line.IsLink).ToList();
        var listed = Listed(lines);
        var last = lines.LastOrDefault(listed.Contains);
        lines.RemoveAll(listed.Contains);
        foreach (var title in FromLines([.. lines.Where(line => line.IsHeading).Select(line => line.Text)]))
            yield return title;
        foreach (var title in FromLines([.. lines.Select(line => line.Text)]))
            yield return title;
        // What the page states of itself is often another page's, or was never filled in.
        if (document.Metadata.TryGetValue("articletitle", out var stated) && TryRead(stated) is { } fromMetadata)
            yield return fromMetadata;
        if (document.PageTitle is { } page && TryRead(page) is { } fromHead)
            yield return fromHead;
        foreach (var row in document.Blocks.OfType<TableBlock>().SelectMany(table => table.Grid.Rows))
        {
            foreach (var cell in row)
            {
                if (TryRead(cell.Text) is { } title)
                    yield return title;
            }
        }

        // The report itself may begin right below a list.
        if (last is not null && TryRead(last.Text) is { } lastListed)
            yield return lastListed;
        // A title that links to itself, where nothing else is one.
        foreach (var line in document.Blocks.OfType<LineBlock>().Where(line => line.IsLink))
        {
            if (TryRead(line.Text) is { } title)
                yield return title;
        }
    }

    /// <summary>Titles of other reports: they stand one below the other, each with another year or name.</summary>
    private static HashSet<LineBlock> Listed(List<LineBlock> lines)
    {
        var listed = new HashSet<LineBlock>(ReferenceEqualityComparer.Instance);
        for (var index = 1; index < lines.Count; index++)
        {
            if (TryRead(lines[index].Text) is not { Year: not null, Agency: not null } title || TryRead(lines[index - 1].Text) is not { Year: not null, Agency: not null } above)
                continue;
            if (title.Year != above.Year || title.Agency != above.Agency)
                listed.UnionWith([lines[index - 1], lines[index]]);
        }

        return listed;
    }

    /// <summary>A title may be spread over lines, the agency on the first.</summary>
    private static IEnumerable<ReportTitle> FromLines(List<string> lines)
    {
        for (var index = 0; index < lines.Count; index++)
        {
            if (lines.FindIndex(index, Math.Min(LinesOfOneTitle, lines.Count - index), MayBeTitle) < 0)
                continue;
            var text = "";
            for (var more = 0; more < LinesOfOneTitle && index + more < lines.Count; more++)
            {
                if (lines[index + more].Length > LongestTitle)
                    break;
                text += lines[index + more].Trim();
                if (TryRead(text) is not { } title)
                    continue;
                // Lines in front that do not belong (page numbers, a date) are dropped as long as a name remains.
                for (var skipped = 1; skipped <= more; skipped++)
                {
                    if (TryRead(string.Concat(lines.Skip(index + skipped).Take(more - skipped + 1).Select(line => line.Trim()))) is { Agency: not null } shorter)
                        title = shorter;
                }

                // A line in front that is no agency's name (首页) was joined by mistake.
                if (more > 0 && title.Agency is not null && !AgencyEnding().IsMatch(title.Agency) && TryRead(lines[index + more]) is { } alone)
                    title = alone;
                index += more;
                if (title.Text.EndsWith("年度报", StringComparison.Ordinal) && index + 1 < lines.Count && lines[index + 1].Trim() == "告")
                    title = title with { Text = title.Text + lines[++index].Trim() };
                yield return title;
                break;
            }
        }
    }

    /// <summary>Few lines say 报告 or 年报.</summary>
    private static bool MayBeTitle(string line) => line.Contains('报', StringComparison.Ordinal);

    private static string OneLine(string line) =>
        Blanks().Replace(CharacterFolding.FoldRadicals(line), " ").Trim('#', ' ', '\uFEFF', '\u200B');

    private static int YearOf(Match match)
    {
        var digits = string.Concat(match.Groups["y"].Value.Select(character =>
            "〇零○一二三四五六七八九".IndexOf(character, StringComparison.Ordinal) switch
            {
                < 0 => character,
                < 3 => '0',
                var index => (char)('0' + index - 2),
            }));
        return int.Parse(digits, CultureInfo.InvariantCulture);
    }

    // The year may stand inside the words: 政府信息公开工作2017年度报告.
    [GeneratedRegex(@"(?:关于)?(?:政府|政务)?信息公开(?:工作)?的?(?=(?:20[0-9]{2}|二[〇零○]..)?年?度?(?:工作)?(?:报告|年报))|(?:政府|政务)?信息公开(?:工作)?告?(?:的)?(?:年度|年)(?:工作)?(?:报告|报)")]
    private static partial Regex KindWords();

    [GeneratedRegex("(?<y>20[0-9]{2}|二[〇零○][〇零○一二三四五六七八九]{2})年?度?")]
    private static partial Regex YearForm();

    [GeneratedRegex(@"\(?(?:更正|修订|修改|更新|全文|正式|文字|网络)版?\)?$|\((?:[^()]{0,12}版|全文|更正|修订)\)")]
    private static partial Regex Corrected();

    // Atomic: 年度 is also 年 and 度, and a line of forty of them could be taken apart in more ways than anyone can try.
    [GeneratedRegex(@"^(?:关于|度|的|年|[0-9]+[.、])+|(?>(?:关于|的|年度报告|年度工作报告|度报告|年报(?!告)|报告|工作|年度|度|年)+)$")]
    private static partial Regex Margins();

    [GeneratedRegex(@"(?:局|委|办|室|厅|府|院|会|中心|街道|处|署|站|队|社|所|关|行|部|区|镇|乡|分局)(?:\([^()]*\))?$")]
    private static partial Regex AgencyEnding();

    [GeneratedRegex(@"[\s\u00A0\u3000]+")]
    private static partial Regex Blanks();
}
