namespace EtlWarehouse.Loading.Migrations;

/// <summary>The SQL files and the database do not fit together; the message begins with the file.</summary>
public sealed class MigrationException : Exception
{
    public MigrationException(string file, string problem, Exception? cause = null)
        : base($"{file}: {problem}", cause) => File = file;

    /// <summary>The file's path below the sql folder.</summary>
    public string File { get; }
}
