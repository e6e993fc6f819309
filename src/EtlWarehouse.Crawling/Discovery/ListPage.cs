using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Crawling.Discovery;

/// <summary>One line of a list.</summary>
/// <param name="Title">The whole title, blanks folded.</param>
/// <param name="Date">As printed beside the link; null where none is.</param>
/// <param name="IsNamedByColumn">Whether the list holds annual reports on 政府信息公开 and nothing else, so that a title need not say it.</param>
public sealed record ListItem(Uri Url, string Title, DateOnly? Date, bool IsNamedByColumn = false)
{
    /// <summary>Why it is no annual report, see <see cref="ListedTitle.SkipReason"/>; null for one that is.</summary>
    public string? SkipReason => ListedTitle.SkipReason(Title, IsNamedByColumn);
}

/// <summary>What one answer of a list says.</summary>
/// <param name="Further">Requests of the other pages of the same list.</param>
/// <param name="SubLists">Requests of lists below it, e.g. one an agency. Only those of a list's first page count.</param>
/// <param name="DeclaredItems">The total that the list states; null where it states none.</param>
/// <param name="DeclaredPages">How many pages the list says it has; null where it does not.</param>
/// <param name="UnreadPaging">What shows that the list goes on in a way that has no address; null where nothing does.</param>
public sealed record ListPage(
    IReadOnlyList<ListItem> Items,
    IReadOnlyList<FetchRequest> Further,
    IReadOnlyList<FetchRequest> SubLists,
    int? DeclaredItems = null,
    int? DeclaredPages = null,
    string? UnreadPaging = null);

/// <summary>How one content system builds its lists.</summary>
public interface IListFamily
{
    /// <summary>The name a pipeline can demand it by.</summary>
    string Code { get; }

    bool Recognises(ListAnswer answer);

    /// <exception cref="FormatException">The answer is no list of this family.</exception>
    ListPage Read(ListAnswer answer);
}

/// <summary>The families this crawler knows, the most specific first.</summary>
public static class ListFamilies
{
    public static IReadOnlyList<IListFamily> All { get; } =
    [
        new JpaasColumn(), new FujianColumn(), new JsonCatalogue(), new HanwebPortal(), new HanwebColumn(), new InlineList(),
        new TrsStaticList(), new AnhuiColumn(), new VsbColumn(), new PagedColumn(),
    ];

    /// <param name="code">Of a family, or null to recognise it.</param>
    /// <exception cref="ArgumentException">No family has this code.</exception>
    public static IListFamily For(ListAnswer answer, string? code) => code is null
        ? All.First(family => family.Recognises(answer))
        : All.FirstOrDefault(family => family.Code == code)
            ?? throw new ArgumentException($"expected one of {string.Join(", ", All.Select(family => family.Code))}, found '{code}'", nameof(code));
}
