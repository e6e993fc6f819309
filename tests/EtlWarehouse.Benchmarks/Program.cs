using EtlWarehouse.Benchmarks;
using Npgsql;

await using var database = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("ETL_DATABASE")!);
return await new LoadBenchmark(database, Environment.GetEnvironmentVariable("ETL_ROOT")!, reports: 1000, rounds: 7).RunAsync(CancellationToken.None);
