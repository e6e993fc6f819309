using System.Text;
using System.Text.RegularExpressions;
using EtlWarehouse.GoldSet.Rendering;

namespace EtlWarehouse.GoldSet.Mutants;

/// <summary>One way in which a file itself is damaged or odd; the truth stays, and what is lost need not be read.</summary>
/// <param name="Formats">Names of the formats it is for, or their beginnings.</param>
/// <param name="IsDecidable">Everything that was printed can still be read.</param>
public sealed partial record FileDamage(string Name, IReadOnlyList<string> Formats, bool IsDecidable, Func<byte[], Random, byte[]?> Apply)
{
    public static readonly IReadOnlyList<FileDamage> All =
    [
        new("file cut off", [], false, (bytes, random) => bytes[..random.Next(bytes.Length / 4, bytes.Length)]),
        new("bytes flipped", ["pdf", "docx", "xlsx", "zip"], false, Flip),
        new("unclosed tags", ["html"], true, (bytes, _) => Text(bytes, page => EndTag().Replace(page, ""))),
        new("upper case tags", ["html"], true, (bytes, _) => Text(bytes, page => Tag().Replace(page, tag => tag.Value.ToUpperInvariant()))),
        new("start tag lost", ["html"], false, (bytes, random) => Text(bytes, page => Remove(page, StartTag(), random))),
        new("end of row lost", ["html"], true, (bytes, random) => Text(bytes, page => Remove(page, EndOfRow(), random))),
        new("lines joined", ["text"], false, (bytes, random) => Text(bytes, text => JoinLines(text, random))),
        new("line ends of another system", ["text"], true, (bytes, _) => Text(bytes, text => text.Replace("\n", "\r\n", StringComparison.Ordinal))),
        new("span changed in XML", ["docx"], true, (bytes, random) => Part(bytes, true, xml => Change(xml, GridSpan(), random, _ => ""))),
        new("merge lost in XML", ["docx"], true, (bytes, random) => Part(bytes, true, xml => Change(xml, VerticalMerge(), random, _ => ""))),
        new("cell lost in XML", ["docx"], false, (bytes, random) => Part(bytes, true, xml => Change(xml, WordCell(), random, _ => ""))),
        new("merge lost in sheet", ["xlsx"], true, (bytes, random) => Part(bytes, false, xml => Change(xml, SheetMerge(), random, _ => ""))),
        new("cell lost in sheet", ["xlsx"], false, (bytes, random) => Part(bytes, false, xml => Change(xml, SheetCell(), random, _ => ""))),
        new("drawing lost in PDF", ["pdf ruled"], false, (bytes, random) => Change(Encoding.Latin1.GetString(bytes), Drawing(), random, drawing => new string(' ', drawing.Length)) is { } file ? Encoding.Latin1.GetBytes(file) : null),
        new("text lost in PDF", ["pdf"], false, (bytes, random) => Change(Encoding.Latin1.GetString(bytes), PdfText(), random, drawn => new string(' ', drawn.Length)) is { } file ? Encoding.Latin1.GetBytes(file) : null),
    ];

    public bool IsFor(string format) => Formats.Count == 0 || Formats.Any(name => format.StartsWith(name, StringComparison.Ordinal));

    /// <summary>Flips bits outside of what prints numbers: a flipped digit would be a number that is really printed.</summary>
    private static byte[]? Flip(byte[] bytes, Random random)
    {
        var damaged = bytes.ToArray();
        var isPdf = bytes.AsSpan().StartsWith("%PDF"u8);
        for (var flips = random.Next(1, 12); flips > 0; flips--)
        {
            var at = random.Next(damaged.Length);
            // In a file without check sums a flipped hexadecimal digit is another character.
            if (isPdf && char.IsAsciiHexDigit((char)damaged[at]))
                continue;
            damaged[at] ^= (byte)(1 << random.Next(8));
        }

        return damaged.AsSpan().SequenceEqual(bytes) ? null : damaged;
    }

    private static byte[]? Text(byte[] bytes, Func<string, string?> change)
    {
        var before = Encoding.UTF8.GetString(bytes);
        var after = change(before);
        return after is null || after == before ? null : Encoding.UTF8.GetBytes(after);
    }

    private static byte[]? Part(byte[] bytes, bool isWord, Func<string, string?> change)
    {
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(bytes));
        using var content = new StreamReader(archive.GetEntry(OfficeRendering.MainPart(isWord))!.Open());
        return change(content.ReadToEnd()) is { } xml ? OfficeRendering.Pack(xml, isWord) : null;
    }

    private static string? Change(string text, Regex pattern, Random random, Func<string, string> change)
    {
        var places = pattern.Matches(text);
        if (places.Count == 0)
            return null;
        var place = places[random.Next(places.Count)];
        return text[..place.Index] + change(place.Value) + text[(place.Index + place.Length)..];
    }

    private static string? Remove(string text, Regex pattern, Random random) => Change(text, pattern, random, _ => "");

    private static string JoinLines(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var at = random.Next(lines.Count / 8, lines.Count - 1);
        lines[at] += " " + lines[at + 1];
        lines.RemoveAt(at + 1);
        return string.Join('\n', lines);
    }

    [GeneratedRegex("</(?:td|tr|p|span)>")]
    private static partial Regex EndTag();

    [GeneratedRegex("</?[a-z0-9]+")]
    private static partial Regex Tag();

    [GeneratedRegex("<(?:td|tr)[^>]*>")]
    private static partial Regex StartTag();

    [GeneratedRegex("</tr>")]
    private static partial Regex EndOfRow();

    [GeneratedRegex("<w:gridSpan [^>]*/>")]
    private static partial Regex GridSpan();

    [GeneratedRegex("<w:vMerge[^>]*/>")]
    private static partial Regex VerticalMerge();

    [GeneratedRegex("<w:tc>.*?</w:tc>")]
    private static partial Regex WordCell();

    [GeneratedRegex("<mergeCell [^>]*/>")]
    private static partial Regex SheetMerge();

    [GeneratedRegex("<c r=.*?</c>")]
    private static partial Regex SheetCell();

    [GeneratedRegex("[0-9.]+ [0-9.]+ [0-9.]+ [0-9.]+ re (?:S|f)")]
    private static partial Regex Drawing();

    [GeneratedRegex("<[0-9A-F]+> Tj")]
    private static partial Regex PdfText();
}
