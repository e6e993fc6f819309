namespace EtlWarehouse.Parsing.Identity;

/// <summary>What a person may want to know about how a report was given to its agency and year.</summary>
internal static class IdentityFindings
{
    public static IEnumerable<Finding> Of(Identified identified, ReportTitle? title)
    {
        var (agency, place) = (identified.Agency, identified.Place);
        if (identified.Review is { } review)
        {
            yield return new Finding(Severity.Warning, review, review switch
            {
                "agency.unnamed" => $"expected the name of an agency in the title, found '{title?.Text}'",
                "agency.is_place" => $"expected the name of an agency in the title, found a place '{agency}'",
                "agency.contradicted" => $"expected one agency, found '{agency}' and others that name another",
                "division.ambiguous" => $"expected one place for '{agency}', found {string.Join(", ", place!.Candidates.Select(candidate => candidate.Code))}",
                "division.contradicted" => $"expected '{agency}' where the site stands, found {string.Join(", ", place!.Candidates.Select(candidate => candidate.Code))}",
                "division.not_in_force" => $"expected a place that was in force at the end of the year, found '{agency}'",
                "division.zone" => $"expected a zone that a pipeline declares under divisions, found '{agency}'",
                "site.foreign" => "expected a host that the pipeline names or that ends in .gov.cn, found another",
                "year.contradicted" => "expected one reporting year, found others that are named as often",
                _ => $"expected a place in '{agency}', found none",
            });
        }

        foreach (var witness in identified.Witnesses.Where(witness => witness.Agrees == false))
        {
            yield return new Finding(
                witness.Code.StartsWith("meta.", StringComparison.Ordinal) || witness.Code == "publisher" ? Severity.Info : Severity.Warning,
                "witness.disagrees", $"{witness.Code}: expected the same agency and year as the title, found '{witness.Said}'", Printed: witness.Said);
        }
    }
}
