namespace EtlWarehouse.GoldSet.Composition;

public enum GroupLabels
{
    /// <summary>One cell over all rows of the group.</summary>
    Spanned,

    /// <summary>Printed again in every row.</summary>
    Repeated,

    /// <summary>In the first row, empty cells below it.</summary>
    Once,
}

public enum LabelStyle
{
    Official,
    Variants,
    Radicals,
    HalfWidth,
    Spaced,
    Broken,
}

public enum NumberStyle
{
    Plain,
    FullWidth,
    Thousands,
    Units,
}

/// <summary>One way in which agencies set the form; a new one is a line in <see cref="All"/>.</summary>
/// <param name="IsOneDisclosureTable">Section two is one table, whose spans change from part to part.</param>
/// <param name="IsSplit">The long table goes on in a second one behind a page number, its group's label repeated.</param>
/// <param name="HeaderTwice">The header stands again where the table goes on.</param>
/// <param name="EmptyHeaderCells">Empty cells in the header where the form has cells over several rows.</param>
/// <param name="IsNested">Within a table that only lays out the page, behind a table of metadata.</param>
/// <param name="VerticalGroups">One character of a group's label a line.</param>
/// <param name="LyingSpans">Spans that reach beyond their table, and headers wider than the values below them.</param>
/// <param name="Displaced">Some labels stand in the column of the groups.</param>
/// <param name="IsMixed">Rows and columns of two forms: （六） undivided, no 规章, columns of 2019, a year of another form.</param>
/// <param name="Gaps">Of 100 values, how many are blank or a dash.</param>
/// <param name="WrongSums">Of 100 sums, how many are published wrong.</param>
public sealed record GoldLayout(
    string Name,
    GroupLabels Groups = GroupLabels.Spanned,
    LabelStyle Labels = LabelStyle.Official,
    NumberStyle Numbers = NumberStyle.Plain,
    bool IsOneDisclosureTable = false,
    bool IsSplit = false,
    bool HeaderTwice = false,
    bool EmptyHeaderCells = false,
    bool IsNested = false,
    bool VerticalGroups = false,
    bool LyingSpans = false,
    bool Displaced = false,
    bool IsMixed = false,
    int Gaps = 0,
    int WrongSums = 0)
{
    /// <summary>As in the official notice; pasted from a word processor; over two pages; in a site's template; by hand; a mix of forms; with odd numbers.</summary>
    public static readonly IReadOnlyList<GoldLayout> All =
    [
        new("official"),
        new("pasted", Labels: LabelStyle.Broken, IsOneDisclosureTable: true, VerticalGroups: true, Gaps: 8),
        new("split", Groups: GroupLabels.Repeated, Labels: LabelStyle.HalfWidth, IsSplit: true, HeaderTwice: true, Numbers: NumberStyle.Thousands),
        new("nested", Labels: LabelStyle.Spaced, IsNested: true, IsOneDisclosureTable: true, LyingSpans: true, WrongSums: 6),
        new("sloppy", Groups: GroupLabels.Once, Labels: LabelStyle.Variants, EmptyHeaderCells: true, Displaced: true, Gaps: 5),
        new("mixed", Labels: LabelStyle.Radicals, IsMixed: true),
        new("numbers", Groups: GroupLabels.Once, Numbers: NumberStyle.Units, Gaps: 12, IsSplit: true),
        new("wide", Groups: GroupLabels.Repeated, Numbers: NumberStyle.FullWidth, Labels: LabelStyle.Variants, LyingSpans: true, IsOneDisclosureTable: true),
    ];
}
