namespace EtlWarehouse.Fuzzing;

/// <summary>One damaged document. The same seed and number give the same bytes from the same sound documents.</summary>
/// <param name="Other">The document whose bytes a splice ends with.</param>
public sealed record FuzzCase(int Seed, int Number, SoundDocument Document, SoundDocument Other, Damage Damage, byte[] Bytes)
{
    /// <summary>Makes the case; formats take turns, so that each gets its share.</summary>
    public static FuzzCase Make(SoundDocuments documents, int seed, int number)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var format = documents.Formats[number % documents.Formats.Count];
        var sources = documents.Of(format);
        var document = sources[random.Next(sources.Count)];
        var others = documents.Of(documents.Formats[random.Next(documents.Formats.Count)]);
        var other = others[random.Next(others.Count)];
        var isOfStructure = random.Next(2) == 0;
        var damages = isOfStructure ? StructureDamage.All : Damage.OfBytes;
        var start = random.Next(damages.Count);
        for (var turn = 0; turn < damages.Count; turn++)
        {
            var damage = damages[(start + turn) % damages.Count];
            if (damage.Apply(document.Bytes, other.Bytes, random) is { Length: > 0 } bytes)
                return new FuzzCase(seed, number, document, other, damage, bytes);
        }

        // Not every format has a structure that is known here.
        return new FuzzCase(seed, number, document, other, Damage.OfBytes[0], Damage.OfBytes[0].Apply(document.Bytes, other.Bytes, random)!);
    }
}
