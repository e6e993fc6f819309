using System.Globalization;

namespace EtlWarehouse.App.Postgres;

/// <summary>Settings of the private PostgreSQL that fit the machine.</summary>
internal static class ServerConfiguration
{
    private const long Megabyte = 1024 * 1024;
    private const int Connections = 60;

    /// <param name="memory">Bytes that the machine or the container has.</param>
    public static string Write(int port, string socketFolder, long memory, int processors)
    {
        var total = memory / Megabyte;
        var shared = Math.Clamp(total / 4, 32, 4096);
        (string Name, string Value)[] settings =
        [
            ("listen_addresses", "127.0.0.1"),
            ("port", Text(port)),
            ("unix_socket_directories", $"\"{socketFolder}\""),
            ("unix_socket_permissions", "0700"),
            ("max_connections", Text(Connections)),
            ("password_encryption", "scram-sha-256"),
            // A quarter for pages; the rest of the memory caches files anyway.
            ("shared_buffers", $"{shared}MB"),
            ("effective_cache_size", $"{Math.Max(64, total * 6 / 10)}MB"),
            // A quarter again, if each connection sorted or hashed once at the same time.
            ("work_mem", $"{Math.Clamp(total / 4 / Connections, 4, 64)}MB"),
            ("maintenance_work_mem", $"{Math.Clamp(total / 16, 32, 1024)}MB"),
            ("max_wal_size", "4GB"),
            ("min_wal_size", "128MB"),
            ("wal_compression", "on"),
            ("checkpoint_timeout", "15min"),
            ("max_worker_processes", Text(Math.Max(8, processors))),
            ("max_parallel_workers", Text(processors)),
            ("max_parallel_workers_per_gather", Text(Math.Clamp(processors / 2, 1, 4))),
            ("random_page_cost", "1.1"),
            ("effective_io_concurrency", "200"),
            // Compiling a plan costs more than our longest queries gain.
            ("jit", "off"),
            ("timezone", "UTC"),
            ("log_timezone", "UTC"),
            ("log_checkpoints", "off"),
            ("lc_messages", "C.UTF-8"),
        ];
        return "# Written at every start. Your own settings belong into local.conf beside this file.\n"
            + string.Concat(settings.Select(each => $"{each.Name} = '{each.Value.Replace("'", "''", StringComparison.Ordinal)}'\n"))
            + "include_if_exists 'local.conf'\n";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
