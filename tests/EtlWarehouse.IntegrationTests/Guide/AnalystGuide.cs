using System.Globalization;
using System.Text.RegularExpressions;

namespace EtlWarehouse.IntegrationTests.Guide;

/// <summary>One worked question of <c>docs/analyst-guide.zh-CN.md</c>.</summary>
/// <param name="Answer">What the guide says that <c>etl sql</c> prints.</param>
internal sealed record WorkedQuestion(int Number, string Title, string Sql, string Answer);

internal static partial class AnalystGuide
{
    [GeneratedRegex(@"^### (?<number>\d+)\. (?<title>[^\n]+)\n\n```sql\n(?<sql>.+?)```\n\n```text\n(?<answer>.+?)```\n", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Question();

    [GeneratedRegex("^### ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    public static IReadOnlyList<WorkedQuestion> Read()
    {
        var text = File.ReadAllText(Path.Combine(TestServer.Root, "docs", "analyst-guide.zh-CN.md"));
        var questions = Question().Matches(text)
            .Select(match => new WorkedQuestion(
                int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture), match.Groups["title"].Value, match.Groups["sql"].Value, match.Groups["answer"].Value))
            .ToList();
        Assert.That(questions, Has.Count.EqualTo(Heading().Count(text)), "each question has its number, its SQL and its answer, in this order");
        return questions;
    }
}
