using System.Globalization;
using System.Text;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Documents.Scans;

namespace EtlWarehouse.Benchmarks.Scans;

/// <summary>How often the shape of a scanned digit singles it out, and how often another one: no Tesseract has a part in it.</summary>
internal static class DigitBenchmark
{
    private const int LinesOfASize = 4;

    private static readonly string[] Fonts =
    [
        "Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Sans Mono CJK SC", "WenQuanYi Zen Hei", "Liberation Serif", "Liberation Sans",
        "Liberation Sans Narrow", "Liberation Mono", "DejaVu Sans", "DejaVu Serif", "Lato",
    ];

    private static readonly double[] Sizes = [8.5, 9.5, 10.5, 12];

    /// <returns>Exit code: 1 where more than one digit in 200 has the shape of another one.</returns>
    public static int Run()
    {
        if (ScannedReports.Missing() is { Count: > 0 } missing)
        {
            Console.Error.WriteLine($"digits: expected programs that print and read scans, found none; install {string.Join(' ', missing)}");
            return 1;
        }

        var random = new Random(5);
        var pages = Fonts.SelectMany(font => new[] { (Font: font, Weight: "normal"), (Font: font, Weight: "bold") })
            .Select(page => (page.Font, page.Weight, Lines: Sizes.SelectMany(size => Enumerable.Range(0, LinesOfASize).Select(_ => (Size: size, Digits: Shuffled(random)))).ToList()))
            .ToList();
        var html = new StringBuilder("<meta charset=utf-8><style>@page{size:A4;margin:18mm} p{letter-spacing:6pt;margin:5pt 0} div{break-after:page}</style>");
        foreach (var (font, weight, lines) in pages)
        {
            html.Append(CultureInfo.InvariantCulture, $"<div style=\"font-family:'{font}';font-weight:{weight}\">");
            foreach (var (size, digits) in lines)
                html.Append(CultureInfo.InvariantCulture, $"<p style=\"font-size:{size:0.0}pt\">{digits}</p>");
            html.Append("</div>");
        }

        using var scanner = new ScannedReports();
        var (right, open, others) = (0, 0, new Dictionary<(string Page, char Printed, string Seen), int>());
        foreach (var faults in ScanFaults.Usual)
        {
            var (pdf, _) = scanner.Scan(html.ToString(), faults, new Random(faults.Dpi));
            using var tool = new ExternalTool(pdf, "document.pdf");
            for (var page = 0; page < pages.Count; page++)
            {
                foreach (var (printed, can) in Seen(tool, page, [.. pages[page].Lines.Select(line => line.Digits)]))
                {
                    if (can.Length == 1 && can[0] == printed)
                        right++;
                    else if (can.Length != 1)
                        open++;
                    else
                        others[($"{pages[page].Font} {pages[page].Weight}", printed, can)] = others.GetValueOrDefault(($"{pages[page].Font} {pages[page].Weight}", printed, can)) + 1;
                }
            }

            var all = right + open + others.Values.Sum();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"digits: up to {faults}: {all} digits, {100.0 * right / all:0.00} % singled out, {100.0 * open / all:0.00} % open, {100.0 * others.Values.Sum() / all:0.00} % taken for another one"));
        }

        foreach (var (what, count) in others.OrderByDescending(other => other.Value).Take(10))
            Console.WriteLine($"digits: {what.Page}: {what.Printed} as '{what.Seen}' {count} times");
        return others.Values.Sum() * 200 <= right ? 0 : 1;
    }

    private static string Shuffled(Random random)
    {
        var digits = "012345678901234567890123456789".ToCharArray();
        random.Shuffle(digits);
        return new string(digits);
    }

    /// <summary>Each digit of a page beside those that its ink can be; lines in which digits touch are left out.</summary>
    private static IEnumerable<(char Printed, string Can)> Seen(ExternalTool tool, int page, string[] lines)
    {
        string[] drawing = ["draw", "-q", "-w", "2480", "-h", "14000", "-c", "gray", "-F", "pgm", "-o", "-", tool.Input, string.Create(CultureInfo.InvariantCulture, $"{page + 1}")];
        var (bitmap, complaint) = tool.Run("mutool", "mupdf-tools", drawing, TimeSpan.FromSeconds(60), GrayBitmap.MostPixels + 100, GrayBitmap.ReadPgm);
        if (bitmap is null || complaint is not null)
            throw new InvalidOperationException($"expected a page, found {complaint}");
        var reach = bitmap.Width / 100;
        var ink = InkBitmap.Of(bitmap, reach, InkBitmap.Letters);
        if (Skew.Of(ink) is var slope && slope != 0)
            ink = InkBitmap.Of(bitmap.Levelled(slope), reach, InkBitmap.Letters);
        ink.RemoveSpecks(2);
        var rows = Rows(ink).Where(row => row.Height > reach / 2).ToList();
        for (var line = 0; rows.Count == lines.Length && line < lines.Length; line++)
        {
            var shapes = DigitInk.Of(ink, rows[line]).Digits;
            for (var digit = 0; shapes.Count == lines[line].Length && digit < shapes.Count; digit++)
                yield return (lines[line][digit], shapes[digit]);
        }
    }

    private static IEnumerable<PixelBox> Rows(InkBitmap ink)
    {
        var start = -1;
        for (var y = 0; y <= ink.Height; y++)
        {
            var row = y;
            var hasInk = y < ink.Height && Enumerable.Range(0, ink.Width).Any(x => ink[x, row]);
            if (hasInk && start < 0)
                start = y;
            if (hasInk || start < 0)
                continue;
            yield return new PixelBox(0, start, ink.Width, y);
            start = -1;
        }
    }
}
