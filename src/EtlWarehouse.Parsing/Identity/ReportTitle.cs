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
        var printed = OneLine(line);
        var folded = CharacterFolding.FoldWithoutBlanks(printed).Trim('#', '*', '>', '"', '“', '”');
        if (folded.Length is < 8 or > LongestTitle || folded.Contains('。', StringComparison.Ordinal) || folded.Contains('《', StringComparison.Ordinal))
            return null;
        var words = KindWords().Match(folded);
        if (!words.Success)
            return null;

        var year = YearForm().Match(folded);
        var agency = folded[..words.Index] + folded[(words.Index + words.Length)..];
        agency = YearForm().Replace(agency, "", 1);
        agency = Margins().Replace(Corrected().Replace(agency, ""), "");
        // What is left behind a title in the head of a page: "_通知公告_某某网".
        agency = agency.Split('_', '|', '-', '—', '>')[0];
        return new ReportTitle(printed, agency.Length is < 2 or > 40 ? null : agency, year.Success ? YearOf(year) : null);
    }

    /// <summary>Why a title with the words of a report is none: explained, drawn, checked or sent, but not reported.</summary>
    public static string? LookAlike(string title)
    {
        var match = LookAlikeWords().Match(CharacterFolding.FoldWithoutBlanks(title));
        return match.Success ? match.Value : null;
    }

    /// <summary>Looks where titles stand: the page's own statement, its headings, its lines, its head.</summary>
    internal static ReportTitle? Find(DocumentContent document)
    {
        if (document.Metadata.TryGetValue("articletitle", out var stated) && TryRead(stated) is { Year: not null } fromMetadata)
            return Completed(fromMetadata, document);
        foreach (var heading in document.Blocks.OfType<LineBlock>().Where(line => line.IsHeading))
        {
            if (TryRead(heading.Text) is { } fromHeading)
                return Completed(fromHeading, document);
        }

        return FromLines([.. document.Blocks.OfType<LineBlock>().Where(line => !string.IsNullOrWhiteSpace(line.Text)).Select(line => line.Text)])
            ?? FromLines([.. document.Lines().Take(400).Where(line => !string.IsNullOrWhiteSpace(line))])
            ?? (document.PageTitle is { } page && TryRead(page) is { } fromHead ? fromHead : null);
    }

    // Headings on some sites say only "年度报告"; the head of the page or a line then says whose.
    private static ReportTitle Completed(ReportTitle title, DocumentContent document)
    {
        if (title.Agency is not null && title.Year is not null)
            return title;
        var full = document.Lines().Take(200).Append(document.PageTitle ?? "")
            .Select(TryRead)
            .FirstOrDefault(other => other is { Agency: not null, Year: not null } && (title.Year is null || other.Year == title.Year));
        return full ?? title;
    }

    /// <summary>A title may be spread over lines, the agency on the first.</summary>
    private static ReportTitle? FromLines(List<string> lines)
    {
        for (var index = 0; index < lines.Count; index++)
        {
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

                return title;
            }
        }

        return null;
    }

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
    [GeneratedRegex(@"(?:关于)?(?:政府|政务)?信息公开(?:工作)?的?(?=(?:20[0-9]{2}|二[〇零○]..)?年?度?(?:工作)?(?:报告|年报))|(?:政府|政务)?信息公开(?:工作)?(?:的)?(?:年度|年)(?:工作)?(?:报告|报)")]
    private static partial Regex KindWords();

    [GeneratedRegex("(?<y>20[0-9]{2}|二[〇零○][〇零○一二三四五六七八九]{2})年?度?")]
    private static partial Regex YearForm();

    [GeneratedRegex(@"\(?(?:更正|修订|修改|更新|全文|正式|文字|网络)版?\)?$|\((?:[^()]{0,12}版|全文|更正|修订)\)")]
    private static partial Regex Corrected();

    [GeneratedRegex(@"^(?:关于|度|的|年|[0-9]+[.、])+|(?:关于|的|年度报告|年度工作报告|度报告|年报|报告|工作|年度|度|年)+$")]
    private static partial Regex Margins();

    [GeneratedRegex("图解|一图读懂|解读|自查|的函$|通知$|工作要点|工作总结|情况统计|目录$|指南$|制度$|培训|考核")]
    private static partial Regex LookAlikeWords();

    [GeneratedRegex(@"[\s\u00A0\u3000]+")]
    private static partial Regex Blanks();
}
