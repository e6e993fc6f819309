using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.Parsing.Registers;

/// <summary>The facts that reading needs beside the document: forms, divisions, kinds of agencies, concepts.</summary>
public sealed record ReferenceData(
    IReadOnlyList<FormDefinition> Forms,
    IReadOnlyList<Division> Divisions,
    IReadOnlyList<AgencyKind> AgencyKinds,
    IReadOnlyList<Concept> Concepts)
{
    /// <summary>Successions of agencies that cannot be derived.</summary>
    public IReadOnlyList<AgencyLink> AgencyLinks { get; init; } = [];

    /// <summary>Documents that a person has placed, by the SHA-256 of their bytes.</summary>
    public IReadOnlyDictionary<string, Placement> Placements { get; init; } = new Dictionary<string, Placement>();

    /// <summary>Agencies that the pipelines of the folder say must publish.</summary>
    public IReadOnlyList<ExpectedAgency> ExpectedAgencies { get; init; } = [];

    /// <summary>Loads <c>forms/*.yml</c> and <c>registers/{divisions.csv, agency-kinds.yml, agency-links.yml, concepts.yml, placements.yml}</c>, and which agencies the pipelines expect.</summary>
    /// <param name="folder">The <c>pipelines</c> folder.</param>
    /// <exception cref="FormatException">A file says something else than expected; the message begins with file and line.</exception>
    public static ReferenceData Load(string folder) => ReferenceFiles.Load(folder);

    /// <summary>The same with divisions of a pipeline's own, e.g. of development zones, which have no official code.</summary>
    public ReferenceData With(IEnumerable<Division> divisions) => this with { Divisions = [.. Divisions, .. divisions] };
}
