using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Parsing.Identity;

/// <summary>Where an agency stands and what it is.</summary>
/// <param name="Division">In force at the end of the reporting year; null where the name holds no place or one that several places share.</param>
/// <param name="Body">The name without the place; <see cref="AgencyPlaces.PlaceMark"/> where the place stands inside it.</param>
/// <param name="Candidates">The divisions that share the name, where that is why none was chosen.</param>
/// <param name="Review">Why none was chosen, e.g. <c>division.ambiguous</c>; null where one was.</param>
public sealed record AgencyPlace(Division? Division, string Body, IReadOnlyList<Division> Candidates, string? Review = null);

/// <summary>Finds the division in an agency's name by the register of the reporting year, and its kind by the name's ending.</summary>
public sealed partial class AgencyPlaces
{
    /// <summary>Stands in a body for the place inside it: 国家税务总局～税务局, 洛阳市生态环境局～分局.</summary>
    public const char PlaceMark = '～';

    private static readonly string[] Heads =
        ["国家税务总局", "中国人民银行", "国家统计局", "国家金融监督管理总局", "国家外汇管理局", "国家矿山安全监察局", "中国银行保险监督管理委员会"];

    private readonly DivisionNames divisions;
    private readonly List<(string Name, AgencyKind Kind)> kinds;

    public AgencyPlaces(ReferenceData reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        divisions = new DivisionNames(reference.Divisions);
        kinds = [.. reference.AgencyKinds.SelectMany(kind => kind.Names.Select(name => (name, kind))).OrderByDescending(pair => pair.name.Length)];
    }

    /// <param name="agency">Folded, without blanks.</param>
    /// <param name="siteDivision">Six digits of the site's division; places a name that several places share, or that has none.</param>
    public AgencyPlace Find(string agency, int year, string? siteDivision)
    {
        ArgumentNullException.ThrowIfNull(agency);
        var name = agency.StartsWith("中华人民共和国", StringComparison.Ordinal) ? agency["中华人民共和国".Length..] : agency;
        var head = Array.Find(Heads, head => name.StartsWith(head, StringComparison.Ordinal) && name.Length > head.Length) ?? "";
        var rest = name[head.Length..];

        List<Division> found = [];
        while (divisions.Longest(rest, year, found) is { Divisions.Count: > 0 } next && !IsWordOfTheBody(rest, next.Name))
        {
            found = next.Divisions;
            rest = rest[next.Name.Length..];
        }

        if (found.Count == 0 && IsVertical(head, rest) && divisions.LongestStem(rest, year) is { Divisions.Count: > 0 } stem)
            (found, rest) = (stem.Divisions, rest[stem.Name.Length..]);
        if (found.Count == 0)
            return WithoutPlace(agency, head, rest, year, siteDivision);
        // The name is the whole place: "淄博市" alone is no agency.
        if (rest.Length == 0)
            return new AgencyPlace(null, agency, [], "agency.is_place");

        var body = head.Length > 0 ? $"{head}{PlaceMark}{rest}" : rest;
        var near = siteDivision is null ? found : found.FindAll(division => divisions.AreRelated(division, siteDivision, year));
        if (near.Count == 0)
            return OfFormerName(agency, head, year, siteDivision!) ?? new AgencyPlace(null, body, found, "division.contradicted");
        if (near.Count > 1)
            return new AgencyPlace(null, body, near, "division.ambiguous");
        var place = WithBody(near[0], body, year);
        // 洛阳市偃师市司法局: what follows the city was in force in another year.
        return place.Review == "division.unknown" && siteDivision is not null ? OfFormerName(agency, head, year, siteDivision) ?? place : place;
    }

    /// <summary>Code of the kind whose name the body ends with, the longest such; null where none does.</summary>
    public string? Kind(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return KindOf(body)?.Kind.Code;
    }

    /// <summary>Whether one of two agencies is the other's government or its office: both sign for each other.</summary>
    internal static bool IsGovernment(string? kind) => kind is "people_government" or "government_office";

