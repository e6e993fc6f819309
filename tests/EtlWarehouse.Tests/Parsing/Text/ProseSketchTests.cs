using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Tests.Parsing.Text;

public sealed class ProseSketchTests
{
    [TestCase("", 0)]
    [TestCase("政府信息公开工", 0)]       // one character short of a run
    [TestCase("政府信息公开工作", 1)]
    [TestCase("政府信息公开工作的", 2)]
    [TestCase("的的的的的的的的的的的的", 1)]   // the same run five times
    [TestCase("政府 信息\n公开，工作。", 1)]   // blanks and punctuation do not count
    public void Of_Text_CountsDistinctRuns(string text, int expected) => Assert.That(ProseSketch.Of(text).Shingles, Is.EqualTo(expected));

    [TestCase("全年受理申请12件", "全年受理申请345件", true)]      // another number in the same sentence
    [TestCase("全年受理申请12件", "全年受理申请12.5件", true)]
    [TestCase("全年受理申请12件", "全年办理申请12件", false)]
    public void Of_TwoTexts_AreTheSameWhenOnlyNumbersDiffer(string one, string other, bool isSame) =>
        Assert.That(ProseSketch.Of(one).Hashes.SequenceEqual(ProseSketch.Of(other).Hashes), Is.EqualTo(isSame));

    [Test]
    public void Of_KnownText_GivesTheSameHashesEverywhere() =>
        Assert.That(ProseSketch.Of("政府信息公开工作年").Hashes, Is.EqualTo(new[] { -652134384, 1179501326 }));

    [Test]
    public void Of_LongText_KeepsTheLeastHashesInOrder()
    {
        var text = string.Concat(Enumerable.Range(0x4e00, 1000).Select(code => (char)code));
        var sketch = ProseSketch.Of(text);
        Assert.That((sketch.Shingles, sketch.Hashes.Count), Is.EqualTo((1000 - ProseSketch.RunLength + 1, ProseSketch.Size)));
        Assert.That(sketch.Hashes, Is.Ordered.Ascending.And.Unique);
    }

    // Half of the runs of one text stand in the other: the estimate is near the truth for many pairs of texts.
    [Test]
    public void Of_TextsThatShareHalf_EstimateItWithinTheStatedError()
    {
        var random = new Random(20);
        var errors = Enumerable.Range(0, 200).Select(_ =>
        {
            string Prose(int length) => string.Create(length, random, (span, source) =>
            {
                for (var index = 0; index < span.Length; index++)
                    span[index] = (char)('\u4e00' + source.Next(3000));
            });
            var shared = Prose(500);
            var (one, other) = (ProseSketch.Of(shared + Prose(500)), ProseSketch.Of(shared + Prose(500)));
            var least = one.Hashes.Concat(other.Hashes).Distinct().Order().Take(ProseSketch.Size).ToList();
            var both = least.Count(hash => one.Hashes.Contains(hash) && other.Hashes.Contains(hash)) / (double)least.Count;
            return both - (500 / 1500.0);
        }).ToList();
        Assert.That(Math.Abs(errors.Average()), Is.LessThan(0.01));
        Assert.That(Math.Sqrt(errors.Average(error => error * error)), Is.LessThan(0.045));
    }
}
