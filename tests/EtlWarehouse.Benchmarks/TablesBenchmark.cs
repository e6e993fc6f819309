using System.Diagnostics;
using System.Globalization;
using EtlWarehouse.Benchmarks.Markup;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Documents.Html;
using EtlWarehouse.Parsing.Registers;
using HtmlAgilityPack;

namespace EtlWarehouse.Benchmarks;

/// <summary>
/// Pages to grid cells, and pages to the form's cells, against pandas.read_html and two HTML parsers on the same pages,
/// each on one core. The readers take turns in each round, so that what disturbs the machine disturbs all.
/// </summary>
internal sealed class TablesBenchmark(string root, int rounds)
{
    private const double GridsGoal = 10;
    private const double LoadGoal = 2;
    private const int Pages = 8;

    /// <summary>Until the compiler of .NET has seen which methods matter: a crawl reads thousands of pages.</summary>
    private const int RoundsToWarmUp = 10;

    /// <returns>Exit code: 1 when a goal is missed.</returns>
    public int Run()
    {
        var reader = new ReportReader(ReferenceData.Load(Path.Combine(root, "pipelines")));
        // Pasted from Word, with the styles that leaves in every cell: what a usual page weighs.
        var files = Directory.GetFiles(Path.Combine(root, "samples"), "*.html", SearchOption.AllDirectories)
            .Where(file => new FileInfo(file).Length > 100_000).Order(StringComparer.Ordinal).Take(Pages).ToArray();
        var bytes = files.Select(File.ReadAllBytes).ToArray();
        foreach (var page in bytes)
        {
            var cells = reader.Read(new SourceDocument(page, "page.html")).Report?.Cells.Count(cell => cell.State == CellState.Reported);
            if (cells is not >= 190)
                throw new InvalidOperationException($"expected the cells of a form read from the page, found {cells}");
        }

        string Decoded(byte[] page) => TextDecoding.Decode(page, null, "page.html").Text;
        using var pandas = PandasTables.Start(files);
        var ways = new List<(string Name, Func<double> Round)>
        {
            ("HtmlAgilityPack load", () => Time(bytes, page => new HtmlDocument().LoadHtml(Decoded(page)))),
            ("HtmlAgilityPack grids", () => Time(bytes, page => Outline.Grids(AgilityMarkup.Read(Decoded(page))))),
            ("AngleSharp blocks and grids", () => Time(bytes, page => PageBlocks.Read(StandardMarkup.ReadApart(Decoded(page))))),
            ("our blocks and grids", () => Time(bytes, page => HtmlPages.Read(Decoded(page), "utf-8", []))),
            ("our whole reading", () => Time(bytes, page => reader.Read(new SourceDocument(page, "page.html")))),
        };
        if (pandas is not null)
            ways.Insert(0, ("pandas.read_html", pandas.Round));
        else
            Console.WriteLine("tables: SKIPPED pandas.read_html: expected python3-pandas and python3-lxml, found no such modules");

        var times = ways.ToDictionary(way => way.Name, _ => new List<double>());
        for (var round = 0; round < RoundsToWarmUp + rounds; round++)
        {
            foreach (var (name, each) in ways)
            {
                var seconds = each();
                if (round >= RoundsToWarmUp)
                    times[name].Add(seconds);
            }
        }

        Console.WriteLine($"tables: {Pages} pages of {bytes.Sum(page => page.Length) / Pages / 1000} KB, {rounds} rounds, medians of the rounds' own ratios");
        foreach (var (name, seconds) in times)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-28} {1 / Median(seconds),8:0} pages/s"));
        var load = Ratio(times, "our whole reading", "HtmlAgilityPack load");
        var isMissed = load > LoadGoal;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  whole reading / HtmlAgilityPack load: {load:0.00} (goal {LoadGoal:0.0})"));
        if (pandas is not null)
        {
            var grids = Ratio(times, "pandas.read_html", "our blocks and grids");
            isMissed |= grids < GridsGoal;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  pandas / our grids: {grids:0.0} (goal {GridsGoal:0}); pandas / our whole reading: {Ratio(times, "pandas.read_html", "our whole reading"):0.0}"));
        }

        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  peak memory: ours with all parsers {self.PeakWorkingSet64 >> 20} MiB{(pandas is null ? "" : $", pandas {pandas.PeakMemory() >> 20} MiB")}"));
        return isMissed ? 1 : 0;
    }

    private static double Time(byte[][] pages, Action<byte[]> read)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var page in pages)
            read(page);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / pages.Length;
    }

    // Of each round's own ratio: what slows the machine down slows both parts of a round.
    private static double Ratio(Dictionary<string, List<double>> times, string over, string under) =>
        Median([.. times[over].Zip(times[under], (one, other) => one / other)]);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