    /// <summary>The divisions whose names end right before a body in a text, e.g. those that its 司法局 belong to.</summary>
    internal List<Division> Before(string text, int index, int year)
    {
        for (var start = Math.Max(0, index - 12); start < index - 1; start++)
        {
            if (divisions.Longest(text[start..index], year, []) is { Divisions.Count: > 0 } named && start + named.Name.Length == index)
                return named.Divisions;
        }

        return [];
    }

    /// <summary>The division of a code that was in force at the end of a year; null where none was.</summary>
    public Division? At(string code, int year) => divisions.InForceAt(code, year);

    internal bool AreRelated(Division division, string code, int year) => divisions.AreRelated(division, code, year);

    private (string Name, AgencyKind Kind)? KindOf(string body)
    {
        var bracket = body.IndexOf('(', StringComparison.Ordinal);
        var name = bracket > 1 ? body[..bracket] : body;
        if (name.EndsWith($"{PlaceMark}分局", StringComparison.Ordinal))
            name = name[..^3];
        var kind = kinds.Find(pair => name.EndsWith(pair.Name, StringComparison.Ordinal));
        if (kind.Kind is null)
            kind = kinds.Find(pair => pair.Kind.IsVertical && name.StartsWith(pair.Name, StringComparison.Ordinal) && name.Length > pair.Name.Length);
        return kind.Kind is null ? null : kind;
    }

    /// <summary>西藏路街道 is in no 西藏, and 新疆生产建设兵团 has no code.</summary>
    private bool IsWordOfTheBody(string rest, string name) =>
        name is "内蒙古" or "广西" or "西藏" or "宁夏" or "新疆"
        && divisions.Longest(rest[name.Length..], null, []).Divisions.Count == 0
        && Leftover(rest[name.Length..]) is not "";

    /// <summary>Bodies with a head office of their own name the place without 市 or 县: 洛阳调查队, 郑州海关.</summary>
    private bool IsVertical(string head, string rest) => head.Length > 0 || KindOf(rest)?.Kind is { IsVertical: true };

    private AgencyPlace WithoutPlace(string agency, string head, string rest, int year, string? siteDivision)
    {
        var body = head.Length > 0 ? $"{head}{PlaceMark}{rest}" : rest;
        if (siteDivision is not null && OfFormerName(agency, head, year, siteDivision) is { } former)
            return former;
        if (divisions.Longest(rest, null, []) is { Divisions.Count: > 0, Name.Length: > 2 } other && !IsWordOfTheBody(rest, other.Name))
            return new AgencyPlace(null, body, [], "division.not_in_force");
        if (Zone().IsMatch(Leftover(rest) ?? rest))
            return new AgencyPlace(null, body, [], "division.zone");
        var sites = siteDivision is null ? [] : divisions.At(siteDivision, year);
        if (sites.Count != 1 || head.Length > 0)
            return new AgencyPlace(null, body, [], "division.unknown");

        var site = sites[0];
        // "区司法局" on a district's site is the district's; on a city's site nobody knows which district's.
        if (Level().Match(rest) is { Success: true } level && Leftover(rest[level.Length..]) is "")
        {
            return site.Name.EndsWith(level.Value, StringComparison.Ordinal)
                ? WithBody(site, rest[level.Length..], year)
                : new AgencyPlace(null, body, [], "division.unknown");
        }

        if (Branch().Match(rest) is { Success: true })
            return WithBody(site, rest, year);
        if (divisions.LongestStem(rest, year) is { Divisions.Count: > 0 } stem)
        {
            if (stem.Divisions.Contains(site))
                return WithBody(site, rest[stem.Name.Length..], year);
            // Streets, and so 街道, are called after other places: 西藏路街道办事处.
            if (KindOf(rest)?.Kind.Code is not ("township" or "subdistrict"))
                return new AgencyPlace(null, body, [], "division.unknown");
        }

        // Words of a menu in front of a title are nobody's name.
        return KindOf(rest) is not null || BodyEnding().IsMatch(rest) ? WithBody(site, rest, year) : new AgencyPlace(null, body, [], "agency.unnamed");
    }

