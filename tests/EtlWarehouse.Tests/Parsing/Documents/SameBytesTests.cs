using System.Diagnostics;
using System.Text.Json;

namespace EtlWarehouse.Tests.Parsing.Documents;

/// <summary>The program gives the same bytes for the same document wherever it runs: in any language, time zone and without ICU.</summary>
public sealed class SameBytesTests
{
    private static readonly (string Name, (string, string)[] Variables)[] Places =
    [
        ("zh-CN", [("LANG", "zh_CN.UTF-8"), ("LC_ALL", "zh_CN.UTF-8"), ("TZ", "Asia/Shanghai")]),
        ("de-DE", [("LANG", "de_DE.UTF-8"), ("LC_ALL", "de_DE.UTF-8"), ("TZ", "Pacific/Kiritimati")]),   // 1,5 and 1.234
        ("tr-TR", [("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"), ("TZ", "America/St_Johns")]),     // I and ı
        ("ar-SA", [("LANG", "ar_SA.UTF-8"), ("LC_ALL", "ar_SA.UTF-8"), ("TZ", "Pacific/Pago_Pago")]),    // another calendar
        ("fa-IR", [("LANG", "fa_IR.UTF-8"), ("LC_ALL", "fa_IR.UTF-8"), ("TZ", "Asia/Tehran")]),          // another calendar, another minus
        ("invariant", [("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"), ("TZ", "UTC")]),
    ];

    private static readonly string[] Formats = ["html", "txt", "pdf", "docx", "doc", "xlsx", "xls", "zip"];

    [Test]
    public void Parse_WhereverItRuns_GivesTheSameBytes([ValueSource(nameof(Formats))] string format)
    {
        var document = Document(format);
        var first = Parse(document, []);
        Assert.That(first, Has.Length.GreaterThan(10_000));
        using (Assert.EnterMultipleScope())
        {
            foreach (var (name, variables) in Places)
                Assert.That(Parse(document, variables), Is.EqualTo(first), name);
            Assert.That(Parse(document, []), Is.EqualTo(first), "again");
        }
    }

    /// <summary>One document of the format, with money, signs, repairs and findings where there is one.</summary>
    private static string Document(string format) => format switch
    {
        "html" => Path.Combine(ReferenceReports.Root, "samples", SampleFile("yunxi", "jyj-2022")),
        "txt" => ReferenceReports.Shared("seeds", "001_24760dbfdde7e022.txt"),
        _ => DocumentFixturesTests.Documents().Where(name => name.EndsWith("." + format, StringComparison.Ordinal)).Select(name => Path.Combine(DocumentFixturesTests.Folder, name)).First(),
    };

    private static string SampleFile(string site, string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(ReferenceReports.Root, "tests", "fixtures", "samples", site, name + ".json")));
        return json.RootElement.GetProperty("file").GetString()!;
    }

    private static byte[] Parse(string document, (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "EtlWarehouse.dll"), "parse", document])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error.Result);
        return output.ToArray();
    }
}
