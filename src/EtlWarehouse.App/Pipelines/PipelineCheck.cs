using EtlWarehouse.Crawling.Pipelines;
using EtlWarehouse.Parsing.Identity;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.App.Pipelines;

/// <summary>All that is wrong with a pipeline's file, by itself and against the registers.</summary>
internal static class PipelineCheck
{
    /// <param name="today">Divisions must be in force on this day.</param>
    /// <returns>By line; empty for a sound file.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<PipelineProblem> Of(string file, ReferenceData reference, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var kinds = reference.AgencyKinds.Select(kind => kind.Code).ToList();
        var (_, problems) = PipelineFile.Read(file, (yaml, site, own) =>
        {
            yaml.Word("kind", PipelineRules.OneOf(kinds), kinds);
            Place(yaml, site, reference.With(own), today);
        });
        return [.. problems.OrderBy(problem => problem.Line)];
    }

    private static void Place(YamlFields yaml, SiteDefinition site, ReferenceData reference, DateOnly today)
    {
        if (site.DivisionCode is { } code)
        {
            var versions = reference.Divisions.Where(division => division.Code == code).ToList();
            if (versions.Count == 0)
                yaml.Complain("division", PipelineRules.KnownDivision, $"'{code}'");
            else if (!versions.Exists(division => division.ToYear is null || division.ToYear > today.Year))
                yaml.Complain("division", PipelineRules.DivisionInForce, $"'{code}', which ended in {versions.Max(division => division.ToYear)}; after it: {string.Join(", ", versions.SelectMany(division => division.Successors).Distinct())}");
        }

        if (site.Agency is { } agency && new AgencyPlaces(reference).Find(agency, today.Year, site.DivisionCode).Division is null)
            yaml.Complain("agency", PipelineRules.PlacedAgency, $"'{agency}'");
    }
}
