namespace EtlWarehouse.Parsing.Documents.Pdf;

/// <summary>What the pages of one document may print before it is refused as <c>document.too_large</c>.</summary>
internal sealed class PdfBounds
{
    private const int MostPages = 400;

    /// <summary>Characters; reports of whole cities have 100,000.</summary>
    private const int MostGlyphs = 200_000;

    /// <summary>A page with more lines than this is a drawing; its lines are no rulings.</summary>
    private const int MostRulings = 4_000;

    /// <summary>Lines of all pages: finding the tables compares those of a page with each other.</summary>
    private const int MostRulingsOfAll = 40_000;

    private int pages;
    private int glyphs;
    private int rulings;

    public void AddPage()
    {
        if (++pages > MostPages)
            throw new DocumentRefusedException("document.too_large", $"expected at most {MostPages} pages, found more");
    }

    public void AddGlyphs(int count)
    {
        if ((glyphs += count) > MostGlyphs)
            throw new DocumentRefusedException("document.too_large", $"expected at most {MostGlyphs} characters, found more");
    }

    /// <summary>The rulings of one page; none where its lines are a drawing.</summary>
    public IReadOnlyList<PdfRuling> OfPage(IEnumerable<PdfRuling> lines)
    {
        var taken = lines.Take(MostRulings + 1).ToList();
        if (taken.Count > MostRulings)
            return [];
        if ((rulings += taken.Count) > MostRulingsOfAll)
            throw new DocumentRefusedException("document.too_large", $"expected at most {MostRulingsOfAll} lines on all pages, found more");
        return taken;
    }
}
