using System.Diagnostics;
using System.Globalization;
using System.Text;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Registers;
using HtmlAgilityPack;

namespace EtlWarehouse.Benchmarks;

/// <summary>
/// Reading a page into cells against HtmlAgilityPack's bare load of the same page, on one core. The two take turns
/// in each round, so that what disturbs the machine disturbs both.
/// </summary>
internal sealed class ParseBenchmark(string root, int rounds)
{
    private const double Goal = 2.0;
    private const int PagesARound = 20;

    /// <returns>Exit code: 1 when the goal is missed.</returns>
    public int Run()
    {
        var reader = new ReportReader(ReferenceData.Load(Path.Combine(root, "pipelines")));
        // Pasted from Word, with the styles that leaves in every cell: what a usual page weighs.
        var bytes = File.ReadAllBytes(Path.Combine(root, "samples", "yunxi", "art", "2022", "3", "11", "art_1229425_58124.html"));
        var cells = reader.Read(new SourceDocument(bytes, "page.html")).Report?.Cells.Count(cell => cell.State == CellState.Reported);
        if (cells != 200)
            throw new InvalidOperationException($"expected 200 cells read from the page, found {cells}");

        List<double> load = [], read = [];
        for (var round = 0; round <= rounds; round++)
        {
            var loaded = Time(() =>
            {
                var document = new HtmlDocument();
                document.LoadHtml(Encoding.UTF8.GetString(bytes));
            });
            var whole = Time(() => reader.Read(new SourceDocument(bytes, "page.html")));
            // The first round warms up and is not counted.
            if (round == 0)
                continue;
            load.Add(loaded);
            read.Add(whole);
        }

        // The median of each round's own ratio: what slows the machine down slows both halves of a round.
        var ratio = Median([.. read.Zip(load, (whole, loaded) => whole / loaded)]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"parse: {bytes.Length / 1000} KB page, 200 cells; HtmlAgilityPack load {1 / Median(load):0} pages/s, read {1 / Median(read):0} pages/s; ratio {ratio:0.00} (goal {Goal:0.0})"));
        return ratio <= Goal ? 0 : 1;
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        for (var page = 0; page < PagesARound; page++)
            action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / PagesARound;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
