using System.Buffers.Binary;

namespace EtlWarehouse.Fuzzing;

/// <summary>One way in which the bytes of a document are damaged on their way.</summary>
/// <param name="ChangesPrint">The damaged document may really print other numbers than the sound one: other readers would see them too.</param>
/// <param name="Apply">From the sound bytes, the bytes of another document, and a source of chance; null where this damage cannot be done to them.</param>
public sealed record Damage(string Name, bool ChangesPrint, Func<byte[], byte[], Random, byte[]?> Apply)
{
    private const int Sector = 512;

    private static readonly uint[] Odd = [0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF];

    /// <summary>Damage to any bytes, whatever they mean.</summary>
    public static IReadOnlyList<Damage> OfBytes { get; } =
    [
        new("bit", ChangesPrint: false, (bytes, _, random) => Edit(bytes, copy => copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8)))),
        new("bytes", ChangesPrint: false, (bytes, _, random) => Edit(bytes, copy =>
        {
            for (var times = random.Next(1, 40); times > 0; times--)
                copy[random.Next(copy.Length)] = (byte)random.Next(256);
        })),
        new("integer", ChangesPrint: false, (bytes, _, random) => bytes.Length < 8 ? null : Edit(bytes, copy =>
        {
            for (var times = random.Next(1, 4); times > 0; times--)
                WriteOdd(copy.AsSpan(random.Next((copy.Length - 4) / 2) * 2), random);
        })),
        new("zeros", ChangesPrint: false, (bytes, _, random) => Edit(bytes, copy =>
        {
            var start = random.Next(copy.Length);
            copy.AsSpan(start, Math.Min(copy.Length - start, random.Next(1, 2 * Sector))).Clear();
        })),
        new("cut off", ChangesPrint: false, (bytes, _, random) => bytes[..random.Next(1, bytes.Length)]),
        new("piece lost", ChangesPrint: false, (bytes, _, random) =>
        {
            var (start, length) = Piece(bytes, random);
            return [.. bytes[..start], .. bytes[(start + length)..]];
        }),
        new("piece twice", ChangesPrint: false, (bytes, _, random) =>
        {
            var (start, length) = Piece(bytes, random);
            return [.. bytes[..(start + length)], .. bytes[start..]];
        }),
        new("blocks swapped", ChangesPrint: false, (bytes, _, random) => bytes.Length < 4 * Sector ? null : Edit(bytes, copy =>
        {
            var (one, other) = (random.Next(copy.Length / Sector) * Sector, random.Next(copy.Length / Sector) * Sector);
            bytes.AsSpan(one, Sector).CopyTo(copy.AsSpan(other));
            bytes.AsSpan(other, Sector).CopyTo(copy.AsSpan(one));
        })),
        new("spliced", ChangesPrint: true, (bytes, other, random) => [.. bytes[..random.Next(1, bytes.Length)], .. other[random.Next(other.Length)..]]),
    ];

    internal static byte[] Edit(byte[] bytes, Action<byte[]> edit)
    {
        var copy = bytes.ToArray();
        edit(copy);
        return copy;
    }

    private static (int Start, int Length) Piece(byte[] bytes, Random random)
    {
        var start = random.Next(bytes.Length);
        return (start, Math.Min(bytes.Length - start, random.Next(1, random.Next(2) == 0 ? 64 : 4 * Sector)));
    }

    private static void WriteOdd(Span<byte> place, Random random)
    {
        var odd = Odd[random.Next(Odd.Length)];
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)(odd & 0xFFFF));
        else
            BinaryPrimitives.WriteUInt32LittleEndian(place, odd);
    }
}
