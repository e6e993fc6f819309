using System.Text.RegularExpressions;

namespace EtlWarehouse.Crawling.Archive;

/// <summary>Something in the archive is not as it was written, or was not written by the archive.</summary>
/// <param name="Path">Relative to the archive.</param>
/// <param name="Message">Where, what was expected, what was found.</param>
public sealed record ArchiveFinding(string Path, string Message);

/// <summary>What a check looked at.</summary>
/// <param name="Torn">Last lines of fetches that were being written when their run died; they never counted.</param>
public sealed record ArchiveCheckSummary(int Bodies, int Captures, int Pipelines, int Fetches, int Torn, IReadOnlyList<ArchiveFinding> Findings);

/// <summary>Reads every file of the archive and holds it to its name, to its form, and to the others it speaks of.</summary>
public sealed partial class ArchiveCheck(DocumentArchive archive)
{
    private readonly List<ArchiveFinding> _findings = [];
    private readonly HashSet<string> _bodies = [];
    private readonly HashSet<string> _pipelines = [];
    private int _captures;
    private int _fetches;
    private int _torn;

    /// <exception cref="ArchiveException">The folder cannot be listed.</exception>
    public ArchiveCheckSummary Run(IProgress<(int Done, int All)>? progress, CancellationToken cancellation)
    {
        var files = archive.AllFiles();
        // Bodies and pipelines first: the others speak of them.
        var done = 0;
        foreach (var file in files.OrderBy(file => file.StartsWith("bodies", StringComparison.Ordinal) ? 0 : file.StartsWith("pipelines", StringComparison.Ordinal) ? 1 : 2))
        {
            cancellation.ThrowIfCancellationRequested();
            Check(file);
            progress?.Report((++done, files.Count));
        }

        return new ArchiveCheckSummary(_bodies.Count, _captures, _pipelines.Count, _fetches, _torn, _findings);
    }

    private void Check(string file)
    {
        try
        {
            if (BodyPlace().Match(file) is { Success: true } body)
                CheckBody(body.Groups["hash"].Value);
            else if (CapturePlace().IsMatch(file))
                CheckCapture(file);
            else if (PipelinePlace().Match(file) is { Success: true } pipeline)
                CheckPipeline(pipeline.Groups["hash"].Value);
            else if (FetchesPlace().IsMatch(file))
                CheckFetches(file);
            else if (!HalfWritten().IsMatch(file))
                _findings.Add(new ArchiveFinding(file, $"{Path.Combine(archive.Root, file)}: expected only files of the archive, found one of another kind"));
        }
        catch (ArchiveException exception)
        {
            _findings.Add(new ArchiveFinding(file, exception.Message));
        }
    }

    private void CheckBody(string hash)
    {
        // Damaged or not, it is there: who speaks of it is not to blame.
        _bodies.Add(hash);
        archive.Bodies.Verify(hash);
    }

    private void CheckPipeline(string hash)
    {
        _pipelines.Add(hash);
        archive.Pipelines.Read(hash);
    }

    private void CheckCapture(string file)
    {
        _captures++;
        var capture = archive.Captures.Verify(file);
        Expect(file, capture.Sha256);
        if (!_pipelines.Contains(capture.PipelineHash))
            _findings.Add(new ArchiveFinding(file, $"{Path.Combine(archive.Root, file)}: expected its pipeline {capture.PipelineHash}, found none"));
    }

    private void CheckFetches(string file)
    {
        foreach (var fetch in archive.Fetches.Read(file))
        {
            _fetches++;
            if (fetch.Sha256 is not null)
                Expect(file, fetch.Sha256);
        }

        if (!archive.Fetches.EndsWhole(file))
            _torn++;
    }

    private void Expect(string file, string sha256)
    {
        if (!_bodies.Contains(sha256))
            _findings.Add(new ArchiveFinding(file, $"{Path.Combine(archive.Root, file)}: expected its body {sha256}, found none"));
    }

    [GeneratedRegex("^bodies/(?<a>[0-9a-f]{2})/(?<b>[0-9a-f]{2})/(?<hash>\\k<a>\\k<b>[0-9a-f]{60})\\.gz$")]
    private static partial Regex BodyPlace();

    [GeneratedRegex("^captures/([0-9a-f]{2})/([0-9a-f]{2})/\\1\\2[0-9a-f]{60}\\.[0-9a-f]{16}(\\.[0-9]+)?\\.json$")]
    private static partial Regex CapturePlace();

    [GeneratedRegex("^pipelines/(?<hash>[0-9a-f]{64})\\.json$")]
    private static partial Regex PipelinePlace();

    [GeneratedRegex("^fetches/[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}\\.jsonl$")]
    private static partial Regex FetchesPlace();

    [GeneratedRegex("^tmp/[0-9a-f]{32}\\.part$")]
    private static partial Regex HalfWritten();
}
