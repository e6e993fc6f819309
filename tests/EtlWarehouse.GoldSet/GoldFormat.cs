using System.Text;
using EtlWarehouse.GoldSet.Composition;
using EtlWarehouse.GoldSet.Rendering;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.GoldSet;

/// <summary>A file of the gold set and what a reader must find in it.</summary>
/// <param name="Name">Format, form and layout, e.g. <c>docx 2021 pasted</c>.</param>
/// <param name="Truth">By cell code.</param>
public sealed record GoldFile(string Format, string Name, byte[] Content, FormDefinition Form, IReadOnlyDictionary<string, GoldTruth> Truth);

/// <summary>A format that is rendered here; .doc and .xls need programs and stand in tests/fixtures/gold.</summary>
/// <param name="Borders">How far it keeps cells apart.</param>
public sealed record GoldFormat(string Name, Func<GoldLayout, CellBorders> Borders, Func<GoldDocument, Random, byte[]> Render)
{
    private static readonly TextFlavour[] Flavours =
        [TextFlavour.Tabs, TextFlavour.Cells, TextFlavour.Raw, TextFlavour.Aligned, TextFlavour.Bars, TextFlavour.Lines, TextFlavour.Tabs, TextFlavour.Raw];

    public static readonly IReadOnlyList<GoldFormat> All =
    [
        new("html", _ => CellBorders.Grid, (document, _) => Encoding.UTF8.GetBytes(HtmlRendering.Render(document))),
        new("text", layout => TextRendering.Borders(Flavour(layout)), (document, random) => Encoding.UTF8.GetBytes(TextRendering.Render(document, Flavour(document.Layout), random))),
        new("pdf ruled", _ => CellBorders.Grid, (document, _) => PdfRendering.Render(document, document.Form.Code == "2019" ? PdfBorders.Fills : PdfBorders.Strokes)),
        new("pdf tagged", _ => CellBorders.Grid, (document, _) => PdfRendering.Render(document, PdfBorders.Tags)),
        new("pdf borderless", _ => CellBorders.None, (document, _) => PdfRendering.Render(document, PdfBorders.None)),
        new("docx", _ => CellBorders.Grid, (document, _) => OfficeRendering.Pack(OfficeRendering.WordXml(document), isWord: true)),
        new("xlsx", _ => CellBorders.Grid, (document, _) => OfficeRendering.Pack(OfficeRendering.SheetXml(document), isWord: false)),
        new("zip", _ => CellBorders.Grid, (document, _) => OfficeRendering.Zip([("说明.txt", Encoding.UTF8.GetBytes("年度报告见附件\n")), ("附件/年度报告.docx", OfficeRendering.Pack(OfficeRendering.WordXml(document), isWord: true))])),
    ];

    /// <summary>Each layout has a way of its own to become text.</summary>
    public static TextFlavour Flavour(GoldLayout layout) => Flavours[GoldLayout.All.ToList().IndexOf(layout) % Flavours.Length];

    public GoldFile Make(FormDefinition form, GoldLayout layout, int seed)
    {
        var document = GoldComposer.Compose(form, layout, seed, Borders(layout));
        return new GoldFile(Name, $"{Name} {form.Code} {layout.Name}", Render(document, new Random(seed)), form, document.Truth);
    }

    /// <summary>The clean documents: this format in every layout and form.</summary>
    public IEnumerable<GoldFile> Clean(IReadOnlyList<FormDefinition> forms) => forms.SelectMany((form, index) =>
        GoldLayout.All.Select((layout, number) => Make(form, layout, (100 * index) + number + 1)));
}
