using System.Globalization;
using System.Xml;
using EtlWarehouse.Parsing.Documents.Office;
using EtlWarehouse.Parsing.Documents.Pdf;
using EtlWarehouse.Parsing.Documents.Scans;

namespace EtlWarehouse.Parsing.Documents.Ofd;

/// <summary>
/// A document of GB/T 33190-2016: XML parts in a ZIP container that place each character and line on pages. From there on it
/// is read as a PDF is: tables follow from the lines that are drawn, and pages that are one picture are recognised.
/// </summary>
internal sealed class OfdDocument
{
    public const string MediaType = "application/ofd";

    /// <summary>The part that makes a container such a document.</summary>
    public const string Root = "OFD.xml";

    /// <summary>Of the page: a picture this large is the page, and text with it another program's reading of the picture.</summary>
    private const float WholePage = 0.5f;

    /// <summary>Of one page, with its templates and theirs.</summary>
    private const int MostLayers = 20;

    private static readonly float[] A4 = [0, 0, 595, 842];

    private readonly ZipContainer container;
    private readonly PdfBounds bounds = new();
    private readonly Dictionary<string, string> templates = [];
    private readonly Dictionary<string, OfdContent> drawn = [];
    private readonly List<string> resources = [];
    private readonly List<string> pages = [];
    private float[] area = A4;

    private OfdDocument(ZipContainer container) => this.container = container;

    /// <exception cref="DocumentRefusedException">The package is damaged, too large, or has what is not read here.</exception>
    public static DocumentContent Read(ZipContainer container)
    {
        try
        {
            var document = new OfdDocument(container);
            document.ReadIndex(document.FindDocument());
            return document.ReadPages();
        }
        catch (XmlException exception)
        {
            throw OfficeXml.Damaged(exception);
        }
    }

    private string FindDocument()
    {
        if (container.Find("Encryptions.xml") is not null)
            throw new DocumentRefusedException("document.encrypted", "expected an OFD that opens without a password, found an encrypted one");
        using var root = OfdPart.Open(container, Root);
        var (documents, versions) = (new List<string>(), 0);
        foreach (var body in root.Children())
        {
            if (body != "DocBody")
                continue;
            foreach (var name in root.Children())
            {
                if (name == "DocRoot")
                    documents.Add(root.Resolve(root.Text()));
                else if (name == "Versions")
                    versions += root.Children().Count();
            }
        }

        if (documents.Count == 0)
            throw root.Damaged("a document", "none");
        // Which of them is in force is for a person to say.
        return documents.Count == 1 && versions < 2
            ? documents[0]
            : throw new DocumentRefusedException("document.format", $"{Root}: expected one document in one version, found {documents.Count} and {versions}");
    }

    private void ReadIndex(string path)
    {
        using var index = OfdPart.Open(container, path);
        foreach (var name in index.Children())
        {
            if (name == "CommonData")
                ReadCommonData(index);
            else if (name == "Pages")
            {
                foreach (var _ in index.Children().Where(child => child == "Page"))
                {
                    bounds.AddPage();
                    pages.Add(Locate(index, index.Required("BaseLoc")));
                }
            }
        }

        if (pages.Count == 0)
            throw index.Damaged("pages", "none");
    }

    private void ReadCommonData(OfdPart index)
    {
        foreach (var name in index.Children())
        {
            if (name == "PageArea")
                area = OfdContent.ReadArea(index) ?? area;
            else if (name == "TemplatePage")
                templates[index.Required("ID")] = Locate(index, index.Required("BaseLoc"));
            else if (name is "PublicRes" or "DocumentRes")
                resources.Add(Locate(index, index.Text()));
        }
    }

    /// <summary>Some programs state places from the root as if they were from the part's folder.</summary>
    private string Locate(OfdPart part, string location)
    {
        var path = part.Resolve(location);
        return container.Find(path) is null && container.Find(location.Trim()) is { } entry ? entry.FullName : path;
    }

