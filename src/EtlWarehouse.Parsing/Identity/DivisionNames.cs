using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Parsing.Identity;

/// <summary>The register of divisions by name and code, over all years.</summary>
internal sealed class DivisionNames
{
    private static readonly string[] Peoples =
    [
        "维吾尔", "哈萨克", "柯尔克孜", "塔吉克", "锡伯", "蒙古族", "蒙古", "朝鲜族", "土家族", "布依族", "哈尼族", "拉祜族", "东乡族", "纳西族", "景颇族",
        "达斡尔族", "仫佬族", "布朗族", "撒拉族", "毛南族", "仡佬族", "鄂温克族", "保安族", "独龙族", "鄂伦春", "普米族", "裕固族", "傈僳族", "各族",
        "回族", "藏族", "苗族", "彝族", "壮族", "满族", "侗族", "瑶族", "白族", "傣族", "黎族", "佤族", "畲族", "水族", "土族", "羌族", "怒族",
    ];

    private static readonly Dictionary<string, string> Provinces = new()
    {
        ["内蒙古自治区"] = "内蒙古", ["广西壮族自治区"] = "广西", ["西藏自治区"] = "西藏", ["宁夏回族自治区"] = "宁夏", ["新疆维吾尔自治区"] = "新疆",
    };

    private readonly ILookup<string, Division> byName;
    private readonly ILookup<string, Division> byStem;
    private readonly ILookup<string, Division> byCode;
    private readonly ILookup<string, Division> bySuccessor;
    private readonly int longest;

    public DivisionNames(IReadOnlyList<Division> divisions)
    {
        byName = divisions.SelectMany(division => Names(division).Select(name => (name, division))).ToLookup(pair => pair.name, pair => pair.division);
        byStem = divisions.Where(division => Stem(division) is not null).ToLookup(division => Stem(division)!);
        byCode = divisions.ToLookup(division => division.Code);
        bySuccessor = divisions.SelectMany(division => division.Successors.Select(code => (code, division))).ToLookup(pair => pair.code, pair => pair.division);
        longest = divisions.Max(division => division.Name.Length);
    }

    public static bool InForce(Division division, int year) =>
        division.FromYear <= year && (division.ToYear is null || division.ToYear > year);

    /// <summary>The name without 市, 区, 县 and the like, at least two characters; null for names that are no name without it.</summary>
    public static string? Stem(Division division) =>
        division.Name.Length > 2 && "省市区县旗盟".Contains(division.Name[^1], StringComparison.Ordinal) && !division.Name.Contains("自治", StringComparison.Ordinal)
            ? division.Name[..^1]
            : Provinces.GetValueOrDefault(division.Name);

    /// <summary>The divisions of the longest name, or short name, that the text begins with.</summary>
    /// <param name="year">Only those in force at its end; null for all that ever were.</param>
    public (string Name, List<Division> Divisions) Longest(string text, int? year, IReadOnlyList<Division> within) =>
        Longest(byName, text, 2, division => (year is null || InForce(division, year.Value)) && (within.Count == 0 || within.Any(outer => outer != division && IsWithin(division, outer))));

    /// <summary>The same by names without 市, 区, 县.</summary>
    public (string Name, List<Division> Divisions) LongestStem(string text, int year) => Longest(byStem, text, 2, division => InForce(division, year));

    /// <summary>Divisions of a county's name, with or without its last character, in a prefecture or province.</summary>
    public List<Division> Counties(string name, Division within, int year) =>
        [.. byName[name].Concat(byStem[name]).Distinct().Where(division => division.Level == "county" && InForce(division, year) && IsWithin(division, within))];

    public bool HasCounties(Division prefecture, int year) =>
        byCode.Any(code => code.Any(division => division.Level == "county" && InForce(division, year) && IsWithin(division, prefecture)));

    public Division? Prefecture(Division county, int year) =>
        byCode[county.Code[..4] + "00"].Concat(byName[county.Prefecture ?? ""]).FirstOrDefault(division => division.Level == "prefecture" && InForce(division, year) && IsWithin(county, division));

    public Division? InForceAt(string code, int year) => byCode[code].FirstOrDefault(division => InForce(division, year));

    /// <summary>What the division of a code was or became at the end of a year: several where it was put together or taken apart.</summary>
    public List<Division> At(string code, int year) => [.. byCode[code].SelectMany(version => At(version, year)).Distinct()];

    /// <inheritdoc cref="At(string, int)"/>
    public List<Division> At(Division version, int year)
    {
        if (InForce(version, year))
            return [version];
        // Forward along the successors, or back along those whose successor it is: a new name of the same code comes before what was joined to it.
        var earlier = Former(version).ToList();
        if (earlier.Exists(former => former.Code == version.Code))
            earlier.RemoveAll(former => former.Code != version.Code);
        return version.FromYear > year
            ? [.. earlier.SelectMany(former => At(former, year)).Distinct()]
            : [.. version.Successors.SelectMany(code => byCode[code]).Where(later => later.FromYear == version.ToYear).SelectMany(later => At(later, year)).Distinct()];
    }

    /// <summary>Whether one is the other or holds it, now or in what it was or became.</summary>
    public bool AreRelated(Division division, string siteCode, int year) =>
        At(siteCode, year).Concat(byCode[siteCode]).Any(site => IsWithin(division, site) || IsWithin(site, division))
        // A county that went to another prefecture stands on the site of the new one.
        || byCode[siteCode].SelectMany(Former).Where(former => former.Code != siteCode).Any(former => IsWithin(former, division) || IsWithin(division, former));

    public static bool IsWithin(Division inner, Division outer) => outer.Level switch
    {
        "province" => inner.Code.AsSpan(0, 2).SequenceEqual(outer.Code.AsSpan(0, 2)) || inner.Province == outer.Name,
        "prefecture" => inner.Code.AsSpan(0, 4).SequenceEqual(outer.Code.AsSpan(0, 4)) || (inner.Prefecture == outer.Name && inner.Province == outer.Province),
        _ => inner.Code == outer.Code,
    };

    private IEnumerable<Division> Former(Division version) => bySuccessor[version.Code].Where(earlier => earlier.ToYear == version.FromYear);

    private (string, List<Division>) Longest(ILookup<string, Division> names, string text, int shortest, Func<Division, bool> fits)
    {
        for (var length = Math.Min(longest, text.Length); length >= shortest; length--)
        {
            var named = names[text[..length]].Where(fits).Distinct().ToList();
            if (named.Count > 0)
                return (text[..length], named);
        }

        return ("", []);
    }

    private static IEnumerable<string> Names(Division division)
    {
        yield return division.Name;
        if (Provinces.TryGetValue(division.Name, out var province))
            yield return province;
        foreach (var ending in new[] { "自治州", "自治县", "自治旗" })
        {
            if (!division.Name.EndsWith(ending, StringComparison.Ordinal))
                continue;
            var stem = division.Name[..^3];
            while (Array.Find(Peoples, people => stem.EndsWith(people, StringComparison.Ordinal)) is { } people)
                stem = stem[..^people.Length];
            if (stem.Length > 1)
                yield return stem + ending[^1];
        }
    }
}
