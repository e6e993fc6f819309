using System.Text.Encodings.Web;
using System.Text.Json;

namespace EtlWarehouse.Crawling.Archive;

/// <summary>How records stand in the archive: readable, and the same bytes for the same record.</summary>
internal static class ArchiveJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>For files of one record a line.</summary>
    public static JsonSerializerOptions LineOptions { get; } = new(Options) { WriteIndented = false };

    /// <exception cref="ArchiveException">The bytes are not such a record.</exception>
    public static T Read<T>(string path, byte[] json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options)
                ?? throw new ArchiveException(ArchiveFault.Corrupt, $"{path}: expected a record, found null");
        }
        catch (JsonException exception)
        {
            throw new ArchiveException(ArchiveFault.Corrupt, $"{path}: expected a record, found: {exception.Message}", exception);
        }
    }
}
