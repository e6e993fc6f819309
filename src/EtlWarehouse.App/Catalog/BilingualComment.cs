namespace EtlWarehouse.App.Catalog;

/// <summary>A comment of the database: Chinese, then a slash or a dot between blanks, then English.</summary>
internal readonly record struct BilingualComment(string Chinese, string English)
{
    private static readonly string[] Separators = [" / ", " · "];

    /// <summary>False unless the text has a part with Chinese characters and, behind it, one with Latin letters and none of these.</summary>
    public static bool TryRead(string? text, out BilingualComment comment)
    {
        var cut = Separators.Select(each => text?.IndexOf(each, StringComparison.Ordinal) ?? -1).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        comment = cut < 0 ? default : new BilingualComment(text![..cut], text[(cut + 3)..]);
        return cut >= 0 && comment.Chinese.Any(IsChinese) && comment.English.Any(char.IsAsciiLetter) && !comment.English.Any(IsChinese);
    }

    private static bool IsChinese(char character) => character is >= '\u4e00' and <= '\u9fff';
}
