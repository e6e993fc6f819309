using System.Text;
using EtlWarehouse.Parsing.Documents;

namespace EtlWarehouse.Tests.Parsing.Documents;

/// <summary>What a page says of its own encoding is believed only as far as its bytes bear it out.</summary>
public sealed class TextDecodingTests
{
    private const string Words = "青禾县司法局政府信息公开工作年度报告，本年新收申请三十六件，均已办结。";

    [OneTimeSetUp]
    public void KnowOldEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [TestCase("utf-8", "utf-8", "utf-8")]
    [TestCase("utf-8", null, "utf-8")]
    [TestCase("utf-8", "gb2312", "utf-8")]   // most UTF-8 is valid GB 18030 too, and other words there
    [TestCase("utf-8", "gbk", "utf-8")]
    [TestCase("GB18030", "gb2312", "gb18030")]
    [TestCase("GB18030", "gbk", "gb18030")]
    [TestCase("GB18030", "utf-8", "gb18030")]
    [TestCase("GB18030", null, "gb18030")]
    public void Decode_WhateverIsDeclared_GivesTheWords(string written, string? declared, string found)
    {
        var meta = declared is null ? "" : $"<meta charset=\"{declared}\">";
        foreach (var page in new[] { $"<html><head>{meta}</head><body>{Words}</body></html>", $"<html><head>{meta}</head><body>{Words}1{Words}12</body></html>" })
        {
            var (text, charset, _) = TextDecoding.Decode(Encoding.GetEncoding(written).GetBytes(page), null, "page");
            Assert.That((text, charset), Is.EqualTo((page, found)));
        }
    }

    // Characters that GB 2312 lacks: pages that declare it have them all the same.
    [Test]
    public void Decode_RadicalsInGb18030_AreKept()
    {
        var page = "<meta charset=\"gb2312\">" + Words + "⼀、⼈⺠政府";
        Assert.That(TextDecoding.Decode(Encoding.GetEncoding("GB18030").GetBytes(page), null, "page").Text, Is.EqualTo(page));
    }

    [Test]
    public void Decode_OtherThanDeclared_SaysSo() => Assert.That(
        TextDecoding.Decode(Encoding.UTF8.GetBytes("<meta charset=\"gb2312\">" + Words), null, "page").Finding?.Code, Is.EqualTo("charset.mismatch"));
}
