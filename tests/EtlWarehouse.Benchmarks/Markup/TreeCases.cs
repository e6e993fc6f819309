using System.Globalization;
using EtlWarehouse.Parsing.Documents.Html;
using EtlWarehouse.Tests.Parsing.Documents.Html;

namespace EtlWarehouse.Benchmarks.Markup;

/// <summary>
/// HtmlAgilityPack, AngleSharp and our reader of regular pages on html5lib's tree construction cases that hold a table.
/// </summary>
internal static class TreeCases
{
    /// <param name="arguments">A checkout of html5lib-tests, or its folder of cases.</param>
    /// <returns>Exit code: 1 when the reader of regular pages differs from the full one.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments is not [var folder])
            throw new ArgumentException($"html5lib: expected the folder of html5lib-tests, found {arguments.Length} arguments");
        var cases = TreeCase.WithTables(folder).ToList();
        if (cases.Count == 0)
            throw new InvalidOperationException($"{folder}: expected html5lib's tree-construction/*.dat, found none with tables");

        foreach (var (name, read) in new (string, Func<string, PageTree?>)[]
        {
            ("HtmlAgilityPack", AgilityMarkup.Read), ("AngleSharp", StandardMarkup.Read), ("regular markup", RegularMarkup.TryRead),
        })
        {
            var (trees, grids, pages, given) = (0, 0, 0, 0);
            foreach (var each in cases)
            {
                if (read(each.Page) is not { } tree)
                    continue;
                given++;
                trees += Outline.Tables(tree) == Outline.Tables(each.Expected) ? 1 : 0;
                grids += Outline.Grids(tree) == Outline.Grids(each.Expected) ? 1 : 0;
                var isEqual = PageText.Blocks(tree) == PageText.Blocks(each.Expected);
                pages += isEqual ? 1 : 0;
                if (!isEqual && name != "HtmlAgilityPack")
                    Console.WriteLine($"  {name}: {each.Place} differs from the standard");
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"html5lib: {name}: {given} of {cases.Count} pages read; of these tables, rows and cells as the standard {trees}, grids {grids}, all blocks {pages}"));
        }

        var differing = cases.Where(each => RegularMarkup.TryRead(each.Page) is { } tree && PageText.Of(tree) != PageText.Of(StandardMarkup.Read(each.Page))).ToList();
        foreach (var each in differing)
            Console.WriteLine($"html5lib: {each.Place}: regular markup and AngleSharp differ");
        return differing.Count == 0 ? 0 : 1;
    }
}
