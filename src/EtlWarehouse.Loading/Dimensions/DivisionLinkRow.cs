using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Loading.Dimensions;

/// <summary>One step of a division's history: <paramref name="To"/> took over from <paramref name="From"/> at the end of the year.</summary>
/// <param name="Kind"><c>renamed</c>, <c>recoded</c>, <c>merged</c>, <c>split</c>, or <c>ceded</c> where only a part went.</param>
internal sealed record DivisionLinkRow(Division From, Division To, int Year, string Kind)
{
    /// <summary>The steps of a register. A successor that is in no register at that time makes no step.</summary>
    public static IEnumerable<DivisionLinkRow> All(IReadOnlyCollection<Division> divisions)
    {
        var byCode = divisions.ToLookup(division => division.Code);
        var steps = divisions.Where(division => division.ToYear is not null)
            .SelectMany(division => Successors(division, byCode).Distinct().Select(to => (From: division, To: to, Year: division.ToYear!.Value)))
            .ToList();
        var shares = steps.ToLookup(step => step.From);
        var sources = steps.ToLookup(step => (step.To, step.Year));
        foreach (var (from, to, year) in steps)
            yield return new DivisionLinkRow(from, to, year, KindOf(from, to, year, shares[from].Count(), sources[(to, year)].Count()));

        foreach (var from in divisions)
        {
            foreach (var cession in from.Cessions.Distinct())
            {
                if (InForce(byCode[cession.Code], cession.Year) is { } to)
                    yield return new DivisionLinkRow(from, to, cession.Year, "ceded");
            }
        }
    }

    private static string KindOf(Division from, Division to, int year, int shares, int sources) =>
        shares > 1 ? "split"
        : sources > 1 || to.FromYear < year ? "merged"
        : from.Code == to.Code ? "renamed"
        : "recoded";

    private static IEnumerable<Division> Successors(Division division, ILookup<string, Division> byCode)
    {
        var year = division.ToYear!.Value;
        if (division.Successors.Count > 0)
            return InForce(division.Successors, byCode, year);
        if (InForce(byCode[division.Code], year) is { } renamed)
            return [renamed];
        // The register gives prefectures no successors; they stand where their counties went.
        return division.Level == "prefecture"
            ? InForce(
                byCode.SelectMany(versions => versions)
                    .Where(county => county.Level == "county" && county.ToYear == year && PrefectureCode(county.Code) == division.Code)
                    .SelectMany(county => county.Successors)
                    .Select(PrefectureCode),
                byCode, year)
            : [];
    }

    private static string PrefectureCode(string county) => string.Concat(county.AsSpan(0, 4), "00");

    private static IEnumerable<Division> InForce(IEnumerable<string> codes, ILookup<string, Division> byCode, int year) =>
        codes.Select(code => InForce(byCode[code], year)).OfType<Division>();

    private static Division? InForce(IEnumerable<Division> versions, int year) =>
        versions.FirstOrDefault(version => version.FromYear <= year && (version.ToYear is null || version.ToYear > year));
}
