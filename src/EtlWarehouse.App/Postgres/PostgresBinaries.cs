using System.Globalization;

namespace EtlWarehouse.App.Postgres;

/// <summary>One installed PostgreSQL server.</summary>
/// <param name="Folder">Holds <c>postgres</c>, <c>initdb</c>, <c>psql</c>.</param>
/// <param name="Major">The major version, e.g. 15.</param>
internal sealed record PostgresBinaries(string Folder, int Major)
{
    /// <summary>Where Debian, Ubuntu and the RPM packages keep one folder a major version.</summary>
    private static readonly (string Parent, string Prefix)[] Places = [("/usr/lib/postgresql", ""), ("/usr", "pgsql-")];

    public string this[string program] => Path.Combine(Folder, program);

    public static IReadOnlyList<PostgresBinaries> Installed() => Installed(Places);

    internal static IReadOnlyList<PostgresBinaries> Installed(IEnumerable<(string Parent, string Prefix)> places) =>
    [
        .. from place in places
           where Directory.Exists(place.Parent)
           from folder in Directory.EnumerateDirectories(place.Parent, place.Prefix + "*")
           let number = Path.GetFileName(folder)[place.Prefix.Length..]
           where int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)
           let bin = Path.Combine(folder, "bin")
           where File.Exists(Path.Combine(bin, "postgres")) && File.Exists(Path.Combine(bin, "initdb"))
           let major = int.Parse(number, CultureInfo.InvariantCulture)
           orderby major descending
           select new PostgresBinaries(bin, major),
    ];

    /// <summary>The newest for a new data directory, else those of the data directory's version.</summary>
    /// <param name="dataMajor">What <c>PG_VERSION</c> says; null where there is no data yet.</param>
    /// <exception cref="PostgresSetupException">None is installed, or none of that version.</exception>
    public static PostgresBinaries Choose(IReadOnlyList<PostgresBinaries> installed, int? dataMajor, string dataFolder)
    {
        if (installed.Count == 0)
        {
            var package = dataMajor is { } version ? $"postgresql-{version}" : "postgresql";
            throw new PostgresSetupException(
                $"PostgreSQL: expected server programs in /usr/lib/postgresql/*/bin, found none; install the Debian package {package}, or set ETL_DATABASE");
        }
        if (dataMajor is null)
            return installed[0];

        return installed.FirstOrDefault(each => each.Major == dataMajor)
            ?? throw new PostgresSetupException(
                $"{dataFolder}: made by PostgreSQL {dataMajor}, found PostgreSQL {string.Join(", ", installed.Select(each => each.Major))}; "
                + $"install postgresql-{dataMajor}, or move the folder away and run `etl replay`");
    }

    /// <summary><c>psql</c> of the newest server, else the one in the search path.</summary>
    public static string Psql() => Installed() is [var newest, ..] ? newest["psql"] : "psql";
}
