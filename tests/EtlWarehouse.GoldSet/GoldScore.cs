using System.Globalization;
using EtlWarehouse.GoldSet.Composition;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.GoldSet;

/// <summary>How well clean documents were read. Shares are of non-zero values: most cells of most reports are zero.</summary>
public sealed class GoldScore
{
    private const int MostNamed = 8;

    private int exact, cells, states, printed, published, right;

    public int Documents { get; private set; }

    public double Recall => Share(right, printed);

    public double Precision => Share(right, published);

    public double Exact => Share(exact, Documents);

    public double StateAccuracy => Share(states, cells);

    /// <summary>Of all cells, how many print a number that is not zero.</summary>
    public double NonZero => Share(printed, cells);

    /// <summary>The first differences, each with its file and cell.</summary>
    public List<string> Differences { get; } = [];

    /// <param name="read">The reading by cell code; null where the document was refused.</param>
    public void Add(GoldFile file, IReadOnlyDictionary<string, GoldTruth>? read, string? reason = null)
    {
        Documents++;
        var isExact = read is not null && read.Count == file.Truth.Count;
        if (read is null)
            Name($"{file.Name}: refused: {reason}");
        else if (!isExact)
            Name($"{file.Name}: expected {file.Truth.Count} cells, found {read.Count}");
        foreach (var (code, truth) in file.Truth)
        {
            var found = read is null ? GoldTruth.Missing : read.GetValueOrDefault(code, GoldTruth.Missing);
            cells++;
            printed += IsNonZero(truth) ? 1 : 0;
            published += IsNonZero(found) ? 1 : 0;
            right += IsNonZero(truth) && found == truth ? 1 : 0;
            states += found.State == truth.State && read is not null ? 1 : 0;
            if (found == truth && read is not null)
                continue;
            isExact = false;
            if (read is not null)
                Name(string.Create(CultureInfo.InvariantCulture, $"{file.Name}: {code}: expected {truth.State} {truth.Value}, found {found.State} {found.Value}"));
        }

        exact += isExact ? 1 : 0;
    }

    public void Add(GoldScore other)
    {
        (Documents, exact, cells, states) = (Documents + other.Documents, exact + other.exact, cells + other.cells, states + other.states);
        (printed, published, right) = (printed + other.printed, published + other.published, right + other.right);
        Differences.AddRange(other.Differences);
    }

    public static IReadOnlyDictionary<string, GoldTruth> Reading(ParsedReport report) =>
        report.Cells.ToDictionary(cell => cell.Code, cell => new GoldTruth(cell.State, cell.Value));

    /// <summary>What a parser that prints zeros reads: every cell of the form, and every cell 0.</summary>
    public static IReadOnlyDictionary<string, GoldTruth> Zeros(GoldFile file) =>
        file.Form.Cells.ToDictionary(cell => cell.Code, _ => new GoldTruth(CellState.Reported, 0));

    private void Name(string difference)
    {
        if (Differences.Count < MostNamed)
            Differences.Add(difference);
    }

    private static bool IsNonZero(GoldTruth cell) => cell.Value is not null and not 0;

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
