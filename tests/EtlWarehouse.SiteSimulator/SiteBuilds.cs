using EtlWarehouse.SiteSimulator.Builds;

namespace EtlWarehouse.SiteSimulator;

/// <summary>All builds of sites. The same build, seed and origin give the same site, byte for byte.</summary>
public static class SiteBuilds
{
    private static readonly Dictionary<string, Func<int, Uri, SimulatedSite>> Makers = new()
    {
        ["trs"] = TrsBuilds.Counted,
        ["trs-stubs"] = TrsBuilds.Stubs,
        ["trs-inline"] = TrsBuilds.Inline,
        ["hanweb"] = HanwebBuilds.Jpage,
        ["hanweb-nextgroup"] = HanwebBuilds.NextGroup,
        ["hanweb-silent"] = HanwebBuilds.SilentGroup,
        ["hanweb-annual"] = HanwebBuilds.AnnualPortal,
        ["jpaas"] = JpaasBuilds.Paged,
        ["jpaas-stuck"] = JpaasBuilds.Stuck,
        ["gkmlpt"] = CatalogueBuilds.Gkmlpt,
        ["fujian"] = CatalogueBuilds.Fujian,
        ["anhui"] = PagedBuilds.Anhui,
        ["vsb"] = PagedBuilds.Vsb,
        ["vsb-dynamic"] = PagedBuilds.VsbDynamic,
        ["query"] = PagedBuilds.Query,
        ["lying-total"] = PagedBuilds.LyingTotal,
        ["numbered"] = PagedBuilds.Numbered,
        ["script-pager"] = PagedBuilds.ScriptPager,
        ["moving"] = MovingBuilds.Still,
        ["moving-insert"] = MovingBuilds.Inserted,
        ["moving-delete"] = MovingBuilds.Deleted,
        ["moving-restless"] = MovingBuilds.Restless,
        ["front-page"] = PortalBuilds.FrontPage,
        ["columns"] = PortalBuilds.Columns,
        ["attachments"] = PortalBuilds.Attachments,
        ["attachments-broken"] = PortalBuilds.BrokenAttachments,
    };

    public static IReadOnlyCollection<string> Names => Makers.Keys;

    /// <param name="build">One of <see cref="Names"/>.</param>
    public static SimulatedSite Make(string build, int seed, Uri origin) => Makers[build](seed, origin);
}
