using System.Text;

namespace EtlWarehouse.Parsing.Documents.Office;

/// <summary>A .doc, read as the page that wvHtml makes of it: paragraphs, and tables with their spans.</summary>
internal static class OldWordDocument
{
    public const string MediaType = "application/msword";

    private const long MostOutput = 12L << 20;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    public static DocumentContent Read(ReadOnlySpan<byte> bytes)
    {
        using var tool = new ExternalTool(bytes, "document.doc");
        var (_, complaint) = tool.Run("wvHtml", "wv", [$"--targetdir={tool.Folder}", tool.Input, "document.html"], TimeLimit, MostOutput, _ => true);
        var page = new FileInfo(Path.Combine(tool.Folder, "document.html"));
        if (!page.Exists || page.Length == 0)
            throw new DocumentRefusedException("document.damaged", $"expected a Word document, found one that wvHtml cannot read ({complaint ?? "no output"})");
        // What it wrote up to then may end within a number.
        if (complaint is not null)
            throw new DocumentRefusedException("document.damaged", $"expected a Word document that wvHtml reads to its end, found one where it stops ({complaint})");
        var text = Encoding.UTF8.GetString(File.ReadAllBytes(page.FullName));
        return DocumentFormats.ReadPage(text, "utf-8") with { MediaType = MediaType, Charset = null, PageTitle = null };
    }
}
