namespace EtlWarehouse.Crawling.Archive;

/// <summary>The folder from which everything after it can be rebuilt: bodies, captures, pipelines.</summary>
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
    }

    public string Root => _folder.Root;

    public BodyArchive Bodies { get; }

    public CaptureArchive Captures { get; }

    public PipelineArchive Pipelines { get; }

    /// <summary>Removes half-written files that writers left behind when they died; never one that counts.</summary>
    /// <returns>How many were removed.</returns>
    public int Sweep(TimeProvider time) => _folder.Sweep(time.GetUtcNow());
}
