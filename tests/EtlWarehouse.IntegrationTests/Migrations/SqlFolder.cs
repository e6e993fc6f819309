namespace EtlWarehouse.IntegrationTests.Migrations;

/// <summary>A folder of SQL files of one test: a first migration that makes schema and role as ours does, and what the test adds.</summary>
internal sealed class SqlFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("etl-sql-");

    public SqlFolder()
    {
        File.Copy(System.IO.Path.Combine(TestServer.Root, "sql/migrations/0001_schemas_and_roles.sql"), Full("migrations/0001_schemas_and_roles.sql"));
    }

    public string Path => folder.FullName;

    public void Write(string file, string text) => File.WriteAllText(Full(file), text);

    public void Delete(string file) => File.Delete(Full(file));

    public void Dispose() => folder.Delete(recursive: true);

    private string Full(string file)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }
}
