using EtlWarehouse.App;
using EtlWarehouse.App.Postgres;

namespace EtlWarehouse.IntegrationTests.Postgres;

/// <summary>The home of one test, with a private PostgreSQL that starts fast.</summary>
internal sealed class TemporaryHome : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("etl-home-");

    /// <param name="below">A folder inside, e.g. to make the path long.</param>
    public TemporaryHome(string below = "")
    {
        TestServer.RequirePrograms();
        Path = System.IO.Path.Combine(folder.FullName, below);
        Write("postgres/local.conf", "fsync = off\nshared_buffers = '16MB'\n");
        Settings = TestServer.FreshSettings(new DirectoryInfo(Path)) with { Note = Notes.Add };
    }

    /// <summary>A home whose PostgreSQL has been started once already: initdb takes seconds.</summary>
    public static TemporaryHome Prepared()
    {
        var home = new TemporaryHome();
        TestServer.CopyPreparedServer(System.IO.Path.Combine(home.Path, "postgres"));
        return home;
    }

    public string Path { get; }

    public WarehouseSettings Settings { get; init; }

    /// <summary>What the operator was told.</summary>
    public List<string> Notes { get; } = [];

    public string PostmasterFile => System.IO.Path.Combine(Path, "postgres/data/postmaster.pid");

    public Task<PrivatePostgres> OpenAsync(int? port = null) =>
        PrivatePostgres.OpenAsync(port is null ? Settings : Settings with { Port = port }, TimeProvider.System, CancellationToken.None);

    public void Write(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
