using System.Diagnostics;
using System.Globalization;
using System.Text;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.Tests.Parsing.Forms;

namespace EtlWarehouse.Benchmarks.Scans;

/// <summary>Prints made-up reports of a form to paper and scans them: Chromium prints, mutool draws, the rest is ours.</summary>
internal sealed class ScannedReports : IDisposable
{
    private static readonly string[] Fonts = ["Noto Serif CJK SC", "Noto Sans CJK SC", "WenQuanYi Zen Hei", "Liberation Serif, Noto Serif CJK SC", "Liberation Sans, Noto Sans CJK SC"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("etl-scans-");

    /// <summary>The programs this needs; what is missing is named with its Debian package.</summary>
    public static IReadOnlyList<string> Missing() =>
        [.. new[] { ("chromium", "chromium"), ("mutool", "mupdf-tools"), ("tesseract", "tesseract-ocr") }
            .Where(tool => !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(path => File.Exists(Path.Combine(path, tool.Item1))))
            .Select(tool => tool.Item2)];

    /// <param name="dense">Share of the cells that are not zero.</param>
    public static Dictionary<string, decimal> Values(FormDefinition form, double dense, Random random)
    {
        var sums = form.Checks.Where(check => check.Family != "req.balance").ToList();
        var values = form.Cells.ToDictionary(cell => cell.Code, _ => random.NextDouble() < dense ? (decimal)random.Next(1, (int)Math.Pow(10, random.Next(1, 4))) : 0);
        AddUp();
        foreach (var balance in form.Checks.Where(check => check.Family == "req.balance" && !check.Id.EndsWith("total", StringComparison.Ordinal)))
        {
            var handled = balance.Right.Sum(code => values[code]);
            values[balance.Left[1]] = Math.Min(values[balance.Left[1]], handled);
            values[balance.Left[0]] = handled - values[balance.Left[1]];
        }

        AddUp();
        return values;

        // Sums of sums settle after as many passes as they are deep.
        void AddUp()
        {
            for (var pass = 0; pass < 4; pass++)
            {
                foreach (var check in sums)
                    values[check.Right[0]] = check.Left.Sum(code => values[code]);
            }
        }
    }

    public static string Page(FormDefinition form, IReadOnlyDictionary<string, decimal> values, int year, Random random)
    {
        var printed = form.Cells.ToDictionary(cell => cell.Code, cell => values[cell.Code].ToString(CultureInfo.InvariantCulture));
        var title = string.Create(CultureInfo.InvariantCulture, $"北京市东城区司法局{year}年政府信息公开工作年度报告");
        var html = form.Code == "2014"
            ? new RenderedForm(form, printed, random) { Year = year }.Render("html").Replace("青禾县司法局", "北京市东城区司法局", StringComparison.Ordinal)
            : OlderFormPage.Render(form, title, $"{year + 1}-01-20", printed);
        var period = string.Create(CultureInfo.InvariantCulture, $"<p>本报告统计期限自{year}年1月1日至{year}年12月31日。</p>");
        var first = html.IndexOf("<p>", html.IndexOf(title[^8..], StringComparison.Ordinal), StringComparison.Ordinal);
        var style = string.Create(CultureInfo.InvariantCulture,
            $"<meta charset=\"utf-8\"><style>@page{{size:A4;margin:{random.Next(12, 25)}mm}} body{{font:{random.Next(17, 24) / 2.0:0.0}pt {Fonts[random.Next(Fonts.Length)]}}} h1{{font-size:16pt;text-align:center}} table{{width:100%;border-collapse:collapse;margin:4pt 0}} td{{border:{random.Next(2, 5) / 4.0:0.00}pt solid black;padding:{random.Next(1, 4)}pt;text-align:center}} td:first-child{{text-align:left}}</style>");
        return style + html.Insert(first < 0 ? 0 : first, period);
    }

    /// <returns>A PDF of pictures and how many pages it has.</returns>
    public (byte[] Pdf, int Pages) Scan(string html, ScanFaults faults, Random random)
    {
        var (page, pdf) = (Path.Combine(folder.FullName, "page.html"), Path.Combine(folder.FullName, "page.pdf"));
        File.WriteAllText(page, html, Encoding.UTF8);
        Run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync",
            $"--user-data-dir={folder.FullName}/chromium", "--no-pdf-header-footer", $"--print-to-pdf={pdf}", $"file://{page}");
        Run("mutool", "draw", "-q", "-r", string.Create(CultureInfo.InvariantCulture, $"{faults.Dpi}"), "-c", "gray", "-F", "pgm", "-o", Path.Combine(folder.FullName, "page-%03d.pgm"), pdf);
        var pages = new List<(byte[], int, int)>();
        foreach (var file in Directory.GetFiles(folder.FullName, "page-*.pgm").Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(file);
            var head = Encoding.ASCII.GetString(bytes, 0, 60).Split((char[]?)['\n', ' '], 5);
            var (width, height) = (int.Parse(head[1], CultureInfo.InvariantCulture), int.Parse(head[2], CultureInfo.InvariantCulture));
            pages.Add((ScannedPrint.Spoil(bytes[^(width * height)..], width, height, faults, random), width, height));
            File.Delete(file);
        }

        return (ScannedPrint.ToPdf(pages, faults.Dpi), pages.Count);
    }

    /// <returns>The file that holds the bytes until it is deleted, at the latest with this.</returns>
    public string Keep(byte[] pdf, string name)
    {
        var file = Path.Combine(folder.FullName, "kept-" + name);
        File.WriteAllBytes(file, pdf);
        return file;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var complaint = process.StandardError.ReadToEnd();
        output.GetAwaiter().GetResult();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program}: expected exit code 0, found {process.ExitCode}: {complaint}");
    }
}
