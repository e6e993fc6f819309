using System.Globalization;
using System.IO.Packaging;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace EtlWarehouse.App.Exports;

/// <summary>The rows do not fit into a sheet.</summary>
internal sealed class SheetLimitException(string message) : Exception(message);

/// <summary>
/// One sheet with a header that stays in view. Numbers, dates and truths are such, everything else is text and never a formula;
/// a null is an empty cell; times are text in UTC, lists JSON text. Numbers of more than 15 digits, which a sheet cannot hold, are text.
/// </summary>
/// <remarks>Rows go into the file as they come: the package is open for writing only, so nothing of it is kept in memory (ECMA-376, part 2).</remarks>
internal static class XlsxExport
{
    /// <summary>Rows that a sheet has, the header's included.</summary>
    internal const int MaxRows = 1_048_576;

    private const int MaxCharacters = 32_767;
    private const int MaxDigits = 15;
    private const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const string Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    private static readonly Uri Workbook = new("/xl/workbook.xml", UriKind.Relative);
    private static readonly Uri Sheet = new("/xl/worksheets/sheet1.xml", UriKind.Relative);
    private static readonly Uri Styles = new("/xl/styles.xml", UriKind.Relative);

    // Places in the style sheet's list of cell formats.
    private static readonly UInt32Value HeaderStyle = 1;
    private static readonly UInt32Value DateStyle = 2;

    // Day 0 of a sheet's calendar, which has a February 29, 1900; right from March 1900 on.
    private static readonly DateOnly DayZero = new(1899, 12, 30);
    private static readonly DateOnly FirstDay = new(1900, 3, 1);

    /// <exception cref="SheetLimitException">There are more rows, or a longer text, than a sheet can hold.</exception>
    public static async Task WriteAsync(
        Stream file, string name, IReadOnlyList<ExportColumn> columns, IAsyncEnumerable<string?[]> rows, CancellationToken ct, int maxRows = MaxRows)
    {
        using var package = Package.Open(file, FileMode.Create, FileAccess.Write);
        var workbook = package.CreatePart(Workbook, ContentType + "sheet.main+xml", CompressionOption.Normal);
        package.CreateRelationship(Workbook, TargetMode.Internal, Relation + "officeDocument", "rId1");
        workbook.CreateRelationship(Sheet, TargetMode.Internal, Relation + "worksheet", "rId1");
        workbook.CreateRelationship(Styles, TargetMode.Internal, Relation + "styles", "rId2");
        Write(workbook, new Workbook(new Sheets(new Sheet { Name = name, SheetId = 1, Id = "rId1" })));
        Write(package.CreatePart(Styles, ContentType + "styles+xml", CompressionOption.Normal), StyleSheet());

        var sheet = package.CreatePart(Sheet, ContentType + "worksheet+xml", CompressionOption.Normal);
        await using var stream = sheet.GetStream(FileMode.Create, FileAccess.Write);
        using var writer = OpenXmlWriter.Create(stream);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView(new Pane
        {
            VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen,
        }) { WorkbookViewId = 0 }));
        writer.WriteStartElement(new SheetData());
        WriteRow(writer, columns.Select(column => Text(column.Name, HeaderStyle)));
        var written = 1;
        await foreach (var row in rows.WithCancellation(ct))
        {
            if (++written > maxRows)
                throw new SheetLimitException($"{name}: expected at most {maxRows - 1:N0} rows for one sheet, found more; export csv, or fewer rows with --where");
            WriteRow(writer, columns.Zip(row, (column, text) => Cell(name, written, column, text)));
        }
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void Write(PackagePart part, OpenXmlElement root)
    {
        using var stream = part.GetStream(FileMode.Create, FileAccess.Write);
        using var writer = OpenXmlWriter.Create(stream);
        writer.WriteElement(root);
    }

    private static void WriteRow(OpenXmlWriter writer, IEnumerable<Cell> cells)
    {
        writer.WriteStartElement(new Row());
        foreach (var cell in cells)
            writer.WriteElement(cell);
        writer.WriteEndElement();
    }

    private static Cell Cell(string sheet, int row, ExportColumn column, string? text) => column.Kind switch
    {
        _ when text is null => new Cell(),
        ExportKind.Truth => new Cell { DataType = CellValues.Boolean, CellValue = new CellValue(text == "t" ? "1" : "0") },
        ExportKind.Integer or ExportKind.Number when IsHeld(column, text) => new Cell { CellValue = new CellValue(text) },
        ExportKind.Date when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= FirstDay =>
            new Cell { StyleIndex = DateStyle, CellValue = new CellValue((day.DayNumber - DayZero.DayNumber).ToString(CultureInfo.InvariantCulture)) },
        _ when text.Length > MaxCharacters => throw new SheetLimitException(
            $"{sheet}: row {row}, {column.Name}: expected at most {MaxCharacters:N0} characters for one cell, found {text.Length:N0}; export csv or json"),
        _ => Text(text, null),
    };

    /// <summary>NaN and Infinity are no numbers of a sheet, and of longer ones it would forget the last digits.</summary>
    private static bool IsHeld(ExportColumn column, string text) =>
        char.IsAsciiDigit(text[^1]) && (!column.IsExact || text.Trim('-', '0', '.').Count(char.IsAsciiDigit) <= MaxDigits);

    private static Cell Text(string text, UInt32Value? style) => new()
    {
        DataType = CellValues.InlineString,
        StyleIndex = style,
        InlineString = new InlineString(new Text(Escaped(text)) { Space = SpaceProcessingModeValues.Preserve }),
    };

    /// <summary>Characters that XML cannot hold stand as <c>_xHHHH_</c>, and so does the underscore of a text that looks like that.</summary>
    internal static string Escaped(string text)
    {
        if (!text.Any(IsForeign) && !text.Contains("_x", StringComparison.Ordinal))
            return text;
        var escaped = new StringBuilder(text.Length + 16);
        for (var at = 0; at < text.Length; at++)
        {
            var isMark = text[at] == '_' && at + 6 < text.Length && text[at + 1] == 'x' && text[at + 6] == '_'
                && text.Skip(at + 2).Take(4).All(char.IsAsciiHexDigit);
            if (isMark || IsForeign(text[at]))
                escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)text[at]:X4}_");
            else
                escaped.Append(text[at]);
        }
        return escaped.ToString();
    }

    private static bool IsForeign(char character) => character is < ' ' and not ('\t' or '\n') or '\uFFFE' or '\uFFFF';

    private static Stylesheet StyleSheet() => new(
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellFormats(
            new CellFormat { FontId = 0, FillId = 0, BorderId = 0 },
            new CellFormat { FontId = 1, FillId = 0, BorderId = 0, ApplyFont = true },
            // 14: the short date of the reader's country.
            new CellFormat { FontId = 0, FillId = 0, BorderId = 0, NumberFormatId = 14, ApplyNumberFormat = true }));
}
