using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Registers;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Identity;

/// <summary>Whose report it is, and who said so.</summary>
/// <param name="Agency">As named; null where nobody names it.</param>
/// <param name="Place">Null where there is no name.</param>
/// <param name="Review">Why a person has to look; null where all is certain.</param>
internal sealed record Identified(string? Agency, AgencyPlace? Place, string? Review, IReadOnlyList<IdentityWitness> Witnesses);

/// <summary>
/// Decides whose report a document is. The title decides; where it names nobody, those who do must agree; where the title's place is
/// open, a name in full or the site closes it. What contradicts that decision sends the document to a person, and nothing is guessed.
/// </summary>
internal sealed class Identification(AgencyPlaces places)
{
    /// <summary>What stands in the document or its list in words, each by another hand.</summary>
    private static readonly string[] Strong = ["signature", "publisher", "list.title"];

    /// <summary>Who names the agency where the title does not, in the order of trust.</summary>
    private static readonly string[] Instead = ["list.title", "site", "signature", "publisher"];

    /// <param name="said">All that was said of agency and year.</param>
    /// <param name="isContested">Whether others name another year as often.</param>
    /// <param name="settled">What a person said of this document; null where nobody did.</param>
    public Identified Of(SourceDocument source, DocumentContent document, IReadOnlyList<Statement> said, int year, bool isContested, Placement? settled)
    {
        var named = said.Where(statement => statement.Agency is not null).ToDictionary(statement => statement.Code);
        // A name that was recognised in a picture is taken only where the registers know place and body.
        if (document.ScannedPages.Count > 0 && named.TryGetValue("title", out var recognised)
            && (Find(recognised.Agency!) is { Division: null } || places.Kind(recognised.Agency!) is null))
        {
            named.Remove("title");
        }

        AgencyPlace Find(string agency) => places.Find(agency, year, source.Place?.DivisionCode);
        var (agency, place, review) = named.TryGetValue("title", out var title) ? Titled(title.Agency!, named, said, document, source, year) : Untitled(named, source, year);
        if (settled is not null)
        {
            place = new AgencyPlace(places.At(settled.DivisionCode, settled.Year), settled.Body, []);
            review = place.Division is null ? "division.not_in_force" : null;
        }
        else if (IdentityEvidence.IsTrusted(source) == false)
        {
            review = "site.foreign";
        }
        else if (isContested)
        {
            review ??= "year.contradicted";
        }

        var witnesses = said.Select(statement => Witness(statement, place, year, source)).ToList();
        if (settled is not null)
            witnesses.Insert(0, new IdentityWitness("settled", $"{settled.By}: {settled.Why}", settled.Body, settled.DivisionCode, settled.Year, true));
        return new Identified(agency, place, review, witnesses);
    }

    private (string?, AgencyPlace?, string?) Titled(
        string agency, Dictionary<string, Statement> named, IReadOnlyList<Statement> said, DocumentContent document, SourceDocument source, int year)
    {
        var place = places.Find(agency, year, source.Place?.DivisionCode);
        if (place.Review == "division.ambiguous")
            place = Closed(place, agency, named, said, year);
        if (place.Division is not { } division)
            return (agency, place, place.Review);

        // Both signs and publisher's place stand in the document; a list's title is what the site says of it.
        var others = Strong
            .Where(named.ContainsKey)
            .Select(code => (Code: code, Place: places.Find(named[code].Agency!, year, division.Code)))
            .ToList();
        var prose = Prose(document, place, year);
        if (others.Exists(other => other.Place.Review == "division.contradicted" || (other.Code == "signature" && IsAnother(other.Place, place))) || prose == false)
            return (agency, place, "agency.contradicted");

        // Metadata alone do not outweigh a title; they do one that nothing else confirms.
        var isConfirmed = source.Place?.DivisionCode is not null || prose == true || others.Exists(other => IsSame(other.Place, place));
        if (!isConfirmed && named.TryGetValue("meta.title", out var stated) && places.Find(stated.Agency!, year, division.Code) is { Review: null or "division.contradicted" } meta && !IsSame(meta, place))
            return (agency, place, "agency.contradicted");
        return (agency, place, null);
    }

    /// <summary>Of a name that several places share: the one that a name in full, or the site's own metadata, means.</summary>
    private AgencyPlace Closed(AgencyPlace open, string agency, Dictionary<string, Statement> named, IReadOnlyList<Statement> said, int year)
    {
        var full = Strong
            .Where(named.ContainsKey)
            .Select(code => places.Find(named[code].Agency!, year, null))
            .Where(place => place.Body == open.Body)
            .Select(place => place.Division)
            .OfType<Division>()
            .Where(open.Candidates.Contains)
            .Distinct()
            .ToList();
        if (full.Count == 1)
            return open with { Division = full[0], Candidates = [], Review = null };
        if (full.Count > 1)
            return open with { Review = "agency.contradicted" };

        // One tag may be another site's; number and name of one place are not by chance.
        var site = said.FirstOrDefault(statement => statement.Code == "meta.site");
        return open.Candidates.FirstOrDefault(candidate => candidate.Code == site?.DivisionCode) is { } stated
            && (site!.Said.Contains(stated.Name, StringComparison.Ordinal) || (stated.Prefecture is { } prefecture && site.Said.Contains(prefecture, StringComparison.Ordinal)))
            ? open with { Division = stated, Candidates = [], Review = null }
            : open;
    }

