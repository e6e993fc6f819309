using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Parsing.Identity;

/// <summary>Where an agency stands and what it is.</summary>
/// <param name="Division">Null where the name holds no place or one that several places share.</param>
/// <param name="Body">The name without the place.</param>
/// <param name="Candidates">The divisions that share the name, where that is why none was chosen.</param>
public sealed record AgencyPlace(Division? Division, string Body, IReadOnlyList<Division> Candidates);

/// <summary>Finds the division in an agency's name by the register of the reporting year, and its kind by the name's ending.</summary>
public sealed class AgencyPlaces
{
    private readonly ILookup<string, Division> byName;
    private readonly ILookup<string, Division> byCode;
    private readonly int longestName;
    private readonly List<(string Name, AgencyKind Kind)> kinds;

    public AgencyPlaces(ReferenceData reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        byName = reference.Divisions.ToLookup(division => division.Name);
        byCode = reference.Divisions.ToLookup(division => division.Code);
        longestName = reference.Divisions.Max(division => division.Name.Length);
        kinds = [.. reference.AgencyKinds.SelectMany(kind => kind.Names.Select(name => (name, kind))).OrderByDescending(pair => pair.name.Length)];
    }

    /// <param name="agency">Folded, without blanks.</param>
    /// <param name="siteDivision">Six digits of the site's division; places a name that several places share.</param>
    public AgencyPlace Find(string agency, int year, string? siteDivision)
    {
        ArgumentNullException.ThrowIfNull(agency);
        var site = siteDivision is null ? null : byCode[siteDivision].FirstOrDefault(division => InForce(division, year));
        var rest = agency;
        var prefix = "";
        foreach (var head in new[] { "中华人民共和国", "国家税务总局", "中国人民银行", "国家统计局", "国家金融监督管理总局" })
        {
            if (rest.StartsWith(head, StringComparison.Ordinal) && rest.Length > head.Length)
            {
                prefix = head == "中华人民共和国" ? "" : head;
                rest = rest[head.Length..];
            }
        }

        List<Division> found = [];
        while (Longest(rest, year, found) is { Count: > 0 } next)
        {
            found = next;
            rest = rest[next[0].Name.Length..];
        }

        if (found.Count == 0)
            return new AgencyPlace(site, prefix + rest, []);
        if (found.Count > 1 && site is not null)
        {
            var near = found.Where(division => IsWithin(division, site) || IsWithin(site, division)).ToList();
            if (near.Count == 1)
                found = near;
        }

        // The name is the whole place: "淄博市" alone is no agency.
        if (rest.Length == 0)
            return new AgencyPlace(null, agency, []);
        return found.Count == 1
            ? new AgencyPlace(found[0], prefix + rest, [])
            : new AgencyPlace(null, prefix + rest, found);
    }

    /// <summary>Code of the kind whose name the body ends with, the longest such; null where none does.</summary>
    public string? Kind(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var bracket = body.IndexOf('(', StringComparison.Ordinal);
        var name = bracket > 1 ? body[..bracket] : body;
        return kinds.Find(pair => name.EndsWith(pair.Name, StringComparison.Ordinal)).Kind?.Code;
    }

    private List<Division> Longest(string text, int year, List<Division> within)
    {
        for (var length = Math.Min(longestName, text.Length); length >= 2; length--)
        {
            var named = byName[text[..length]]
                .Where(division => InForce(division, year))
                .Where(division => within.Count == 0 || within.Any(outer => outer != division && IsWithin(division, outer)))
                .ToList();
            if (named.Count > 0)
                return named;
        }

        return [];
    }

    private static bool InForce(Division division, int year) =>
        division.FromYear <= year && (division.ToYear is null || division.ToYear > year);

    private static bool IsWithin(Division inner, Division outer) => outer.Level switch
    {
        "province" => inner.Code.AsSpan(0, 2).SequenceEqual(outer.Code.AsSpan(0, 2)),
        "prefecture" => inner.Code.AsSpan(0, 4).SequenceEqual(outer.Code.AsSpan(0, 4)),
        _ => inner.Code == outer.Code,
    };
}
