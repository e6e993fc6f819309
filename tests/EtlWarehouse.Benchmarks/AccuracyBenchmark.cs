using System.Globalization;
using EtlWarehouse.GoldSet;
using EtlWarehouse.GoldSet.Mutants;
using EtlWarehouse.Parsing;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Benchmarks;

/// <summary>
/// Scores the reader on the gold set and on mutants of it, and beside it a parser that reads 0 in every cell: most cells
/// of most reports are zero, so that it would look good by any other measure.
/// </summary>
internal sealed class AccuracyBenchmark(string root, int mutants, int seed)
{
    public const int Mutants = 10_000;

    private const double LeastRecall = 0.999, LeastExact = 0.99, LeastRead = 0.9;

    private const int Named = 12;

    private readonly ReferenceData reference = ReferenceData.Load(Path.Combine(root, "pipelines"));

    /// <returns>Exit code: 1 when a wrong value was published or a goal is missed.</returns>
    public int Run()
    {
        var reader = new ReportReader(reference);
        var clean = ReadClean(reader);
        var (read, zeros) = ReadMutants(reader);
        List<(string Goal, bool IsReached)> goals =
        [
            ("non-zero recall >= 99.9 %", clean.Recall >= LeastRecall),
            ("non-zero precision >= 99.9 %", clean.Precision >= LeastRecall),
            ("exact reports >= 99 %", clean.Exact >= LeastExact),
            ("states 100 %", clean.StateAccuracy >= 1),
            ("wrong values published from mutants: 0", read.Wrong == 0),
            ("decidable mutants read or repaired >= 90 %", read.ReadShare >= LeastRead),
        ];
        foreach (var (goal, isReached) in goals)
            Console.WriteLine($"goal: {goal}: {(isReached ? "reached" : "missed")}");
        Console.WriteLine(Line($"zeros: {zeros.Wrong} wrong values, {zeros.Read} of {zeros.Decidable} decidable mutants read"));
        return goals.TrueForAll(goal => goal.IsReached) ? 0 : 1;
    }

    private GoldScore ReadClean(ReportReader reader)
    {
        var (all, zeros) = (new GoldScore(), new GoldScore());
        Console.WriteLine("clean documents        documents  non-zero    recall  precision    exact    states");
        foreach (var format in Accuracy.Clean(root, reference.Forms).GroupBy(file => file.Format))
        {
            var score = new GoldScore();
            foreach (var file in format)
            {
                Accuracy.Read(reader, file, score);
                zeros.Add(file, GoldScore.Zeros(file));
            }

            Print(format.Key, score);
            all.Add(score);
        }

        Print("all", all);
        Print("a parser of zeros", zeros);
        foreach (var difference in all.Differences.Take(Named))
            Console.WriteLine("  " + difference);
        return all;

        static void Print(string name, GoldScore score) => Console.WriteLine(Line(
            $"{name,-22} {score.Documents,9}  {100 * score.NonZero,7:0.0} %  {100 * score.Recall,6:0.00} %   {100 * score.Precision,6:0.00} % {100 * score.Exact,6:0.0} %  {100 * score.StateAccuracy,6:0.00} %"));
    }

    private (MutantScore Read, MutantScore Zeros) ReadMutants(ReportReader reader)
    {
        var (score, zeros) = (new MutantScore(), new MutantScore());
        foreach (var (mutant, read) in Accuracy.Mutate(reader, reference.Forms, seed, mutants))
        {
            score.Add(mutant, read);
            zeros.Add(mutant, GoldScore.Zeros(mutant.File));
        }

        Console.WriteLine("mutants                            number  decidable  read    share  wrong values");
        foreach (var (kind, number, decidable, read, wrong) in score.Kinds)
            Console.WriteLine(Line($"{kind,-32} {number,8}   {decidable,8} {read,5}  {(decidable == 0 ? "    - " : $"{100.0 * read / decidable,5:0.0} %")}  {wrong,5}"));
        Console.WriteLine(Line(
            $"all (seeds {seed} to {seed + mutants - 1}): {score.Mutants} mutants, {score.Refused} refused, {score.Partial} read in part; of {score.Decidable} decidable ones {score.Read} read or repaired ({100 * score.ReadShare:0.0} %); {score.Wrong} wrong values published"));
        foreach (var wrong in score.WrongValues.Take(Named))
            Console.WriteLine("  wrong: " + wrong);
        foreach (var unread in score.Unread.Take(Named))
            Console.WriteLine("  not read: " + unread);
        return (score, zeros);
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
