using System.Globalization;

namespace EtlWarehouse.App.Postgres;

/// <summary>The operating system's user that the server runs as. PostgreSQL refuses root.</summary>
/// <param name="UserId">Numeric user.</param>
/// <param name="GroupId">Its login group.</param>
/// <param name="IsCaller">Whether the program itself runs as that user.</param>
internal sealed record ServerAccount(int UserId, int GroupId, bool IsCaller)
{
    // Debian's PostgreSQL packages make the first; every system has the second.
    private static readonly string[] Names = ["postgres", "nobody"];

    // In the order of what they allow: read_search suffices, but containers often grant only override.
    private static readonly string[] Capabilities = ["", "dac_read_search", "dac_override"];

    /// <summary>Words that go before a command line so that it runs as this user.</summary>
    private IReadOnlyList<string> Prefix { get; init; } = [];

    public IReadOnlyList<string> CommandLine(params IEnumerable<string> words) => [.. Prefix, .. words];

    /// <summary>The caller itself, or where that is root: the data directory's owner, else <c>postgres</c> or <c>nobody</c>.</summary>
    /// <exception cref="PostgresSetupException">The data belongs to another user, or there is no user to run as.</exception>
    public static async Task<ServerAccount> FindAsync(string dataFolder, CancellationToken ct)
    {
        var caller = await OwnerAsync("/proc/self/", ct);
        var owner = Directory.Exists(dataFolder) ? await OwnerAsync(dataFolder, ct) : null as (int User, int Group)?;
        if (!Environment.IsPrivilegedProcess)
        {
            return owner is null || owner.Value.User == caller.User
                ? new ServerAccount(caller.User, caller.Group, true)
                : throw new PostgresSetupException(
                    $"{dataFolder}: belongs to user {owner.Value.User}, this is user {caller.User}; run as that user, or set ETL_HOME to a folder of your own");
        }

        if (owner is { User: not 0 } data)
            return As(data.User, data.Group);

        foreach (var name in Names)
        {
            // name:password:user:group:...
            var entry = await ExternalProgram.RunAsync(["getent", "passwd", name], ct);
            if (entry.Succeeded && entry.Output.Split(':') is [_, _, var user, var group, ..])
                return As(Number(user), Number(group));
        }
        throw new PostgresSetupException("PostgreSQL does not run as root: expected a user postgres or nobody, found neither; make one, or run as an ordinary user");
    }

    /// <summary>Finds out what the user needs to reach a folder; a clone may lie below one that only root may enter.</summary>
    /// <exception cref="PostgresSetupException">It cannot reach the folder in any way.</exception>
    public async Task<ServerAccount> ReachingAsync(string folder, CancellationToken ct)
    {
        if (IsCaller)
            return this;

        foreach (var capability in Capabilities)
        {
            var reaching = this with { Prefix = [.. Prefix, .. Granting(capability)] };
            if ((await ExternalProgram.RunAsync(reaching.CommandLine("sh", "-c", "cd \"$1\"", "sh", folder), ct)).Succeeded)
                return reaching;
        }
        throw new PostgresSetupException(
            $"{folder}: user {UserId}, which runs PostgreSQL, may not enter it; set ETL_HOME to a folder it may enter, e.g. /var/lib/etl-warehouse");

        static IEnumerable<string> Granting(string capability) =>
            capability.Length == 0 ? [] : [$"--inh-caps=+{capability}", $"--ambient-caps=+{capability}"];
    }

    /// <summary>Gives a file or folder to the user.</summary>
    public async Task TakeAsync(string path, CancellationToken ct)
    {
        if (IsCaller)
            return;

        var outcome = await ExternalProgram.RunAsync(["chown", "--no-dereference", $"{UserId}:{GroupId}", path], ct);
        if (!outcome.Succeeded)
            throw new PostgresSetupException($"{path}: cannot be given to user {UserId}: {outcome.Complaint}");
    }

    private static ServerAccount As(int user, int group) => new(user, group, false)
    {
        Prefix = ["setpriv", $"--reuid={user}", $"--regid={group}", "--clear-groups"],
    };

    private static async Task<(int User, int Group)> OwnerAsync(string path, CancellationToken ct)
    {
        var outcome = await ExternalProgram.RunAsync(["stat", "--format=%u:%g", path], ct);
        return outcome.Succeeded && outcome.Output.Trim().Split(':') is [var user, var group]
            ? (Number(user), Number(group))
            : throw new PostgresSetupException($"{path}: {outcome.Complaint}");
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
