using EtlWarehouse.Loading;

namespace EtlWarehouse.Tests.Loading;

public sealed class SqlHeaderTests
{
    [Test]
    public void Read_LinesThatGoOn_AreOneText()
    {
        var header = SqlHeader.Read("mart/x/transform.sql", """
            -- grain:  one agency, one year, where a pipeline
            --         expects it, all of them
            -- keys:   agency_code, year (unique); document_key (unique)
            -- source: dw.dim_agency, stg.document
            -- source: dw.dim_year
            -- before: dw.fact_cell
            -- Prose that names mart.other is no source.
            select 1 from dw.unnamed
            """, "-- check: compared with dw.remark\nselect 1 from dw.fact_check\n");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(header.Grain, Is.EqualTo("one agency, one year, where a pipeline expects it, all of them"));
            Assert.That(header.Keys, Is.EqualTo(new[] { "agency_code", "year" }));
            Assert.That(header.Sources, Is.EqualTo(new[] { "dw.dim_agency", "stg.document", "dw.dim_year", "dw.fact_cell" }));
            Assert.That(header.Checked, Is.EqualTo(new[] { "dw.fact_check" }));
        }
    }
}
