namespace EtlWarehouse.Crawling.Archive;

/// <summary>The folder from which everything after it can be rebuilt: bodies, captures, pipelines, fetches.</summary>
public sealed class DocumentArchive
{
    private readonly DurableFolder _folder;

    /// <param name="root">E.g. <c>.etl/archive</c>; made when something is first stored.</param>
    public DocumentArchive(string root)
    {
        _folder = new DurableFolder(Path.GetFullPath(root));
        Bodies = new BodyArchive(_folder);
        Captures = new CaptureArchive(_folder);
        Pipelines = new PipelineArchive(_folder);
        Fetches = new FetchArchive(_folder);
    }

    public string Root => _folder.Root;

    public BodyArchive Bodies { get; }

    public CaptureArchive Captures { get; }

    public PipelineArchive Pipelines { get; }

    public FetchArchive Fetches { get; }

    /// <summary>Every file there is, relative to the archive.</summary>
    internal IReadOnlyList<string> AllFiles() => _folder.List(".", "*");

    /// <summary>Removes half-written files that writers left behind when they died; never one that counts.</summary>
    /// <returns>How many were removed.</returns>
    public int Sweep(TimeProvider time) => _folder.Sweep(time.GetUtcNow());
}
