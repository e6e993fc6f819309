namespace EtlWarehouse.App.Postgres;

/// <summary>The private PostgreSQL cannot be used; the message says what to do, on one line.</summary>
public sealed class PostgresSetupException(string message, Exception? cause = null) : Exception(message, cause);