    private DocumentContent ReadPages()
    {
        var read = pages.Select(Page).ToList();
        if (read.All(page => page.Print.Glyphs.Count == 0 && !page.Print.HasPicture))
            throw new DocumentRefusedException("document.empty", $"expected text, found {pages.Count} pages without any");
        var isWhole = read.All(page => page.IsScan);
        using var scans = new ScannedPages();
        var texts = read.Select((page, index) => page.IsScan ? Recognise(page, index + 1, scans, isWhole) : PdfPageText.Of(page.Print)).ToList();
        var scanned = Enumerable.Range(0, read.Count).Where(index => read[index].IsScan).ToList();
        return new DocumentContent(MediaType, null, new PdfAssembly(texts).Blocks, null, new Dictionary<string, string>(),
            scanned.Count == 0 ? [] : [new Finding(Severity.Warning, "document.scan", $"expected text on every page, found {scanned.Count} of {read.Count} scanned")])
        {
            ScannedPages = [.. scanned.Select(index => string.Create(CultureInfo.InvariantCulture, $"page[{index + 1}]/"))],
        };
    }

    private sealed record DrawnPage(PdfPage Print, IReadOnlyList<OfdPicture> Pictures, bool IsScan);

    private DrawnPage Page(string path)
    {
        using var part = OfdPart.Open(container, path);
        var own = new OfdContent(part, bounds);
        var layers = new List<OfdContent> { own };
        AddTemplates(own, layers, []);
        var box = own.Area ?? area;
        var (left, top) = (box[0], box[1]);
        var print = new PdfPage(
            box[2], box[3],
            [.. layers.SelectMany(layer => layer.Glyphs).Select(glyph => glyph with { X = glyph.X - left, Y = glyph.Y - top })],
            bounds.OfPage(layers.SelectMany(layer => layer.Rulings).Select(ruling => new PdfRuling(ruling.X0 - left, ruling.Y0 - top, ruling.X1 - left, ruling.Y1 - top))),
            layers.Any(layer => layer.Pictures.Count > 0));
        var pictures = own.Pictures.Where(picture => picture.Area >= WholePage * box[2] * box[3]).ToList();
        return new DrawnPage(print, pictures, pictures.Count > 0 || (print.Glyphs.Count == 0 && print.HasPicture));
    }

    private void AddTemplates(OfdContent content, List<OfdContent> layers, IReadOnlyList<string> open)
    {
        foreach (var id in content.Templates)
        {
            if (!templates.TryGetValue(id, out var path))
                throw new DocumentRefusedException("document.damaged", $"expected the template '{id}', found none");
            if (open.Contains(path))
                throw new DocumentRefusedException("document.damaged", $"{path}: expected a template that ends, found one that is drawn within itself");
            if (layers.Count == MostLayers)
                throw new DocumentRefusedException("document.too_large", $"expected at most {MostLayers} templates on a page, found more");
            if (drawn.TryGetValue(path, out var template))
            {
                bounds.AddGlyphs(template.Glyphs.Count);
            }
            else
            {
                using var part = OfdPart.Open(container, path);
                drawn.Add(path, template = new OfdContent(part, bounds));
            }

            layers.Add(template);
            AddTemplates(template, layers, [.. open, path]);
        }
    }

    private PdfPageText Recognise(DrawnPage page, int number, ScannedPages scans, bool isWhole)
    {
        if (page.Pictures is not [var picture])
            throw new DocumentRefusedException("document.scan", $"page[{number}]: expected text, or one picture of the page, found {page.Pictures.Count} such pictures");
        var path = resources.Select(resource => Picture(resource, picture.Resource)).FirstOrDefault(found => found is not null)
            ?? throw new DocumentRefusedException("document.damaged", $"page[{number}]: expected the picture '{picture.Resource}' in the resources, found none");
        var bytes = container.Read(container.Find(path) ?? throw OfdPart.Missing(path));
        if (!PictureDocument.IsPicture(bytes))
            throw new DocumentRefusedException("document.scan", $"page[{number}]: expected a PNG, JPEG or TIFF picture, found another at '{path}'");
        using var tool = new ExternalTool(bytes, PictureDocument.FileName(bytes));
        return scans.Read(tool, page.Print, 1, isWhole);
    }

    private string? Picture(string resource, string id)
    {
        using var part = OfdPart.Open(container, resource);
        var folder = part.Attribute("BaseLoc") ?? "";
        foreach (var _ in part.Children().Where(name => name == "MultiMedias"))
        {
            foreach (var medium in part.Children().Where(name => name == "MultiMedia"))
            {
                if (part.Attribute("ID") != id)
                    continue;
                foreach (var file in part.Children().Where(name => name == "MediaFile"))
                {
                    var text = part.Text();
                    return part.Resolve(text.StartsWith('/') ? text : $"{folder}/{text}");
                }
            }
        }

        return null;
    }
}
