using EtlWarehouse.Crawling.Archive;

namespace EtlWarehouse.Tests.Crawling.Archive;

/// <summary>An archive of its own for each test.</summary>
public abstract class ArchiveFixture
{
    private DirectoryInfo _folder = null!;

    protected DocumentArchive Archive { get; private set; } = null!;

    [SetUp]
    public void MakeArchive()
    {
        _folder = Directory.CreateTempSubdirectory("etl-archive-");
        Archive = new DocumentArchive(_folder.FullName);
    }

    [TearDown]
    public void RemoveArchive() => _folder.Delete(recursive: true);
}
