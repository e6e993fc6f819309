using EtlWarehouse.Parsing.Documents.Html;

namespace EtlWarehouse.Parsing.Documents;

/// <summary>An HTML page as lines of prose and table grids.</summary>
internal static class HtmlPages
{
    public const string MediaType = "text/html";

    public static DocumentContent Read(string text, string charset, IReadOnlyList<Finding> findings)
    {
        var tree = RegularMarkup.TryRead(text) ?? StandardMarkup.ReadApart(text);
        var blocks = PageBlocks.Read(tree);
        tree.Release();
        return new DocumentContent(
            MediaType, charset, blocks, tree.Title, tree.Metadata, findings,
            EndsAbruptly: !text.AsSpan().TrimEnd().EndsWith(">"));
    }
}
