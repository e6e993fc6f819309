using EtlWarehouse.Parsing.Tables;

namespace EtlWarehouse.Parsing.Documents;

/// <summary>A piece of a document in reading order.</summary>
public abstract record Block;

/// <summary>One line or paragraph as it stands, tabs kept.</summary>
/// <param name="Locator">E.g. <c>line[12]</c> of a text file, <c>block[7]</c> of a page.</param>
/// <param name="IsLink">All its words lead elsewhere: a line of a list or a menu.</param>
public sealed record LineBlock(string Text, string Locator, bool IsHeading = false, bool IsLink = false) : Block
{
    /// <summary>More is left free above it than between the lines of one cell or paragraph; false where that is not known.</summary>
    public bool IsSetApart { get; init; }
}

public sealed record TableBlock(TableGrid Grid) : Block;

/// <summary>A document taken apart, before any form is looked for.</summary>
/// <param name="PageTitle">The page's own title, if the format has one.</param>
/// <param name="Metadata">Names and values the page states about itself, names in lower case.</param>
/// <param name="EndsAbruptly">The bytes end in the middle of something: the last number may have lost digits.</param>
public sealed record DocumentContent(
    string MediaType,
    string? Charset,
    IReadOnlyList<Block> Blocks,
    string? PageTitle,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyList<Finding> Findings,
    bool EndsAbruptly = false)
{
    /// <summary>Pages whose text was recognised in a picture, as their locators begin, e.g. <c>page[2]/</c>.</summary>
    public IReadOnlyList<string> ScannedPages { get; init; } = [];

    /// <summary>All lines of prose and all cells, one a line: for what is looked for anywhere.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var block in Blocks)
        {
            if (block is LineBlock line)
            {
                yield return line.Text;
            }
            else if (block is TableBlock table)
            {
                foreach (var row in table.Grid.Rows)
                {
                    foreach (var cell in row)
                        yield return cell.Text;
                }
            }
        }
    }
}

/// <summary>The document cannot be read as any document at all.</summary>
public sealed class DocumentRefusedException(string code, string message) : Exception(message)
{
    /// <summary>A stable name, e.g. <c>document.empty</c>.</summary>
    public string Code { get; } = code;
}