    /// <summary>A name that was not in force at the end of the year, such as 偃师市 in 2021, where the site says which place is meant.</summary>
    private AgencyPlace? OfFormerName(string agency, string head, int year, string siteDivision)
    {
        var rest = agency[head.Length..];
        List<Division> outer = [];
        while (divisions.Longest(rest, null, outer) is { Divisions.Count: > 0 } next)
        {
            rest = rest[next.Name.Length..];
            outer = next.Divisions;
        }

        var places = outer.SelectMany(version => divisions.At(version, year)).Distinct()
            .Where(division => divisions.AreRelated(division, siteDivision, year))
            .ToList();
        return places.Count == 1 && rest.Length > 0 ? WithBody(places[0], head.Length > 0 ? $"{head}{PlaceMark}{rest}" : rest, year) : null;
    }

    /// <summary>What the body says of the place: a branch works in a county, a zone or an unknown district is none of the register.</summary>
    private AgencyPlace WithBody(Division division, string body, int year)
    {
        AgencyPlace Doubt(string review) => new(null, body, [], review);
        if (BranchOf(division, body, year) is { } branch)
            return branch;
        if (Branch().Match(body) is { Success: true } unknown && KindOf(unknown.Groups["bureau"].Value) is not null)
            return Doubt("division.zone");
        var kind = KindOf(body)?.Kind.Code;
        var leftover = Leftover(body);
        if (kind is "township" or "subdistrict")
            return division.Level == "county" || (division.Level == "prefecture" && !divisions.HasCounties(division, year)) ? new AgencyPlace(division, body, []) : Doubt("division.unknown");
        if (Zone().IsMatch(leftover ?? body))
            return Doubt("division.zone");
        return UnknownPlace().IsMatch(leftover ?? "") ? Doubt("division.unknown") : new AgencyPlace(division, body, []);
    }

    /// <summary>生态环境局偃师分局 of a city, and 生态环境分局 of a county: the same branch, named alike.</summary>
    private AgencyPlace? BranchOf(Division division, string body, int year)
    {
        var city = division.Level == "county" ? divisions.Prefecture(division, year) : division;
        if (city is null || !body.EndsWith("分局", StringComparison.Ordinal) || body.Contains(PlaceMark, StringComparison.Ordinal))
            return null;
        if (division.Level == "county" && KindOf(body[..^2] + "局") is { } plain && plain.Name == body[..^2] + "局")
            return new AgencyPlace(division, $"{city.Name}{plain.Name}{PlaceMark}分局", []);
        if (Branch().Match(body) is not { Success: true } match || KindOf(match.Groups["bureau"].Value) is null)
            return null;
        var counties = divisions.Counties(match.Groups["place"].Value, city, year);
        return counties.Count == 1 ? new AgencyPlace(counties[0], $"{city.Name}{match.Groups["bureau"].Value}{PlaceMark}分局", []) : null;
    }

    /// <summary>What stands before the kind's name in a body: 古魏 in 古魏镇人民政府; null where the kind is not known.</summary>
    private string? Leftover(string body) => KindOf(body) is { } kind && body.LastIndexOf(kind.Name, StringComparison.Ordinal) is var index and >= 0
        ? body[..index]
        : null;

    [GeneratedRegex(@"(?:局|委|办|室|厅|中心|会|政府|处|院|站|所|队|署|社|馆|街道|公司)(?:\([^()]*\))?$")]
    private static partial Regex BodyEnding();

    [GeneratedRegex("^(?:省|市|州|盟|区|县|旗)")]
    private static partial Regex Level();

    [GeneratedRegex("^(?<bureau>[^(]{2,14}?局)(?<place>[^局(～]{2,12}?)分局$")]
    private static partial Regex Branch();

    [GeneratedRegex("(?:开发区|高新区|经开区|示范区|新区|园区|合作区|度假区|管理区|保税区|试验区|景区|工业园|产业园|物流园|新城|港区)")]
    private static partial Regex Zone();

    [GeneratedRegex("[\u4E00-\u9FFF](?<![社小])[市区县旗盟州]$|兵团|第.{1,2}师")]
    private static partial Regex UnknownPlace();
}
