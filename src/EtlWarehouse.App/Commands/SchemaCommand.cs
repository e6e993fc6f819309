using System.CommandLine;
using EtlWarehouse.App.Catalog;
using EtlWarehouse.App.Postgres;

namespace EtlWarehouse.App.Commands;

/// <summary><c>etl schema</c>: writes <c>sql/schema.sql</c> and the data dictionary anew, from a database that is made for it and thrown away.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "重新生成 sql/schema.sql 与数据字典 · write sql/schema.sql and the data dictionary anew after a migration or view changed");
        command.SetAction((_, ct) => RunAsync(WarehouseSettings.FromEnvironment(Environment.GetEnvironmentVariable), ct));
        return command;
    }

    private static async Task RunAsync(WarehouseSettings settings, CancellationToken ct)
    {
        var home = Directory.CreateTempSubdirectory("etl-schema-");
        try
        {
            await using var database = await WarehouseDatabase.OpenAsync(
                settings with { Home = home.FullName, ConnectionString = null, Port = null, Note = _ => { } }, ct);
            await database.MigrateAsync(ct);
            var picture = await SchemaPicture.DrawAsync(database.OwnerConnectionString, ct);
            await File.WriteAllTextAsync(SchemaPicture.FileIn(settings.SqlFolder), picture, ct);
            await using var connection = await database.Owner.OpenConnectionAsync(ct);
            await File.WriteAllTextAsync(DataDictionary.FileIn(settings.Root), await DataDictionary.WriteAsync(connection, settings.SqlFolder, ct), ct);
        }
        finally
        {
            home.Delete(recursive: true);
        }
        Console.WriteLine($"已写入 · written: {SchemaPicture.FileIn(settings.SqlFolder)}, {DataDictionary.FileIn(settings.Root)}");
    }
}
