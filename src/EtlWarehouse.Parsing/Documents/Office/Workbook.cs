using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EtlWarehouse.Parsing.Tables;
using ExcelDataReader;

namespace EtlWarehouse.Parsing.Documents.Office;

/// <summary>A .xlsx or .xls: each visible sheet with its merged cells; rows merged over the whole width are lines of prose.</summary>
internal static partial class Workbook
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public const string OldMediaType = "application/vnd.ms-excel";

    private const int MostRows = 5_000;

    private const int MostColumns = 300;

    private const int MostCells = 50_000;

    /// <summary>Share of a table's empty places that are cells from which one that is none belongs to a shorter row.</summary>
    private const double StatedEmpty = 0.8;

    /// <summary>Rows that print something times columns.</summary>
    private const int MostSlots = 150_000;

    /// <param name="stated">For each sheet the cells that it states; anything else than one for each says nothing.</param>
    public static DocumentContent Read(ReadOnlyMemory<byte> bytes, string mediaType, IReadOnlyList<IReadOnlySet<(int Row, int Column)>> stated)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var blocks = new List<Block>();
        try
        {
            using var stream = new MemoryStream(bytes.ToArray(), writable: false);
            using var reader = ExcelReaderFactory.CreateReader(stream, new ExcelReaderConfiguration { FallbackEncoding = Encoding.GetEncoding("GB18030") });
            var sheet = 0;
            do
            {
                sheet++;
                if (reader.VisibleState == "visible")
                    Sheet(reader, sheet, stated.Count == reader.ResultsCount ? stated[sheet - 1] : new HashSet<(int, int)>(), blocks);
            }
            while (reader.NextResult());
        }
        // The library meets damaged bytes with whatever exception comes first; none of them is ours to let through.
        catch (Exception exception) when (exception is not DocumentRefusedException and not OutOfMemoryException)
        {
            throw new DocumentRefusedException(
                exception.GetType().Name.Contains("Password", StringComparison.Ordinal) ? "document.encrypted" : "document.damaged",
                $"expected a workbook, found one that cannot be read: {exception.Message.ReplaceLineEndings(" ")}");
        }

        return new DocumentContent(mediaType, null, blocks, null, new Dictionary<string, string>(), []);
    }

    private static void Sheet(IExcelDataReader reader, int sheet, IReadOnlySet<(int Row, int Column)> stated, List<Block> blocks)
    {
        var rows = new List<Dictionary<int, string>>();
        var cells = 0;
        while (reader.Read())
        {
            var row = new Dictionary<int, string>();
            rows.Add(row);
            if (rows.Count > MostRows)
                throw new DocumentRefusedException("document.too_large", $"expected at most {MostRows} rows in a sheet, found more");
            // Rows and columns without size are hidden: what nobody sees is not published.
            if (reader.RowHeight == 0)
                continue;
            for (var column = 0; column < Math.Min(reader.FieldCount, MostColumns); column++)
            {
                if (reader.GetColumnWidth(column) != 0 && Printed(reader, column) is { Length: > 0 } text)
                    row.Add(column, text);
            }

            cells += row.Count;
            if (cells > MostCells)
                throw new DocumentRefusedException("document.too_large", $"expected at most {MostCells} cells in a sheet, found more");
        }

        var merged = (reader.MergeCells ?? []).Where(range => range.FromRow >= 0 && range.FromColumn >= 0).ToList();
        Lay(rows, merged, sheet, stated, blocks);
    }

    private static void Lay(List<Dictionary<int, string>> rows, List<CellRange> merged, int sheet, IReadOnlySet<(int Row, int Column)> stated, List<Block> blocks)
    {
        var width = rows.SelectMany(row => row.Keys).DefaultIfEmpty(-1).Max() + 1;
        if (width == 0)
            return;
        if (rows.Count(row => row.Count > 0) * width > MostSlots)
            throw new DocumentRefusedException("document.too_large", $"expected at most {MostSlots} places for cells in a sheet, found {rows.Count} rows and {width} columns");
        var covered = new HashSet<(int, int)>();
        var starts = new Dictionary<(int, int), CellRange>();
        foreach (var range in merged)
        {
            var (down, right) = (Math.Min(range.ToRow, rows.Count - 1), Math.Min(range.ToColumn, width - 1));
            if (!starts.TryAdd((range.FromRow, range.FromColumn), range) || down < range.FromRow || right < range.FromColumn)
                continue;
            if (covered.Count + ((down - range.FromRow + 1) * (right - range.FromColumn + 1)) > MostSlots)
                throw new DocumentRefusedException("document.too_large", $"expected at most {MostSlots} merged places in a sheet, found more");
            for (var row = range.FromRow; row <= down; row++)
            {
                for (var column = range.FromColumn; column <= right; column++)
                {
                    if ((row, column) != (range.FromRow, range.FromColumn))
                        covered.Add((row, column));
                }
            }
        }

        var path = string.Create(CultureInfo.InvariantCulture, $"sheet[{sheet}]");
        var table = new List<IReadOnlyList<GridCell>>();
        for (var row = 0; row < rows.Count; row++)
        {
            // Sheets end long after their tables do.
            if (rows[row].Count == 0)
            {
                table.Add([]);
                continue;
            }

            var cells = Enumerable.Range(0, width).Where(column => !covered.Contains((row, column))).Select(column =>
            {
                var range = starts.GetValueOrDefault((row, column));
                return new GridCell(
                    row, column, range is null ? 1 : Math.Min(range.ToRow, rows.Count - 1) - row + 1,
                    range is null ? 1 : Math.Min(range.ToColumn, width - 1) - column + 1, rows[row].GetValueOrDefault(column, ""));
            }).ToList();
            if (cells is [{ Text.Length: > 0, RowSpan: 1 } line])
            {
                End(row);
                blocks.AddRange(line.Text.Split('\n').Where(text => !string.IsNullOrWhiteSpace(text))
                    .Select(text => new LineBlock(text, string.Create(CultureInfo.InvariantCulture, $"{path}/r{line.Row + 1}c{line.Column + 1}"))));
            }
            else
            {
                table.Add(cells);
            }
        }

        End(rows.Count);

        // Rows above the table are kept empty, so that its cells stand where the sheet has them. A sheet is as wide as its
        // widest table: what is right of all that this one prints is none of its cells.
        void End(int row)
        {
            var printed = table.SelectMany(cells => cells).Where(cell => cell.Text.Length > 0).Select(cell => cell.Column + cell.ColumnSpan).DefaultIfEmpty().Max();
            if (printed > 0)
            {
                var cells = table.Select(line => line.Where(cell => cell.Column < printed).ToList()).ToList();
                var empty = cells.SelectMany(line => line).Where(cell => cell is { Text.Length: 0, RowSpan: 1, ColumnSpan: 1 }).ToList();
                var areStated = empty.Count(cell => stated.Contains((cell.Row, cell.Column))) is > 0 and var found && found >= StatedEmpty * empty.Count;
                foreach (var line in areStated ? cells : [])
                    line.RemoveRange(line.FindLastIndex(IsCell) + 1, line.Count - line.FindLastIndex(IsCell) - 1);
                blocks.Add(new TableBlock(new TableGrid(sheet,
                    [.. Enumerable.Repeat<IReadOnlyList<GridCell>>([], row - table.Count), .. cells]) { Path = path, HasSlotsOnly = !areStated }));
            }

            table.Clear();
        }

        bool IsCell(GridCell cell) => cell.Text.Length > 0 || stated.Contains((cell.Row, cell.Column)) || starts.ContainsKey((cell.Row, cell.Column));
    }

    private static string Printed(IExcelDataReader reader, int column)
    {
        return reader.GetValue(column) switch
        {
            null => "",
            string text => text.Trim(),
            double number => Number(number, reader.GetNumberFormatString(column)),
            int number => number.ToString(CultureInfo.InvariantCulture),
            DateTime date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            bool value => value ? "TRUE" : "FALSE",
            var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
        };
    }

    /// <summary>A number as the sheet prints it: the decimals of its format, without one ten digits.</summary>
    private static string Number(double number, string? format)
    {
        if (!double.IsFinite(number) || Math.Abs(number) > 1e15)
            return number.ToString(CultureInfo.InvariantCulture);
        var exact = decimal.Parse(number.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (format is not null && PlainFormat().Match(format.Split(';')[0]) is { Success: true } plain)
            exact = Math.Round(exact, plain.Groups["d"].Length, MidpointRounding.AwayFromZero);
        else if (format?.Contains('%', StringComparison.Ordinal) == true)
            return (exact * 100).ToString(CultureInfo.InvariantCulture) + "%";
        else if (format is null or "General")
            exact = Math.Round(exact, Math.Max(0, 10 - Math.Truncate(Math.Abs(exact)).ToString(CultureInfo.InvariantCulture).Length), MidpointRounding.AwayFromZero);
        return exact.ToString("0.##########", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^(?:#,##)?0(?:\.(?<d>0+))?(?:_.|\s)*$")]
    private static partial Regex PlainFormat();
}