    /// <summary>A title that names nobody: the list, the site's only agency, the signature and the publisher must agree.</summary>
    private (string?, AgencyPlace?, string?) Untitled(Dictionary<string, Statement> named, SourceDocument source, int year)
    {
        var sources = Instead
            .Where(named.ContainsKey)
            .Select(code => (Code: code, Agency: named[code].Agency!, Place: places.Find(named[code].Agency!, year, source.Place?.DivisionCode)))
            // A government's office publishes for all, and signs for the government.
            .Where(other => other.Code is "list.title" or "site" || !AgencyPlaces.IsGovernment(places.Kind(other.Place.Body)))
            .ToList();
        if (sources.Count == 0)
            return (null, null, "agency.unnamed");
        var first = sources[0];
        if (sources.Exists(other => other.Place.Review == "division.contradicted" || (other.Place.Division is not null && !IsSame(other.Place, first.Place))))
            return (first.Agency, first.Place with { Division = null }, "agency.contradicted");
        return (first.Agency, first.Place, first.Place.Review);
    }

    /// <summary>Whether the prose speaks of this body in this place, or of its like elsewhere only; null where it names neither.</summary>
    private bool? Prose(DocumentContent document, AgencyPlace place, int year)
    {
        var here = 0;
        var elsewhere = new List<Division>();
        foreach (var block in document.Blocks.OfType<LineBlock>().Where(line => !line.IsLink && line.Text.Contains(place.Body, StringComparison.Ordinal)))
        {
            var line = CharacterFolding.FoldWithoutBlanks(block.Text);
            if (ReportTitle.TryRead(line) is not null)
                continue;
            for (var index = line.IndexOf(place.Body, StringComparison.Ordinal); index > 0; index = line.IndexOf(place.Body, index + 1, StringComparison.Ordinal))
            {
                var before = places.Before(line, index, year);
                if (before.Exists(division => division == place.Division))
                    here++;
                else if (before.Count > 0 && !before.Exists(division => places.AreRelated(division, place.Division!.Code, year)))
                    elsewhere.AddRange(before);
            }
        }

        // Whoever visits another bureau names it once; whoever copied its report names it again and again.
        return here > 0 ? true : elsewhere.GroupBy(division => division.Code).Any(same => same.Count() > 1) ? false : null;
    }

    private bool IsSame(AgencyPlace one, AgencyPlace other) =>
        one.Division is not null && one.Division == other.Division
        && (one.Body == other.Body || (places.Kind(one.Body) is { } kind && kind == places.Kind(other.Body)));

    /// <summary>A signature of another agency; governments and their offices sign for each other and for their bureaus.</summary>
    private bool IsAnother(AgencyPlace signed, AgencyPlace titled) =>
        signed.Division is not null && !IsSame(signed, titled) && !AgencyPlaces.IsGovernment(places.Kind(signed.Body));

    private IdentityWitness Witness(Statement statement, AgencyPlace? place, int year, SourceDocument source)
    {
        var spoken = new IdentityWitness(statement.Code, statement.Said, statement.Agency, statement.DivisionCode, statement.Year ?? statement.Date?.Year - 1);
        if (statement.Code == "host")
            return spoken with { Agrees = IdentityEvidence.IsTrusted(source) };
        bool? sameYear = statement.Year is not null ? statement.Year == year
            : statement.Date is { } date ? date.Year == year + 1 ? true : date.Year <= year ? false : null
            : null;
        if (statement.Agency is null || statement.Code == "site")
        {
            return spoken with
            {
                Agrees = sameYear ?? (statement.DivisionCode is { } code && place?.Division is { } division ? places.AreRelated(division, code, year) : null),
            };
        }

        var other = places.Find(statement.Agency, year, place?.Division?.Code ?? source.Place?.DivisionCode);
        if (place?.Division is null)
            return spoken with { DivisionCode = other.Division?.Code, Agrees = sameYear == false ? false : null };
        bool? sameAgency = other.Review switch
        {
            null => IsSame(other, place),
            "division.contradicted" => false,
            _ => null,
        };
        return spoken with
        {
            DivisionCode = other.Division?.Code ?? (other.Candidates.Count == 1 ? other.Candidates[0].Code : null),
            Agrees = sameAgency == false || sameYear == false ? false : sameAgency ?? sameYear,
        };
    }
}
