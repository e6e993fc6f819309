using EtlWarehouse.GoldSet.Composition;
using EtlWarehouse.GoldSet.Mutants;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.GoldSet;

/// <summary>Reads the gold set and its mutants and scores what was read.</summary>
public static class Accuracy
{
    /// <summary>All clean documents: those rendered here, and those that other programs made.</summary>
    /// <param name="root">The root of the repository.</param>
    public static IEnumerable<GoldFile> Clean(string root, IReadOnlyList<FormDefinition> forms) =>
        GoldFormat.All.SelectMany(format => format.Clean(forms)).Concat(MadeFiles.Clean(root, forms));

    public static void Read(ReportReader reader, GoldFile file, GoldScore score)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(score);
        var result = reader.Read(new SourceDocument(file.Content, "gold"));
        score.Add(file, result.Report is null ? null : GoldScore.Reading(result.Report), result.Refusal?.Message);
    }

    /// <summary>Makes and reads the mutants of the seeds from <paramref name="seed"/> on, several at a time; the score does not depend on their order.</summary>
    public static IReadOnlyList<(Mutant Mutant, IReadOnlyDictionary<string, GoldTruth>? Read)> Mutate(ReportReader reader, IReadOnlyList<FormDefinition> forms, int seed, int count)
    {
        var read = new (Mutant, IReadOnlyDictionary<string, GoldTruth>?)[count];
        Parallel.For(0, count, index =>
        {
            var mutant = Mutant.Make(forms, seed + index);
            var result = reader.Read(new SourceDocument(mutant.File.Content, "mutant"));
            // The bytes are not needed any more, and ten thousand of them are many.
            read[index] = (mutant with { File = mutant.File with { Content = [] } }, result.Report is null ? null : GoldScore.Reading(result.Report));
        });
        return read;
    }
}
