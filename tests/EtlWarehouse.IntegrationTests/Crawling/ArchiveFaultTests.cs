using System.Diagnostics;
using EtlWarehouse.Crawling;
using EtlWarehouse.Crawling.Archive;
using EtlWarehouse.Crawling.Journal;
using EtlWarehouse.IntegrationTests.Databases;

namespace EtlWarehouse.IntegrationTests.Crawling;

/// <summary>Archives on a small file system of their own: full, and read-only.</summary>
public sealed class ArchiveFaultTests
{
    private DirectoryInfo _folder = null!;
    private DocumentArchive _archive = null!;

    [SetUp]
    public void Mount()
    {
        _folder = Directory.CreateTempSubdirectory("etl-small-");
        if (!TryRun("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", _folder.FullName))
        {
            _folder.Delete();
            Assert.Ignore("SKIPPED: mounting a small file system needs root");
        }

        _archive = new DocumentArchive(Path.Combine(_folder.FullName, "archive"));
    }

    [TearDown]
    public void Unmount()
    {
        _folder.Refresh();
        if (!_folder.Exists)
            return;
        TryRun("umount", _folder.FullName);
        _folder.Delete();
    }

    [Test]
    public void Add_DiskFull_IsNamedAndLeavesNothingHalf()
    {
        var body = new byte[256 * 1024];
        new Random(1).NextBytes(body);
        Assert.Multiple(() =>
        {
            Assert.That(() => _archive.Bodies.Add(body), Throws.TypeOf<ArchiveException>()
                .With.Property("Fault").EqualTo(ArchiveFault.DiskFull)
                .And.Message.EndsWith(".gz: expected to write a file, found the disk full"));
            Assert.That(_archive.Bodies.Contains(BodyArchive.Hash(body)), Is.False);
            Assert.That(Directory.GetFiles(_archive.Root, "*", SearchOption.AllDirectories), Is.Empty);
        });
    }

    [Test]
    public void Add_ReadOnlyFileSystem_IsNoPermission()
    {
        var hash = _archive.Bodies.Add("was there before"u8.ToArray());
        Assert.That(TryRun("mount", "-o", "remount,ro", _folder.FullName));
        Assert.Multiple(() =>
        {
            Assert.That(() => _archive.Bodies.Add("comes later"u8.ToArray()), Throws.TypeOf<ArchiveException>()
                .With.Property("Fault").EqualTo(ArchiveFault.NoPermission));
            Assert.That(_archive.Bodies.Read(hash), Is.EqualTo("was there before"u8.ToArray()));
        });
    }

    [Test]
    public async Task CrawlAsync_DiskFull_FailsThatSiteAndSaysWhy()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var site = await LoopbackSite.StartAsync();
        site.ReportList("/list.html", "甲局", "乙局");
        var noise = new byte[200 * 1024];
        new Random(2).NextBytes(noise);
        site.Answer("/doc/1.html", context => context.Response.Body.WriteAsync(noise).AsTask());
        var pipeline = LoopbackSite.Pipeline(LoopbackSite.Site("/list.html"));

        await using var run = await CrawlRun.StartAsync(database.Owner, pipeline.Name, TimeProvider.System, CancellationToken.None);
        var visit = (await new PipelineCrawler(pipeline, _archive, TimeProvider.System, site.Served).CrawlAsync(run, null, CancellationToken.None)).Single();
        Assert.Multiple(() =>
        {
            Assert.That(visit.Outcome, Is.EqualTo(CrawlOutcome.Failed));
            Assert.That(visit.Reasons.Single().Code, Is.EqualTo("archive.disk_full"));
            Assert.That(_archive.Captures.ReadAll(), Has.Count.EqualTo(1), "what was kept before stays");
        });

        TryRun("mount", "-o", "remount,size=4m", _folder.FullName);
        await run.FinishAsync(CrawlOutcome.Failed, [], CancellationToken.None);
        await run.DisposeAsync();
        await using var next = await CrawlRun.StartAsync(database.Owner, pipeline.Name, TimeProvider.System, CancellationToken.None);
        var repaired = (await new PipelineCrawler(pipeline, _archive, TimeProvider.System, site.Served).CrawlAsync(next, null, CancellationToken.None)).Single();
        Assert.That((repaired.Outcome, repaired.Fetched, repaired.Unchanged), Is.EqualTo((CrawlOutcome.Complete, 1, 1)));
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
