using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Tests.Parsing.Registers;

public sealed class ExpectedAgenciesTests
{
    private static readonly ReferenceData Reference = ReferenceReports.Reference;

    [Test]
    public void Load_SitesOfSeveralPipelines_GiveEachAgencyOnceOverAllItsYears()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.yml", """
            name: a
            sites:
              - {code: x, division: "410303", agencies: [司法局, 甲乙丙], expect: {years: [2021, 2023]}}
              - {code: y, division: "410303", expect: {years: [2019]}}
              - {code: z, division: "410307", agencies: [司法局], expect: {reports: 3}}
            """);
        folder.Write("b.yml", "sites: [{code: x, division: \"410303\", agencies: [司法局], expect: {years: [2019]}}]");
        folder.Write("broken.yml", "sites: [");
        folder.Write("empty.yml", "");
        Assert.That(ExpectedAgencies.Load(folder.Path, Reference), Is.EqualTo(new[]
        {
            new ExpectedAgency("410303", "司法局", "justice", 2019, null),
            new ExpectedAgency("410303", "甲乙丙", null, 2021, 2023),
        }));
    }
}
