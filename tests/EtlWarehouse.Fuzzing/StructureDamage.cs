using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace EtlWarehouse.Fuzzing;

/// <summary>Damage that keeps a format's outer form, so that it reaches what lies behind checksums and tables of contents.</summary>
internal static partial class StructureDamage
{
    public static IReadOnlyList<Damage> All { get; } =
    [
        new("markup", ChangesPrint: true, Markup),
        new("entry's markup", ChangesPrint: true, (bytes, _, random) => Zip(bytes, random, (content, chance) =>
            Encoding.UTF8.GetBytes(MarkupDamage.Apply(Encoding.UTF8.GetString(content), chance)))),
        new("entry's bytes", ChangesPrint: true, (bytes, other, random) => Zip(bytes, random, (content, chance) =>
            content.Length == 0 ? content : Damage.OfBytes[chance.Next(Damage.OfBytes.Count)].Apply(content, other, chance) ?? content)),
        new("entry lost", ChangesPrint: true, (bytes, _, random) => Zip(bytes, random, (_, _) => null)),
        new("objects", ChangesPrint: true, Pdf),
    ];

    private static byte[]? Markup(byte[] bytes, byte[] other, Random random)
    {
        if (bytes.AsSpan(0, Math.Min(bytes.Length, 1024)).IndexOf((byte)'<') < 0 || !IsText(bytes))
            return null;
        // As Latin-1 every byte keeps its place, whatever the charset.
        return Encoding.Latin1.GetBytes(MarkupDamage.Apply(Encoding.Latin1.GetString(bytes), random));
    }

    private static bool IsText(byte[] bytes) => !bytes.AsSpan().StartsWith("%PDF"u8) && !bytes.AsSpan().Contains((byte)0);

    /// <param name="change">An entry's new content; null where it is left out.</param>
    private static byte[]? Zip(byte[] bytes, Random random, Func<byte[], Random, byte[]?> change)
    {
        if (!bytes.AsSpan().StartsWith("PK\u0003\u0004"u8))
            return null;
        using var source = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
        // The large parts are those with the report in them.
        var weights = source.Entries.Select(entry => Math.Sqrt(entry.Length + 1)).ToList();
        var at = random.NextDouble() * weights.Sum();
        var chosen = source.Entries[Math.Min(weights.Count - 1, weights.TakeWhile(weight => (at -= weight) > 0).Count())];
        using var target = new MemoryStream();
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in source.Entries)
            {
                using var unpacked = new MemoryStream();
                using (var stream = entry.Open())
                    stream.CopyTo(unpacked);
                if ((entry == chosen ? change(unpacked.ToArray(), random) : unpacked.ToArray()) is not { } content)
                    continue;
                var made = archive.CreateEntry(entry.FullName, CompressionLevel.Fastest);
                made.LastWriteTime = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var written = made.Open();
                written.Write(content);
            }
        }

        return target.ToArray();
    }

    /// <summary>References turned to other objects, numbers out of range, objects twice; the table of offsets stays as it was.</summary>
    private static byte[]? Pdf(byte[] bytes, byte[] other, Random random)
    {
        if (!bytes.AsSpan().StartsWith("%PDF"u8))
            return null;
        var text = Encoding.Latin1.GetString(bytes);
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var places = (random.Next(2) == 0 ? Reference() : PdfNumber()).Matches(text);
            if (places.Count == 0)
                continue;
            var (one, another) = (places[random.Next(places.Count)], places[random.Next(places.Count)]);
            var replacement = random.Next(3) switch
            {
                0 => another.Groups["n"].Value,
                1 => "9999999999"[..Math.Min(10, one.Groups["n"].Length)],
                _ => random.Next(1000).ToString(CultureInfo.InvariantCulture),
            };
            // Blanks keep the offsets of the objects behind it.
            var length = one.Groups["n"].Length;
            replacement = replacement.Length > length && random.Next(2) == 0 ? replacement[..length] : replacement.PadRight(length);
            text = string.Concat(text.AsSpan(0, one.Groups["n"].Index), replacement, text.AsSpan(one.Groups["n"].Index + length));
        }

        return Encoding.Latin1.GetBytes(text);
    }

    [GeneratedRegex("(?<n>[0-9]{1,5}) 0 R")]
    private static partial Regex Reference();

    [GeneratedRegex(@"/[A-Z][A-Za-z0-9]{1,20}[ \[](?<n>-?[0-9]{1,7})")]
    private static partial Regex PdfNumber();
}
