using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Tests.Parsing.Text;

public sealed class PrintedNumberTests
{
    [TestCase("0", 0)]            // a printed zero is a zero
    [TestCase(" 0", 0)]
    [TestCase("31", 31)]
    [TestCase("１２", 12)]         // full-width digits, which int.TryParse rejects
    [TestCase("1,234", 1234)]
    [TestCase("1,234,567", 1234567)]
    [TestCase("96171.6", 96171.6)]
    [TestCase("-8", -8)]
    [TestCase("+1036", 1036)]
    [TestCase("\u00A05\u3000", 5)] // blanks around it that Trim knows
    [TestCase("\u200B7\uFEFF", 7)] // and that it does not
    [TestCase("12件", 12)]
    [TestCase("12 件", 12)]
    public void Read_Number_GivesItsValue(string text, double expected)
    {
        var number = PrintedNumber.Read(text);
        Assert.That((number.Kind, number.Value), Is.EqualTo((PrintedKind.Number, (decimal?)expected)));
    }

    [TestCase("251000元", 251000, "元")]
    [TestCase("45.82万元", 45.82, "万元")]
    [TestCase("2笔", 2, "笔")]
    public void Read_NumberWithUnit_KeepsTheUnit(string text, double value, string unit)
    {
        var number = PrintedNumber.Read(text);
        Assert.That((number.Value, number.Unit), Is.EqualTo(((decimal?)value, unit)));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("\u00A0")]
    [TestCase("\u200B")]
    public void Read_Nothing_IsBlankNotZero(string text) =>
        Assert.That(PrintedNumber.Read(text), Is.EqualTo(new PrintedNumber(PrintedKind.Blank)));

    [TestCase("-")]
    [TestCase("—")]
    [TestCase("——")]
    [TestCase("/")]
    [TestCase("／")]
    [TestCase("无")]
    public void Read_Dash_IsNotApplicable(string text) =>
        Assert.That(PrintedNumber.Read(text), Is.EqualTo(new PrintedNumber(PrintedKind.Dash)));

    [TestCase("12,5")]     // decimal comma, not 125
    [TestCase("1,23,456")]
    [TestCase("1 2")]      // two numbers, or one with a gap: nobody knows
    [TestCase("3*")]       // footnote mark
    [TestCase("约5")]
    [TestCase("十二")]      // ordinals and prose only
    [TestCase("1.2.3")]
    [TestCase("١٢")]       // digits that \d matches
    [TestCase("12条以上")]
    [TestCase("999999999999999999999999999999")]
    public void Read_AnythingElse_IsTextNotANumber(string text) =>
        Assert.That(PrintedNumber.Read(text), Is.EqualTo(new PrintedNumber(PrintedKind.Text)));
}
