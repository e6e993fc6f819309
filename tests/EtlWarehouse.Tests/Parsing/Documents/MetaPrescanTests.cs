using System.Text;
using EtlWarehouse.Parsing.Documents;

namespace EtlWarehouse.Tests.Parsing.Documents;

/// <summary>Where a page's own declaration counts, and where the same words are none.</summary>
public sealed class MetaPrescanTests
{
    [TestCase("<meta charset=gbk>", "gbk")]
    [TestCase("<META CHARSET='GBK'>", "gbk")]
    [TestCase("<meta charset = \" gbk \" />", "gbk")]
    [TestCase("<meta/charset=gbk>", "gbk")]
    [TestCase("<meta http-equiv=Content-Type content='text/html; charset=gb2312'>", "gb2312")]
    [TestCase("<meta content='text/html; charset=gb2312' http-equiv=content-type>", "gb2312")]
    [TestCase("<meta http-equiv=content-type content='text/html; charset = \"gb2312\"'>", "gb2312")]
    [TestCase("<meta http-equiv=content-type content='charset; charset=gb2312;x'>", "gb2312")]
    [TestCase("<meta content='text/html; charset=gb2312'>", null)]                         // a content type of nothing
    [TestCase("<meta name=description content='charset=gb2312'>", null)]
    [TestCase("<meta http-equiv=refresh content='charset=gb2312'>", null)]
    [TestCase("<meta http-equiv=content-type content='charset=\"gb2312'>", null)]          // never closed
    [TestCase("<meta charset=gbk charset=big5>", "gbk")]                                   // the first of two counts
    [TestCase("<!-- <meta charset=gbk> --><meta charset=big5>", "big5")]
    [TestCase("<!--><meta charset=gbk>", "gbk")]                                           // a comment that is closed as it opens
    [TestCase("<!-- <meta charset=gbk>", null)]
    [TestCase("<a title='<meta charset=gbk>'><meta charset=big5>", "big5")]
    [TestCase("<a title=\"x\" y=<meta charset=gbk>", null)]
    [TestCase("</a title='<meta charset=gbk>'><meta charset=big5>", "big5")]
    [TestCase("<?php echo '<meta charset=gbk' ?><meta charset=big5>", "big5")]
    [TestCase("<metas charset=gbk>", null)]
    [TestCase("<meta charset=nobody><meta charset=gbk>", "gbk")]                           // the search goes on
    [TestCase("<meta charset=gbk", null)]                                                  // cut off
    [TestCase("<meta charset='gbk", null)]
    [TestCase("<p>charset=gbk</p>", null)]
    [TestCase("<?xml version='1.0' encoding='gb2312'?><html/>", "gb2312")]
    [TestCase("<?xml version='1.0'?><html/>", null)]
    [TestCase("<", null)]
    [TestCase("</", null)]
    [TestCase("", null)]
    public void Find_Declaration_CountsWhereTheStandardSaysSo(string page, string? label) =>
        Assert.That(MetaPrescan.Find(Encoding.ASCII.GetBytes(page), name => name != "nobody"), Is.EqualTo(label));
}
