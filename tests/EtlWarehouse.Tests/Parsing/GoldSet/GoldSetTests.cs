using EtlWarehouse.GoldSet;
using EtlWarehouse.GoldSet.Composition;
using EtlWarehouse.GoldSet.Mutants;

namespace EtlWarehouse.Tests.Parsing.GoldSet;

/// <summary>Every format in every form and layout is read exactly; what is damaged is read right or not at all.</summary>
public sealed class GoldSetTests
{
    private const int Sample = 400;

    private static readonly string[] Formats = ["html", "text", "pdf ruled", "pdf tagged", "pdf borderless", "docx", "doc", "xls", "xlsx", "zip"];

    private static readonly Lazy<ILookup<string, GoldFile>> Files = new(() =>
        Accuracy.Clean(ReferenceReports.Root, ReferenceReports.Reference.Forms).ToLookup(file => file.Format));

    [TestCaseSource(nameof(Formats))]
    public void Read_CleanDocuments_GivesEveryValueAndState(string format)
    {
        var score = new GoldScore();
        foreach (var file in Files.Value[format])
            Accuracy.Read(ReferenceReports.Reader, file, score);
        Assert.That((score.Precision, score.Recall, score.StateAccuracy), Is.EqualTo((1.0, 1.0, 1.0)), string.Join("; ", score.Differences));
        Assert.That(score.Differences, Is.Empty);
        // Mostly zeros would prove nothing.
        Assert.That(score.NonZero, Is.GreaterThan(0.4));
    }

    [TestCaseSource(nameof(Formats))]
    public void Files_OfEachFormat_AreInSixLayoutsOfEveryForm(string format)
    {
        foreach (var form in Files.Value[format].GroupBy(file => file.Form.Code))
            Assert.That(form.Count(), Is.GreaterThanOrEqualTo(6), form.Key);
        Assert.That(Files.Value[format].Select(file => file.Form.Code).Distinct(), Is.EquivalentTo(new[] { "2014", "2019", "2021" }));
    }

    [Test]
    public void Read_Mutants_PublishesNoWrongValueAndReadsWhatCanBeDecided()
    {
        var score = new MutantScore();
        foreach (var (mutant, read) in Accuracy.Mutate(ReferenceReports.Reader, ReferenceReports.Reference.Forms, 1, Sample))
            score.Add(mutant, read);
        TestContext.Out.WriteLine($"{score.Decidable} decidable, {score.Read} read, {score.Refused} refused; not read: {string.Join("; ", score.Unread.Take(8))}");
        Assert.That(score.WrongValues.Take(6), Is.Empty);
        Assert.That(score.ReadShare, Is.GreaterThanOrEqualTo(0.9));
    }

    // Each of them once published a wrong value.
    [TestCase(20126, TestName = "Read_Mutant_ColumnsSwappedAndARowRepaired")]
    [TestCase(30499, TestName = "Read_Mutant_SheetCellOverTwoColumns")]
    [TestCase(50878, TestName = "Read_Mutant_ValueLostWhereSumsAreWrongAnyway")]
    [TestCase(52248, TestName = "Read_Mutant_LikeLabelsInAnotherOrder")]
    [TestCase(52309, TestName = "Read_Mutant_ColumnsSwappedWithBlanks")]
    [TestCase(52589, TestName = "Read_Mutant_LetterOfAVerticalLabelBehindTheValues")]
    [TestCase(53882, TestName = "Read_Mutant_HeaderOfAnotherFormWithAWrongSpan")]
    [TestCase(54771, TestName = "Read_Mutant_SheetCellOverTheLastTwoColumns")]
    [TestCase(59310, TestName = "Read_Mutant_LongLabelBesideALostRow")]
    [TestCase(60980, TestName = "Read_Mutant_FullWidthNumberAcrossABorder")]
    [TestCase(65657, TestName = "Read_Mutant_EndOfTheLabelAboveBeforeARowWithoutOne")]
    [TestCase(74586, TestName = "Read_Mutant_LetterOfAVerticalLabelBeforeTheValues")]
    [TestCase(74776, TestName = "Read_Mutant_ShortLabelsInAnotherOrder")]
    [TestCase(78165, TestName = "Read_Mutant_RowTwiceAtAPageBreak")]
    [TestCase(78677, TestName = "Read_Mutant_RowTwiceWithoutBorders")]
    [TestCase(100860, TestName = "Read_Mutant_NumberInTwoPiecesBelowANumberAlone")]
    [TestCase(101454, TestName = "Read_Mutant_LabelThatEndsInAnother")]
    [TestCase(103017, TestName = "Read_Mutant_RowTwiceWithItsLabelBehindTheNumbers")]
    [TestCase(109160, TestName = "Read_Mutant_LostLabelBeforeOneThatEndsInIt")]
    [TestCase(207315, TestName = "Read_Mutant_NumberInTwoPiecesAboveNumbersAlone")]
    [TestCase(59368, TestName = "Read_Mutant_LabelInPiecesBesideALostRow")]
    public void Read_Mutant_PublishesNoWrongValue(int seed)
    {
        var score = new MutantScore();
        foreach (var (mutant, read) in Accuracy.Mutate(ReferenceReports.Reader, ReferenceReports.Reference.Forms, seed, 1))
            score.Add(mutant, read);
        Assert.That(score.WrongValues, Is.Empty);
    }

    // The score must be able to fail: a parser that reads zeros gets states, and no value that matters.
    [Test]
    public void Score_ParserOfZeros_FindsNothing()
    {
        var (score, mutants) = (new GoldScore(), new MutantScore());
        foreach (var file in Files.Value["html"])
            score.Add(file, GoldScore.Zeros(file));
        foreach (var (mutant, _) in Accuracy.Mutate(ReferenceReports.Reader, ReferenceReports.Reference.Forms, 1, 20))
            mutants.Add(mutant, GoldScore.Zeros(mutant.File));
        Assert.That((score.Recall, score.Exact, mutants.Read), Is.EqualTo((0.0, 0.0, 0)));
        Assert.That(mutants.Wrong, Is.GreaterThan(20));
    }

    [Test]
    public void SoundValues_OfAnyForm_SatisfyAllEquations([Values("2014", "2019", "2021")] string code, [Values(1, 2, 3)] int seed)
    {
        var form = ReferenceReports.Reference.Forms.Single(form => form.Code == code);
        var values = SoundValues.Make(form, new Random(seed));
        Assert.That(form.Checks.Where(check => check.Left.Sum(cell => values[cell]) != check.Right.Sum(cell => values[cell])), Is.Empty);
    }
}
