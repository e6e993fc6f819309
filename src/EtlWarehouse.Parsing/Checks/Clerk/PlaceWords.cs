using System.Text.RegularExpressions;

namespace EtlWarehouse.Parsing.Checks.Clerk;

/// <summary>Says in Chinese where in a file a locator points to.</summary>
public static partial class PlaceWords
{
    /// <returns>E.g. <c>第 2 页第 1 个表格第 4 行第 3 列</c>; null where counting would not help to find it, as among the paragraphs of a page.</returns>
    public static string? Of(string? locator)
    {
        if (locator is null)
            return null;
        var file = locator.LastIndexOf('!') is >= 0 and var end ? $"文件 {locator[..end]} " : "";
        var words = string.Concat(Steps().Matches(locator[(locator.LastIndexOf('!') + 1)..]).Select(step => step.Groups["what"].Value switch
        {
            "page" => $"第 {step.Groups["n"].Value} 页",
            "sheet" => $"第 {step.Groups["n"].Value} 张工作表",
            "table" => $"第 {step.Groups["n"].Value} 个表格",
            "line" => $"第 {step.Groups["n"].Value} 行",
            "r" => $"第 {step.Groups["n"].Value} 行",
            "c" => $"第 {step.Groups["n"].Value} 列",
            "v" => $"第 {step.Groups["n"].Value} 个数",
            "f" => $"第 {step.Groups["n"].Value} 栏",
            _ => "",
        }));
        return words.Length == 0 ? null : file + words;
    }

    [GeneratedRegex(@"(?<what>page|sheet|table|line)\[(?<n>[0-9]+)\]|(?<=[/0-9])(?<what>[rcvf])(?<n>[0-9]+)")]
    private static partial Regex Steps();
}
