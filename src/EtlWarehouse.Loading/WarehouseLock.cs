using Npgsql;

namespace EtlWarehouse.Loading;

/// <summary>
/// Lets one writer at a time into the warehouse, a stager or a transform: a transform sees no half of a batch, and two stagers do
/// not race for one document. Readers are never held up. The lock ends with the transaction.
/// </summary>
internal static class WarehouseLock
{
    // Advisory locks are numbers that all programs of a database share; this one stands for "etl load".
    private const long Key = 0x65746c6c6f6164;

    public static Task TakeAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.ExecuteAsync($"select pg_advisory_xact_lock({Key})", ct);
}
