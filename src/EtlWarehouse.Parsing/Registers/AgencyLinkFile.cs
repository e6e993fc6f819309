using System.Globalization;
using System.Text.RegularExpressions;

namespace EtlWarehouse.Parsing.Registers;

/// <summary>Reads <c>registers/agency-links.yml</c>.</summary>
internal static partial class AgencyLinkFile
{
    private static readonly string[] Kinds = ["renamed", "merged", "split"];

    /// <exception cref="FormatException">An entry lacks a part, or stands twice; the message begins with the file.</exception>
    public static List<AgencyLink> Load(string path)
    {
        var links = ReferenceFiles.ReadYaml<LinksYaml>(path).Links.ConvertAll(link => Link(path, link));
        return links.GroupBy(link => (link.Agency, link.Successor)).FirstOrDefault(same => same.Count() > 1) is { } doubled
            ? throw new FormatException($"{path}: expected each pair of agencies once, found '{doubled.Key.Agency}' and '{doubled.Key.Successor}' twice")
            : links;
    }

    private static AgencyLink Link(string path, LinkYaml link)
    {
        var at = $"{path}: link of '{link.Agency}'";
        if (new[] { link.Agency, link.Successor }.FirstOrDefault(code => !AgencyCode().IsMatch(code)) is { } odd)
            throw new FormatException($"{at}: expected an agency code such as 410303/司法局, found '{odd}'");
        if (link.Agency == link.Successor)
            throw new FormatException($"{at}: expected another agency as successor, found the same");
        if (!DateOnly.TryParseExact(link.From, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from))
            throw new FormatException($"{at}: expected from: a date such as 2019-03-01, found '{link.From}'");
        return Kinds.Contains(link.Kind)
            ? new AgencyLink(link.Agency, link.Successor, from, link.Kind)
            : throw new FormatException($"{at}: expected kind: {string.Join(" or ", Kinds)}, found '{link.Kind}'");
    }

    [GeneratedRegex(@"^[0-9]{6}/\S+$")]
    private static partial Regex AgencyCode();

    private sealed class LinksYaml
    {
        public List<LinkYaml> Links { get; set; } = [];
    }

    private sealed class LinkYaml
    {
        public string Agency { get; set; } = "";

        public string Successor { get; set; } = "";

        public string From { get; set; } = "";

        public string Kind { get; set; } = "";
    }
}
