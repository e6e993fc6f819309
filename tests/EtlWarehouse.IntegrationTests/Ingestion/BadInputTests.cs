using System.Text;
using EtlWarehouse.IntegrationTests.Commands;
using EtlWarehouse.IntegrationTests.Postgres;

namespace EtlWarehouse.IntegrationTests.Ingestion;

/// <summary>One bad document never stops the others, and each is named in one line.</summary>
public sealed class BadInputTests
{
    private static readonly string Good = Path.Combine(TestServer.Root, "samples", "yunxi", "art", "2022", "3", "11", "art_1229425_58124.html");

    // As long as a page's text is; a nearly empty page is refused for that.
    private static readonly string Prose = string.Concat(Enumerable.Repeat("会议强调，要持续做好政务公开各项工作，回应群众关切。", 40));

    private TemporaryHome home = null!;
    private DirectoryInfo folder = null!;

    [SetUp]
    public void Create()
    {
        home = TemporaryHome.Prepared();
        folder = Directory.CreateTempSubdirectory("etl-input-");
    }

    [TearDown]
    public void Remove()
    {
        home.Dispose();
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task Import_BadAmongGood_NamesEachInOneLineAndLoadsTheRest()
    {
        var text = await File.ReadAllTextAsync(Good);
        Write("empty.html", []);
        Write("photo.html", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, 0x4A, 0x46]);
        Write("news.html", Encoding.UTF8.GetBytes("<html><body><h1>县司法局召开会议</h1><p>" + Prose + "</p></body></html>"));
        Write("no-tables.html", Encoding.UTF8.GetBytes("<h1>青禾县司法局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>" + Prose + "</p>"));
        Write("good.html", Encoding.UTF8.GetBytes(text));

        var outcome = await EtlScript.RunAsync(home.Path, "import", folder.FullName, "/nowhere/at/all");

        var lines = outcome.Error.Split('\n').Where(line => line.StartsWith("etl: /", StringComparison.Ordinal)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(3), outcome.Error);
            Assert.That(lines, Has.Count.EqualTo(5));
            Assert.That(lines, Has.One.Contains("empty.html: document.empty: expected a report, found an empty file"));
            Assert.That(lines, Has.One.Contains("photo.html: "));
            Assert.That(lines, Has.One.Contains("news.html: report.not_found: "));
            Assert.That(lines, Has.One.Contains("no-tables.html: report.no_tables: "));
            Assert.That(lines, Has.One.EqualTo("etl: /nowhere/at/all: file.missing: expected a file or folder, found nothing"));
            Assert.That(outcome.Output, Does.Contain("200 个单元格 facts changed").Or.Contain("无法归入"), outcome.Output);
        }
    }

    [Test]
    public async Task Import_TruncatedTable_LoadsWhatIsThereAndNothingElse()
    {
        var seed = Path.Combine(TestServer.Root, "samples", "qinghe");
        var whole = Directory.GetFiles(seed, "*.*htm*", SearchOption.AllDirectories).First(file => File.ReadAllText(file).Contains("结转下年度", StringComparison.Ordinal));
        var text = await File.ReadAllTextAsync(whole);
        Write("cut.html", Encoding.UTF8.GetBytes(text[..text.IndexOf("无法提供", StringComparison.Ordinal)]));

        var parsed = await EtlScript.RunAsync(home.Path, "parse", Path.Combine(folder.FullName, "cut.html"), "--format", "csv");

        var states = parsed.Output.Split("\r\n").Skip(1).Where(line => line.Length > 0).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed.ExitCode, Is.Zero, parsed.Error);
            Assert.That(states, Has.Count.EqualTo(200));
            // Sections two, and section three down to （三）: 10 + 12 x 7; the rest is missing, not zero.
            Assert.That(states.Count(line => line.Contains(",reported,", StringComparison.Ordinal)), Is.EqualTo(10 + (12 * 7)));
            Assert.That(states.Count(line => line.Contains(",missing,", StringComparison.Ordinal)), Is.EqualTo(200 - 10 - (12 * 7)));
        }
    }

    [TestCase("gb2312", "utf-8")]   // says gb2312, is UTF-8
    [TestCase("utf-8", "gb18030")]  // says UTF-8, is GB 18030
    public async Task Parse_WrongCharsetDeclaration_IsSeenThrough(string declared, string real)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = (await File.ReadAllTextAsync(Good)).Replace("charset=UTF-8", $"charset={declared}", StringComparison.OrdinalIgnoreCase)
            .Replace("charset=\"UTF-8\"", $"charset=\"{declared}\"", StringComparison.OrdinalIgnoreCase);
        Write("page.html", Encoding.GetEncoding(real).GetBytes(text));

        var parsed = await EtlScript.RunAsync(home.Path, "parse", Path.Combine(folder.FullName, "page.html"));

        Assert.That(parsed.ExitCode, Is.Zero, parsed.Error);
        Assert.That(parsed.Output, Does.Contain($"\"charset\": \"{real}\"").And.Contain("\"code\": \"charset.mismatch\"").And.Contain("云溪县人民政府"));
    }

    [Test]
    public async Task Parse_NoReport_EndsWithTwoAndSaysWhy()
    {
        Write("news.txt", Encoding.UTF8.GetBytes("县司法局召开会议\n"));
        var parsed = await EtlScript.RunAsync(home.Path, "parse", Path.Combine(folder.FullName, "news.txt"));
        Assert.That((parsed.ExitCode, parsed.Output), Is.EqualTo((2, "")));
        Assert.That(parsed.Error, Does.Contain("report.not_found: expected the title of an annual report and its tables, found no title"));
    }

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(folder.FullName, name), bytes);
}
