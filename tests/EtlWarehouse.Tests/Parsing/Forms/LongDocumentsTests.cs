using System.Text;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.Tests.Parsing.Forms;

public sealed class LongDocumentsTests
{
    private const string Title = "青禾县司法局2023年政府信息公开工作年度报告\n";

    // 40,000 such lines once took half a minute and a gigabyte.
    [Test]
    public void Read_EndlessFigures_IsRefused()
    {
        var text = Title + string.Concat(Enumerable.Repeat("全年收到 12 件 34 56 78 规章 1 0 3 其他 4 5 6 7 8 9 1\n", 4000));
        var result = ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(text), "long.txt"));
        Assert.That(result.Refusal?.Code, Is.EqualTo("document.too_long"));
    }

    [Test]
    public void Read_LongProse_IsNoObstacle()
    {
        var text = Title + string.Concat(Enumerable.Repeat("全年召开会议 12 次。\n", 1500)) + "二、主动公开政府信息情况\n规章\t1\t0\t3\n行政规范性文件\t2\t0\t5\n";
        var report = ReferenceReports.Reader.Read(new SourceDocument(Encoding.UTF8.GetBytes(text), "prose.txt")).Report;
        Assert.That(report?.Cells.Take(6).Select(cell => cell.Value), Is.EqualTo(new decimal?[] { 1, 0, 3, 2, 0, 5 }));
    }
}
