using System.Globalization;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Documents.Html;
using EtlWarehouse.Tests.Parsing.Documents.Html;

namespace EtlWarehouse.Benchmarks.Markup;

/// <summary>The long run of the comparison between the reader of regular pages and the full one: seeded damages and inventions.</summary>
internal static class MarkupRun
{
    private const int Inventions = 200_000;
    private const int Damages = 10_000;

    /// <returns>Exit code: 1 when any page differs.</returns>
    public static int Run(string root)
    {
        var pages = Directory.GetFiles(Path.Combine(root, "samples"), "*.htm*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => TextDecoding.Decode(File.ReadAllBytes(file), null, file).Text).ToArray();
        return Compare("sample pages", pages.Length, seed => pages[seed])
            | Compare("damaged sample pages", Damages, seed => Damaged(pages, new Random(seed)))
            | Compare("invented, up to 8 pieces", Inventions, seed => MarkupMutation.Invent(new Random(seed), 8))
            | Compare("invented, up to 30 pieces", Inventions, seed => MarkupMutation.Invent(new Random(seed), 30));
    }

    private static string Damaged(string[] pages, Random random) => MarkupMutation.Damage(pages[random.Next(pages.Length)], random);

    private static int Compare(string kind, int count, Func<int, string> page)
    {
        var (regular, differing) = (0, 0);
        for (var seed = 0; seed < count; seed++)
        {
            var text = page(seed);
            if (RegularMarkup.TryRead(text) is not { } tree)
                continue;
            regular++;
            if (PageText.Of(tree) == PageText.Of(StandardMarkup.Read(text)))
                continue;
            differing++;
            Console.WriteLine($"  {kind}: seed {seed} differs");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"markup: {kind}: {count} pages, {100.0 * (count - regular) / count:0.0} % handed over, {differing} differ"));
        return differing == 0 ? 0 : 1;
    }
}
