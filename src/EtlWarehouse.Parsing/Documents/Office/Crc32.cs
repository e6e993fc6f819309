namespace EtlWarehouse.Parsing.Documents.Office;

/// <summary>The checksum of ZIP entries (ISO 3309). The framework's reader does not compare it, and a flipped bit may be a digit.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Remainder)];

    /// <param name="checksum">Of the bytes before; 0 where these are the first.</param>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var crc = ~checksum;
        foreach (var next in bytes)
            crc = Table[(crc ^ next) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    private static uint Remainder(int value)
    {
        var remainder = (uint)value;
        for (var bit = 0; bit < 8; bit++)
            remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ 0xEDB88320;
        return remainder;
    }
}
