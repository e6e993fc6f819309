using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.GoldSet.Composition;

/// <summary>How far a format keeps the cells of a table apart.</summary>
public enum CellBorders
{
    /// <summary>Words and numbers in lines.</summary>
    None,

    /// <summary>Cells in their order, without columns.</summary>
    Fields,

    /// <summary>Cells in rows and columns.</summary>
    Grid,
}

public enum CellRole
{
    Caption,
    Header,
    Group,
    Label,
    Unit,
    Value,
    Empty,
}

/// <summary>One cell of a table as it is going to be printed; mutations change it.</summary>
/// <param name="text">A line feed is a line break within the cell.</param>
public sealed class GoldCell(CellRole role, string text, int columns = 1, int rows = 1)
{
    public CellRole Role { get; set; } = role;

    public string Text { get; set; } = text;

    public int Columns { get; set; } = columns;

    public int Rows { get; set; } = rows;

    /// <summary>Code of the form's cell whose value is printed here.</summary>
    public string? Code { get; init; }
}

/// <summary>One row of a table.</summary>
/// <param name="code">Code of the form's row, or of its table where all rows stand side by side; null for headers.</param>
public sealed class GoldRow(string? code, IEnumerable<GoldCell> cells)
{
    public string? Code { get; } = code;

    public List<GoldCell> Cells { get; } = [.. cells];

    public IEnumerable<GoldCell> Values => Cells.Where(cell => cell.Role == CellRole.Value);

    public GoldCell? Label => Cells.Find(cell => cell.Role == CellRole.Label);

    public GoldRow Copy() => new(Code, Cells.Select(cell => new GoldCell(cell.Role, cell.Text, cell.Columns, cell.Rows) { Code = cell.Code }));
}

public abstract class GoldBlock;

public sealed class GoldParagraph(string text, bool isHeading = false) : GoldBlock
{
    public string Text { get; set; } = text;

    public bool IsHeading { get; } = isHeading;
}

public sealed class GoldTable(IEnumerable<GoldRow> rows) : GoldBlock
{
    public List<GoldRow> Rows { get; } = [.. rows];
}

/// <summary>What a document prints in one cell of the form.</summary>
public readonly record struct GoldTruth(CellState State, decimal? Value)
{
    public static readonly GoldTruth Missing = new(CellState.Missing, null);
}

/// <summary>A report made up for a test, before it is rendered in any format, and what a reader must find in it.</summary>
public sealed class GoldDocument(FormDefinition form, GoldLayout layout, int year, IReadOnlyDictionary<string, decimal> values)
{
    public FormDefinition Form { get; } = form;

    public GoldLayout Layout { get; } = layout;

    public int Year { get; } = year;

    public string Title => $"青禾县司法局{Year}年政府信息公开工作年度报告";

    /// <summary>What the agency counted, in the form's units; a document may print less of it.</summary>
    public IReadOnlyDictionary<string, decimal> Values { get; } = values;

    public List<GoldBlock> Blocks { get; } = [];

    /// <summary>By cell code: every cell of the form, and the optional ones that are printed.</summary>
    public Dictionary<string, GoldTruth> Truth { get; } = [];

    public IEnumerable<GoldTable> Tables => Blocks.OfType<GoldTable>();

    /// <summary>The rows that print values, with their tables.</summary>
    public IEnumerable<(GoldTable Table, GoldRow Row)> ValueRows =>
        Tables.SelectMany(table => table.Rows.Where(row => row.Code is not null).Select(row => (table, row)));

    /// <summary>How often the document's own cells are of each kind.</summary>
    public double NonZeroShare => (double)Truth.Values.Count(cell => cell.Value is not null and not 0) / Truth.Count;
}
