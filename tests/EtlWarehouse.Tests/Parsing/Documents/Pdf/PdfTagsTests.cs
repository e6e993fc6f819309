using System.Text;
using System.Text.RegularExpressions;
using EtlWarehouse.GoldSet;
using EtlWarehouse.GoldSet.Composition;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.Tests.Parsing.Documents.Pdf;

public sealed partial class PdfTagsTests
{
    // All other text is in the tags; the pages print the digit, and say so.
    [Test]
    public void Read_TagsWithoutOneDigit_AreNotTrusted()
    {
        var form = ReferenceReports.Reference.Forms.Single(form => form.Code == "2021");
        var file = GoldFormat.All.Single(format => format.Name == "pdf tagged").Make(form, GoldLayout.All[0], seed: 3);
        var pdf = Encoding.Latin1.GetString(file.Content);
        var damaged = OneDigit().Replace(pdf, match => match.Value.Replace(match.Groups["mark"].Value, "999", StringComparison.Ordinal), 1);
        Assert.That(damaged, Is.Not.EqualTo(pdf));

        var read = GoldScore.Reading(ReferenceReports.Reader.Read(new SourceDocument(Encoding.Latin1.GetBytes(damaged), "tags.pdf")).Report!);

        Assert.That(file.Truth.Where(cell => read[cell.Key].State == CellState.Blank).Select(cell => cell.Key), Is.Empty);
        Assert.That(file.Truth.Count(cell => read[cell.Key] == cell.Value), Is.GreaterThan(0.9 * file.Truth.Count));
    }

    [GeneratedRegex("/TD <</MCID (?<mark>[0-9]{3})>> BDC\nBT [^<]*<003[1-9]> Tj")]
    private static partial Regex OneDigit();
}
