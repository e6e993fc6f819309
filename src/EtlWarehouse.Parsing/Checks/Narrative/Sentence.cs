using System.Text;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Checks.Narrative;

/// <summary>One sentence of a section, folded and without blanks, that knows where each character is printed.</summary>
/// <param name="Topic">The last numbered heading before it, e.g. <c>(二)依申请公开</c>; empty before the first.</param>
internal sealed partial record Sentence(string Text, string Topic, ReportSection Section, IReadOnlyList<int> Origins)
{
    private const int LongestHeading = 24;

    /// <summary>Sections that hold a table too; there, only lines with the marks of prose are read.</summary>
    private static readonly HashSet<string> WithTables = ["disclosure", "requests", "remedies"];

    /// <summary>The words as printed, without line breaks and blanks.</summary>
    public string Printed(int start, int length)
    {
        var (from, to) = (Origins[start], Origins[start + length - 1]);
        return string.Concat(Section.Text[from..(to + 1)].Where(character => !CharacterFolding.IsBlank(character)));
    }

    public string Locator(int start)
    {
        var line = Section.Text.AsSpan(0, Origins[start]).Count('\n');
        return line < Section.LineLocators.Count ? Section.LineLocators[line] : Section.Locator;
    }

    /// <summary>The words around a place up to the nearest commas.</summary>
    public string Clause(int start, int length)
    {
        var from = Text.AsSpan(0, start).LastIndexOfAny(',', ':', '(') + 1;
        return Text[from..(start + length)];
    }

    public static IReadOnlyList<Sentence> Of(ReportSection section)
    {
        var sentences = new List<Sentence>();
        var text = new StringBuilder();
        var origins = new List<int>();
        var topic = "";

        void Flush()
        {
            if (text.Length > 0)
            {
                var sentence = new Sentence(text.ToString(), topic, section, [.. origins]);
                if (Numbered().IsMatch(sentence.Text))
                    topic = sentence.Text[..Math.Min(sentence.Text.Length, LongestHeading)];
                sentences.Add(sentence with { Topic = topic });
            }

            text.Clear();
            origins.Clear();
        }

        var start = 0;
        for (var line = 0; start < section.Text.Length; line++)
        {
            var end = section.Text.IndexOf('\n', start) is >= 0 and var found ? found : section.Text.Length;
            var lineOrigins = new List<int>();
            var folded = CharacterFolding.FoldWithoutBlanks(section.Text, start, end - start, lineOrigins);
            var isHeading = folded.Length <= LongestHeading && Numbered().IsMatch(folded) && !folded.Contains(',', StringComparison.Ordinal);
            if (isHeading || (WithTables.Contains(section.Code) && !LooksLikeProse(folded)))
                Flush();
            if (!WithTables.Contains(section.Code) || LooksLikeProse(folded) || isHeading)
            {
                for (var index = 0; index < folded.Length; index++)
                {
                    text.Append(folded[index]);
                    origins.Add(lineOrigins[index]);
                    if (folded[index] is '。' or ';' or '!' or '?')
                        Flush();
                }
            }

            // A line of a text or PDF may be a piece of a paragraph, a block of a page or a Word file is a whole one.
            var isParagraph = line < section.LineLocators.Count && !section.LineLocators[line].Contains("line[", StringComparison.Ordinal);
            if (isHeading || isParagraph)
                Flush();
            start = end + 1;
        }

        Flush();
        return sentences;
    }

    private static bool LooksLikeProse(string line) =>
        line.Length >= 10 && (line.Contains('。', StringComparison.Ordinal) || line.Contains(',', StringComparison.Ordinal) || line.Contains(';', StringComparison.Ordinal))
        && !line.Contains("勾稽", StringComparison.Ordinal) && !line.Contains("不再处理其", StringComparison.Ordinal);

    [GeneratedRegex(@"^\(?[一二三四五六七八九十0-9]{1,2}(?:\)|[、.](?![0-9]))")]
    private static partial Regex Numbered();
}
