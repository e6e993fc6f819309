using System.Text;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.Fuzzing;

/// <summary>An undamaged document.</summary>
/// <param name="Format">Its extension, e.g. <c>xls</c>.</param>
public sealed record SoundDocument(string Name, string Format, byte[] Bytes);

/// <summary>The project's own documents by format: what is damaged, and what each says undamaged.</summary>
public sealed partial class SoundDocuments
{
    private const int Largest = 400_000;

    private readonly ReportReader reader;
    private readonly Dictionary<string, List<SoundDocument>> byFormat;
    private readonly Dictionary<string, ParsedReport?> readings = [];

    /// <param name="root">The repository.</param>
    public SoundDocuments(string root, ReportReader reader)
    {
        this.reader = reader;
        var files = Directory.EnumerateFiles(Path.Combine(root, "tests", "fixtures", "documents"))
            .Concat(Directory.EnumerateFiles(Path.Combine(root, "samples"), "*.htm*", SearchOption.AllDirectories))
            .Where(file => new FileInfo(file).Length is > 0 and <= Largest && !file.EndsWith(".sh", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => new SoundDocument(Path.GetRelativePath(root, file), Path.GetExtension(file) is ".htm" ? "html" : Path.GetExtension(file).TrimStart('.'), File.ReadAllBytes(file)))
            .ToList();
        var texts = files.Where(file => file.Format == "html").Select(AsText);
        byFormat = files.Concat(texts).Where(file => file.Format is not ("html" or "txt") || Reading(file) is not null)
            .GroupBy(file => file.Format).ToDictionary(group => group.Key, group => group.ToList());
        Formats = [.. byFormat.Keys.Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<string> Formats { get; }

    public IReadOnlyList<SoundDocument> Of(string format) => byFormat[format];

    /// <summary>What the undamaged document says; null where it is no report.</summary>
    public ParsedReport? Reading(SoundDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        lock (readings)
        {
            if (!readings.TryGetValue(document.Name, out var reading))
                readings.Add(document.Name, reading = reader.Read(new SourceDocument(document.Bytes, document.Name)).Report);
            return reading;
        }
    }

    /// <summary>A page as the text that is copied from it: a row a line, tabs between its cells.</summary>
    private static SoundDocument AsText(SoundDocument page)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var utf8 = Encoding.UTF8.GetString(page.Bytes);
        var text = utf8.Contains('\uFFFD', StringComparison.Ordinal) ? Encoding.GetEncoding("GB18030").GetString(page.Bytes) : utf8;
        text = Silent().Replace(text, "");
        text = Blanks().Replace(text, " ");
        text = CellEnd().Replace(text, "\t");
        text = LineEnd().Replace(text, "\n");
        return new SoundDocument(page.Name + ".txt", "txt", Encoding.UTF8.GetBytes(AnyTag().Replace(text, "").Replace("&nbsp;", " ", StringComparison.Ordinal)));
    }

    [GeneratedRegex("<(script|style|head)[^>]*>.*?</\\1>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Silent();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("</t[dh]>", RegexOptions.IgnoreCase)]
    private static partial Regex CellEnd();

    [GeneratedRegex("</tr>|<br[^>]*>|</h[1-6]>|</div>|</table>|<p[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex LineEnd();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex AnyTag();
}
