using System.Diagnostics;
using System.Text.Json;

namespace EtlWarehouse.IntegrationTests.Commands;

public sealed class CheckCommandTests
{
    private static readonly string Broken = Sample("yunxi", "jyj-2022");

    [Test]
    public async Task Check_ReportWithAWrongSum_SaysWhichAndExitsWithFour()
    {
        var outcome = await EtlScript.RunAsync("/nonexistent", "check", Broken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(4), outcome.Error);
            Assert.That(outcome.Output, Does.Contain("1. [错误] 表三“三（一）予以公开 · 总计”"));
            Assert.That(outcome.Output, Does.Contain("表中为 29，若为 27，以上等式全部成立"));
            Assert.That(outcome.Output, Does.Contain("勾稽等式 42 个：成立 40，不成立 2，无法核对 0"));
        }
    }

    [Test]
    public async Task Check_AsJson_GivesTheSameFindings()
    {
        var outcome = await EtlScript.RunAsync("/nonexistent", "check", Broken, "--format", "json");
        Assert.That(outcome.ExitCode, Is.EqualTo(4), outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.That(json.RootElement.GetProperty("summary").GetProperty("errors").GetInt32(), Is.EqualTo(1));
        Assert.That(json.RootElement.GetProperty("findings")[0].GetProperty("code").GetString(), Is.EqualTo("check.failed"));
    }

    [Test]
    public async Task Check_ReportWithoutFault_ExitsWithZero()
    {
        var outcome = await EtlScript.RunAsync("/nonexistent", "check", Sample("yunxi", "jyj-2023"));
        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Does.Contain("不成立 0"));
    }

    [Test]
    public async Task Check_FileThatIsNoReport_SaysWhyOnOneLineAndExitsWithTwo()
    {
        var outcome = await EtlScript.RunAsync("/nonexistent", "check", Path.Combine(TestServer.Root, "samples", "qinghe", "robots.txt"));
        Assert.That((outcome.ExitCode, outcome.Output), Is.EqualTo((2, "")));
        Assert.That(outcome.Error, Does.Match("^etl: .*robots\\.txt: 没有找到年度报告的标题和表格.*\n$"));
    }

    [Test]
    public async Task Check_FileThatIsNotThere_IsOneLine()
    {
        var outcome = await EtlScript.RunAsync("/nonexistent", "check", "/nonexistent/report.html");
        Assert.That((outcome.ExitCode, outcome.Error.Count(character => character == '\n')), Is.EqualTo((1, 1)));
    }

    // Opening a pipe would wait for its writer, and /dev/zero has no end.
    [TestCase("check", "/etc", 2, "etl: /etc: 应为一个文件，这是文件夹；读取整个文件夹请用 etl import（file.folder: expected a file, found a folder; etl import reads folders）\n")]
    [TestCase("parse", "/etc", 2, "etl: /etc: file.folder: expected a file, found a folder; etl import reads folders\n")]
    [TestCase("check", "/dev/null", 2, "etl: /dev/null: 应为一个普通文件，这是设备、管道或套接字（file.special: expected a file, found a device, pipe or socket）\n")]
    [TestCase("parse", "/dev/zero", 2, "etl: /dev/zero: file.special: expected a file, found a device, pipe or socket\n")]
    [TestCase("check", "", 1, "etl: '': 没有找到文件（file.missing: expected a file, found an empty path）\n")]
    [TestCase("parse", "", 1, "etl: '': file.missing: expected a file, found an empty path\n")]
    [TestCase("parse", "/nonexistent/report.html", 1, "etl: /nonexistent/report.html: file.missing: expected a file, found nothing\n")]
    public async Task Command_PathThatIsNoFile_SaysWhatWasFound(string command, string path, int exitCode, string error)
    {
        var outcome = await EtlScript.RunAsync("/nonexistent", command, path);
        Assert.That((outcome.ExitCode, outcome.Output, outcome.Error), Is.EqualTo((exitCode, "", error)));
    }

    [TestCase("check")]
    [TestCase("parse")]
    [CancelAfter(60_000)]
    public async Task Command_Pipe_DoesNotWait(string command)
    {
        var folder = Directory.CreateTempSubdirectory("etl-pipe-");
        var pipe = Path.Combine(folder.FullName, "report.html");
        using (var made = Process.Start("mkfifo", pipe))
            await made.WaitForExitAsync();

        var outcome = await EtlScript.RunAsync("/nonexistent", command, pipe);

        folder.Delete(recursive: true);
        Assert.That((outcome.ExitCode, outcome.Output), Is.EqualTo((2, "")));
        Assert.That(outcome.Error, Does.Contain("file.special: expected a file, found a device, pipe or socket"));
    }

    private static string Sample(string site, string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(TestServer.Root, "tests", "fixtures", "samples", site, name + ".json")));
        return Path.Combine(TestServer.Root, "samples", json.RootElement.GetProperty("file").GetString()!);
    }
}
