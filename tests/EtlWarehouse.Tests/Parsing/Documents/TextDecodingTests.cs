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

    // What the server says stands before what the page says, and neither is believed against the bytes.
    [TestCase("GB18030", "gbk", "utf-8", "gb18030", null)]
    [TestCase("GB18030", "utf-8", "gb2312", "gb18030", "charset.mismatch")]
    [TestCase("GB18030", "iso-8859-1", "gb2312", "gb18030", null)]       // the default of many servers says nothing
    [TestCase("utf-8", "gbk", "gbk", "utf-8", "charset.mismatch")]
    [TestCase("big5", "gb2312", "big5", "gb18030", null)]                // valid in both: the server decides
    [TestCase("big5", null, "big5", "big5", null)]
    [TestCase("GB18030", null, "utf-16", "gb18030", null)]               // markup that was read as bytes is no UTF-16
    public void Decode_ServerAndPage_AreWeighedInOrder(string written, string? server, string page, string found, string? finding)
    {
        var text = $"<html><meta charset={page}><body>一二三四</body></html>";
        var decoded = TextDecoding.Decode(Encoding.GetEncoding(written).GetBytes(text), server, "page");
        Assert.That((decoded.Charset, decoded.Finding?.Code), Is.EqualTo((found, finding)));
    }

    [TestCase(new byte[] { 0xEF, 0xBB, 0xBF, 0xE5, 0xB9, 0xB4 }, "utf-8")]
    [TestCase(new byte[] { 0xFF, 0xFE, 0x74, 0x5E }, "utf-16le")]
    [TestCase(new byte[] { 0xFE, 0xFF, 0x5E, 0x74 }, "utf-16be")]
    public void Decode_ByteOrderMark_StandsBeforeTheServer(byte[] bytes, string charset)
    {
        var decoded = TextDecoding.Decode(bytes, "gbk", "page");
        Assert.That((decoded.Text, decoded.Charset), Is.EqualTo(("年", charset)));
    }

    [TestCase("gb18030", null, "")]                                   // nothing declared
    [TestCase("gb18030", "gb2312", "")]
    [TestCase("gb18030", null, "<meta charset=\"gbk\">")]
    [TestCase("utf-8", "gb2312", "<meta charset=gb2312>")]            // both lie
    [TestCase("utf-8", null, "")]
    [TestCase("big5", "big5", "")]
    [TestCase("gb18030", "x-unknown", "")]                            // a name nobody knows
    public void Guess_Declaration_IsCheckedAgainstTheBytes(string actual, string? declared, string meta)
    {
        var page = $"<html>{meta}<body>年度報告</body></html>";
        Assert.That(TextDecoding.Guess(Encoding.GetEncoding(actual).GetBytes(page), declared), Is.EqualTo(page));
    }

    [TestCase("A3A0", "\u3000")]     // the full-width blank of old pages
    [TestCase("A6D9", "\uFE10")]     // a comma for vertical lines
    [TestCase("A8BC", "\u1E3F")]
    [TestCase("FE59", "\u9FB4")]
    [TestCase("82359037", "\u9FB4")]  // the same by four octets
    [TestCase("A2E3", "\u20AC")]
    public void Decode_Gb18030_IsThatOfTheWeb(string octets, string character)
    {
        // So much that it cannot be taken for another encoding.
        byte[] bytes = [.. Encoding.GetEncoding("GB18030").GetBytes(Words), .. Convert.FromHexString(octets)];
        Assert.That(TextDecoding.Decode(bytes, "gb2312", "page").Text, Is.EqualTo(Words + character));
    }

    [Test]
    public void Decode_FewBrokenBytes_StayVisible()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Words), 0xE5, 0x31, .. Encoding.UTF8.GetBytes(Words)];
        var decoded = TextDecoding.Decode(bytes, "utf-8", "page");
        Assert.That((decoded.Text, decoded.Finding?.Code), Is.EqualTo(($"{Words}\uFFFD1{Words}", "charset.damaged")));
    }

    [Test]
    public void Guess_NoTextAtAll_IsNotRefused()
    {
        var noise = Enumerable.Range(0, 1000).Select(index => (byte)(index % 2 == 0 ? 0x81 : 0x0A)).ToArray();   // nowhere a character but line breaks
        Assert.Multiple(() =>
        {
            Assert.That(() => TextDecoding.Decode(noise, null, "page"), Throws.TypeOf<DocumentRefusedException>());
            Assert.That(() => TextDecoding.Guess(noise, null), Throws.Nothing);
        });
    }
}
