namespace EtlWarehouse.App;

/// <summary>Where the warehouse keeps its files and which PostgreSQL it uses.</summary>
/// <param name="Root">The repository's folder: <c>sql/</c>, <c>pipelines/</c> and <c>samples/</c> stand in it.</param>
/// <param name="Home">Everything that is written: archive, private PostgreSQL, run files.</param>
public sealed record WarehouseSettings(string Root, string Home)
{
    /// <summary>An Npgsql connection string of the database's owner; null for the private PostgreSQL.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>TCP port of the private PostgreSQL on 127.0.0.1; null lets the program choose one and keep it.</summary>
    public int? Port { get; init; }

    /// <summary>How long the private PostgreSQL may take to start, recovery after a crash included.</summary>
    /// <value>Default: 2 minutes.</value>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Takes notes for the operator, one line each.</summary>
    /// <value>Default: standard error.</value>
    public Action<string> Note { get; init; } = static line => Console.Error.WriteLine(line);

    public string SqlFolder => Path.Combine(Root, "sql");

    public string PipelinesFolder => Path.Combine(Root, "pipelines");

    public string SamplesFolder => Path.Combine(Root, "samples");

    public string ArchiveFolder => Path.Combine(Home, "archive");

    /// <summary>Reads <c>ETL_ROOT</c>, <c>ETL_HOME</c>, <c>ETL_DATABASE</c> and <c>ETL_PG_PORT</c>.</summary>
    /// <param name="variable">Gives an environment variable's value, or null.</param>
    /// <exception cref="FormatException">A variable says something else than expected.</exception>
    /// <exception cref="DirectoryNotFoundException"><c>ETL_ROOT</c> is unset and no folder above the program holds the solution.</exception>
    public static WarehouseSettings FromEnvironment(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var root = Given("ETL_ROOT") is { } folder ? Path.GetFullPath(folder) : FindRoot(AppContext.BaseDirectory);
        return new WarehouseSettings(root, Given("ETL_HOME") is { } home ? Path.GetFullPath(home) : Path.Combine(root, ".etl"))
        {
            ConnectionString = Given("ETL_DATABASE"),
            Port = Given("ETL_PG_PORT") is { } port ? ReadPort(port) : null,
        };

        string? Given(string name) => variable(name) is { Length: > 0 } value ? value : null;
    }

    private static int ReadPort(string text) =>
        int.TryParse(text, out var port) && port is > 0 and <= 65535
            ? port
            : throw new FormatException($"ETL_PG_PORT: expected a port from 1 to 65535, found '{text}'");

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EtlWarehouse.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"expected EtlWarehouse.sln in a folder above {start}, found none; set ETL_ROOT");
    }
}
