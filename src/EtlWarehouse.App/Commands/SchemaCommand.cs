using System.CommandLine;
using EtlWarehouse.App.Postgres;

namespace EtlWarehouse.App.Commands;

/// <summary><c>etl schema</c>: writes <c>sql/schema.sql</c> anew, from a database that is made for it and thrown away.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "重新生成 sql/schema.sql · write sql/schema.sql anew after a migration was added");
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
        }
        finally
        {
            home.Delete(recursive: true);
        }
        Console.WriteLine($"已写入 · written: {SchemaPicture.FileIn(settings.SqlFolder)}");
    }
}
