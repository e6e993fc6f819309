using EtlWarehouse.GoldSet.Composition;
using EtlWarehouse.GoldSet.Rendering;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.GoldSet;

/// <summary>
/// The part of the gold set that LibreOffice and Chromium made: <c>tests/fixtures/gold/FORM-LAYOUT.KIND</c>, with the truth
/// beside it in <c>FORM-LAYOUT.json</c>, or <c>FORM-LAYOUT.free.json</c> for what has no borders.
/// </summary>
public static class MadeFiles
{
    public const string Folder = "tests/fixtures/gold";

    // Other documents than those rendered here.
    private const int FirstSeed = 5_000;

    private static readonly Dictionary<string, string> Formats = new()
    {
        ["doc"] = "doc",
        ["xls"] = "xls",
        ["ruled.pdf"] = "pdf ruled",
        ["tagged.pdf"] = "pdf tagged",
        ["borderless.pdf"] = "pdf borderless",
    };

    /// <param name="root">The root of the repository.</param>
    public static IEnumerable<GoldFile> Clean(string root, IReadOnlyList<FormDefinition> forms)
    {
        foreach (var path in Directory.GetFiles(Path.Combine(root, Folder)).Order(StringComparer.Ordinal))
        {
            var (name, kind) = Split(Path.GetFileName(path));
            if (!Formats.TryGetValue(kind, out var format))
                continue;
            var form = forms.Single(form => name.StartsWith(form.Code, StringComparison.Ordinal));
            var truth = Path.Combine(root, Folder, name + (format == "pdf borderless" ? ".free.json" : ".json"));
            yield return new GoldFile(format, $"{Path.GetFileName(path)}", File.ReadAllBytes(path), form, GoldTruthFile.Read(form, truth));
        }
    }

    /// <summary>Writes what the programs make the files from, and the truth.</summary>
    /// <param name="work">Gets <c>NAME.docx</c>, <c>NAME.xlsx</c>, <c>NAME.page.html</c> and <c>NAME.free.html</c>.</param>
    public static void WriteSources(string root, string work, IReadOnlyList<FormDefinition> forms)
    {
        var seed = FirstSeed;
        foreach (var form in forms)
        {
            foreach (var layout in GoldLayout.All)
            {
                var name = $"{form.Code}-{layout.Name}";
                var document = GoldComposer.Compose(form, layout, ++seed, CellBorders.Grid);
                File.WriteAllBytes(Path.Combine(work, name + ".docx"), OfficeRendering.Pack(OfficeRendering.WordXml(document), isWord: true));
                File.WriteAllBytes(Path.Combine(work, name + ".xlsx"), OfficeRendering.Pack(OfficeRendering.SheetXml(document), isWord: false));
                File.WriteAllText(Path.Combine(work, name + ".page.html"), HtmlRendering.Render(document, isPlain: true));
                File.WriteAllText(Path.Combine(root, Folder, name + ".json"), GoldTruthFile.Write(form, document.Truth));
                var free = GoldComposer.Compose(form, layout, seed, CellBorders.None);
                File.WriteAllText(Path.Combine(work, name + ".free.html"), HtmlRendering.Render(free, isPlain: true));
                File.WriteAllText(Path.Combine(root, Folder, name + ".free.json"), GoldTruthFile.Write(form, free.Truth));
            }
        }
    }

    private static (string Name, string Kind) Split(string file) =>
        file.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? (file[..dot], file[(dot + 1)..]) : (file, "");
}
