using System.Globalization;
using EtlWarehouse.GoldSet.Composition;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.GoldSet.Mutants;

/// <summary>What a reader made of mutants: a wrong value is worse than none.</summary>
public sealed class MutantScore
{
    private readonly Dictionary<string, (int Mutants, int Decidable, int Read, int Wrong)> kinds = [];

    public int Mutants { get; private set; }

    public int Decidable { get; private set; }

    /// <summary>Of <see cref="Decidable"/>, those of which every printed value was read, plainly or by a repair.</summary>
    public int Read { get; private set; }

    /// <summary>Mutants that were refused as a whole.</summary>
    public int Refused { get; private set; }

    /// <summary>Mutants of which some values were not read, and none was wrong.</summary>
    public int Partial { get; private set; }

    /// <summary>Values published in a cell in which another one, or none, is printed.</summary>
    public int Wrong { get; private set; }

    /// <summary>Each wrong value, with the mutant's seed, its kind, and the cell.</summary>
    public List<string> WrongValues { get; } = [];

    /// <summary>Decidable mutants of which some value was not read.</summary>
    public List<string> Unread { get; } = [];

    public double ReadShare => Decidable == 0 ? 0 : (double)Read / Decidable;

    public IEnumerable<(string Kind, int Mutants, int Decidable, int Read, int Wrong)> Kinds =>
        kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => (kind.Key, kind.Value.Mutants, kind.Value.Decidable, kind.Value.Read, kind.Value.Wrong));

    /// <param name="read">The reading by cell code; null where the document was refused.</param>
    public void Add(Mutant mutant, IReadOnlyDictionary<string, GoldTruth>? read)
    {
        var wrong = (read ?? new Dictionary<string, GoldTruth>())
            .Where(cell => cell.Value.State == CellState.Reported && mutant.File.Truth.GetValueOrDefault(cell.Key, GoldTruth.Missing).Value != cell.Value.Value)
            .Select(cell => string.Create(CultureInfo.InvariantCulture,
                $"{mutant}: {cell.Key}: expected {mutant.File.Truth.GetValueOrDefault(cell.Key, GoldTruth.Missing).State} {mutant.File.Truth.GetValueOrDefault(cell.Key).Value}, found {cell.Value.Value}"))
            .ToList();
        var missed = mutant.File.Truth.Where(cell => cell.Value.State == CellState.Reported && (read is null || read.GetValueOrDefault(cell.Key) != cell.Value)).Select(cell => cell.Key).ToList();
        Mutants++;
        Wrong += wrong.Count;
        WrongValues.AddRange(wrong);
        var isRead = missed.Count == 0 && wrong.Count == 0;
        var known = kinds.GetValueOrDefault(mutant.Kind);
        kinds[mutant.Kind] = (known.Mutants + 1, known.Decidable + (mutant.IsDecidable ? 1 : 0), known.Read + (mutant.IsDecidable && isRead ? 1 : 0), known.Wrong + wrong.Count);
        if (read is null)
            Refused++;
        else if (missed.Count > 0 && wrong.Count == 0)
            Partial++;
        if (!mutant.IsDecidable)
            return;
        Decidable++;
        Read += isRead ? 1 : 0;
        if (!isRead)
            Unread.Add($"{mutant}: {(read is null ? "refused" : $"{missed.Count} cells, first {missed.FirstOrDefault()}")}");
    }
}
