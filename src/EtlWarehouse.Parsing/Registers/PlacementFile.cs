using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EtlWarehouse.Parsing.Registers;

/// <summary><c>registers/placements.yml</c>: one line for each document that a person has placed. The last line on a document counts.</summary>
public static partial class PlacementFile
{
    /// <param name="folder">The <c>pipelines</c> folder.</param>
    public static string In(string folder) => Path.Combine(folder, "registers", "placements.yml");

    /// <exception cref="FormatException">A line lacks a part or says something else than expected; the message begins with the file.</exception>
    public static IReadOnlyDictionary<string, Placement> Load(string path)
    {
        var placements = new Dictionary<string, Placement>();
        foreach (var line in ReferenceFiles.ReadYaml<PlacementsYaml>(path).Placements ?? [])
            placements[line.Document] = Placement(path, line);
        return placements;
    }

    /// <summary>Adds a line behind the others.</summary>
    /// <exception cref="FormatException">A part is missing or not as expected; nothing is written.</exception>
    public static void Append(string path, Placement placement)
    {
        ArgumentNullException.ThrowIfNull(placement);
        _ = Placement(path, new PlacementYaml
        {
            Document = placement.Sha256, Agency = $"{placement.DivisionCode}/{placement.Body}",
            Year = placement.Year.ToString(CultureInfo.InvariantCulture), By = placement.By, Why = placement.Why,
        });
        var text = File.ReadAllText(path);
        var line = string.Create(CultureInfo.InvariantCulture,
            $"  - {{document: {placement.Sha256}, agency: {Quoted($"{placement.DivisionCode}/{placement.Body}")}, year: {placement.Year}, by: {Quoted(placement.By)}, why: {Quoted(placement.Why)}}}\n");
        // Whole or not at all: a register that was cut in the middle would keep every command from starting.
        var next = path + ".new";
        File.WriteAllText(next, (text.EndsWith('\n') ? text : text + "\n") + line, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(next, path, overwrite: true);
    }

    private static Placement Placement(string path, PlacementYaml line)
    {
        var at = $"{path}: placement of '{line.Document}'";
        if (!Hash().IsMatch(line.Document))
            throw new FormatException($"{at}: expected document: the SHA-256 of its bytes, 64 hexadecimal digits, found '{line.Document}'");
        if (!AgencyCode().IsMatch(line.Agency))
            throw new FormatException($"{at}: expected agency: a code such as 410303/司法局, found '{line.Agency}'");
        if (!Year().IsMatch(line.Year))
            throw new FormatException($"{at}: expected year: a reporting year such as 2024, found '{line.Year}'");
        if (string.IsNullOrWhiteSpace(line.By) || string.IsNullOrWhiteSpace(line.Why))
            throw new FormatException($"{at}: expected by: and why: in words, found '{line.By}' and '{line.Why}'");
        return new Placement(line.Document, line.Agency[..6], line.Agency[7..], int.Parse(line.Year, CultureInfo.InvariantCulture), line.By.Trim(), line.Why.Trim());
    }

    private static string Quoted(string text) => $"\"{string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();

    [GeneratedRegex(@"^[0-9]{6}/\S+$")]
    private static partial Regex AgencyCode();

    [GeneratedRegex("^20[0-9]{2}$")]
    private static partial Regex Year();

    private sealed class PlacementsYaml
    {
        public List<PlacementYaml>? Placements { get; set; } = [];
    }

    private sealed class PlacementYaml
    {
        public string Document { get; set; } = "";

        public string Agency { get; set; } = "";

        public string Year { get; set; } = "";

        public string By { get; set; } = "";

        public string Why { get; set; } = "";
    }
}
