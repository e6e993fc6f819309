using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Tests.Parsing.Text;

public sealed class FoldedLabelTests
{
    [TestCase("⾏政规范性⽂件", "行政规范性文件")]       // Kangxi radicals
    [TestCase("⼈⺠政府", "人民政府")]                  // U+2EA0, which NFKC leaves
    [TestCase("商 业 企\n业", "商业企业")]              // justified, then wrapped
    [TestCase("结\u00A0果\u3000维持", "结果维持")]
    [TestCase("第二十条 第（一）项", "第二十条第一项")]
    [TestCase("3.危及\"三安全一稳定\"", "危及三安全一稳定")]
    [TestCase("３．危及“三安全一稳定”", "危及三安全一稳定")]
    [TestCase("1、申请人无正当理由逾期不补正，行政机关", "申请人无正当理由逾期不补正行政机关")]
    public void Of_PrintedLabel_KeepsOnlyItsWords(string printed, string expected) =>
        Assert.That(FoldedLabel.Of(printed).Text, Is.EqualTo(expected));

    [TestCase("一、本年新收", "一")]
    [TestCase("⼀、本年新收", "一")]
    [TestCase("（三）不予公开", "(三)")]
    [TestCase("(三) 不予公开", "(三)")]
    [TestCase("8. 属于行政查询事项", "8")]
    [TestCase("规章", "")]
    [TestCase("三安全", "")]   // no mark behind it: part of the word
    public void Of_PrintedLabel_SplitsTheOrdinalOff(string printed, string expected) =>
        Assert.That(FoldedLabel.Of(printed).Ordinal, Is.EqualTo(expected));

    [TestCase("规章(设区的市、自治州人民政府应提供相关数据)", "规章")]
    [TestCase("本年收费金额（单位：万元）", "本年收费金额")]
    [TestCase("（二）部分公开（区分处理的，只计这一情", "部分公开")] // the bracket closes on the next line
    public void Of_LabelWithGloss_HasACoreWithoutIt(string printed, string expected) =>
        Assert.That(FoldedLabel.Of(printed).Core, Is.EqualTo(expected));

    [Test]
    public void Fold_KangxiRadicals_AllBecomeIdeographs()
    {
        // Would also hold the data to account where Normalize works; here it must hold without culture data.
        var left = Enumerable.Range(0x2F00, 214).Select(code => (char)code)
            .Where(radical => CharacterFolding.Fold(radical.ToString())[0] is < '\u4E00' or > '\u9FFF');
        Assert.That(left, Is.Empty);
    }
}
