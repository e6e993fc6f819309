using System.Security.Cryptography;
using EtlWarehouse.Parsing.Checks;
using EtlWarehouse.Parsing.Checks.Narrative;
using EtlWarehouse.Parsing.Documents;
using EtlWarehouse.Parsing.Forms;
using EtlWarehouse.Parsing.Identity;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Parsing;

/// <summary>
/// The one way in: bytes in, a report or the reason why there is none out. Needs no clock, network or database;
/// the same bytes give the same result everywhere. Safe for use by several threads.
/// </summary>
public sealed class ReportReader
{
    /// <summary>Changes whenever the same bytes may be read otherwise than before; staged readings carry it.</summary>
    public const int Version = 8;

    /// <summary>Without a title, a document is a report only if at least this share of a form's rows is in it.</summary>
    private const double RowsOfAReport = 0.3;

    private readonly FormRecognition recognition;
    private readonly Dictionary<string, FormReader> readers;
    private readonly AgencyPlaces places;
    private readonly Identification identification;
    private readonly IReadOnlyDictionary<string, Placement> placements;

    public ReportReader(ReferenceData reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        recognition = new FormRecognition(reference.Forms);
        readers = reference.Forms.ToDictionary(form => form.Code, form => new FormReader(form, reference.Forms));
        places = new AgencyPlaces(reference);
        identification = new Identification(places);
        placements = reference.Placements;
    }

    public ReadResult Read(SourceDocument source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(source.Content.Span));
        try
        {
            return ContainedReports.Choose([.. DocumentFormats.Read(source).Select(document => Read(source, document, sha256))]);
        }
        catch (DocumentRefusedException refused)
        {
            return new ReadResult(
                new DocumentIdentity(sha256, source.MediaType ?? "application/octet-stream", null),
                null, new Refusal(refused.Code, refused.Message), []);
        }
    }

    private ReadResult Read(SourceDocument source, DocumentContent document, string sha256)
    {
        var identity = new DocumentIdentity(sha256, document.MediaType, document.Charset);
        var findings = new List<Finding>(document.Findings);
        ReadResult Refused(string code, string message) => new(identity, null, new Refusal(code, message), findings);

        var title = ReportTitle.Find(document);
        if ((LookAlikes.OfCopy(document) ?? LookAlikes.OfTitle(document, title)) is { } lookAlike)
            return new ReadResult(identity, null, lookAlike, findings);

        var period = ReportDates.PeriodYear(document);
        var (form, reading) = ReadForm(document, title?.Year ?? period);
        var isShort = reading.RowsFound < reading.RowsSought * RowsOfAReport;
        if (title is not null && LookAlikes.OfAgency(title, isShort) is { } enterprise)
            return new ReadResult(identity, null, enterprise, findings);
        if (reading.RowsFound == 0 && LookAlikes.OfPage(source.Content.Span, document) is { } page)
            return new ReadResult(identity, null, page, findings);
        if (title is null && isShort)
            return Refused("report.not_found", $"expected the title of an annual report and its tables, found no title and {reading.RowsFound} of {reading.RowsSought} rows");
        if (reading.RowsFound == 0)
            return Refused("report.no_tables", $"expected the tables of form {form.Code}, found none of its {reading.RowsSought} rows under '{title!.Text}'");

        var said = IdentityEvidence.Of(source, document, title, period, places);
        var settled = placements.GetValueOrDefault(sha256);
        var voted = ReportYear.Of(said);
        if ((settled?.Year ?? voted.Year) is not { } year)
            return Refused("report.no_year", $"expected a reporting year in the title, the list or the statistics period, found none in '{title?.Text}'");
        if (title?.Year is not null && period is not null && period != year)
            findings.Add(new Finding(Severity.Warning, "year.disagrees", $"expected one reporting year, found {year} in the title and {period} in the statistics period", Printed: $"{period}"));
        if (ReportDates.OddPeriod(document) is { } odd)
            findings.Add(new Finding(Severity.Warning, "period.not_the_year", $"expected a statistics period from January 1 to December 31, found '{odd}'", Printed: odd));

        if (settled is null && RecognisedText.DoubtOfYear(document, title?.Year, period, year) is { } doubt)
            return Refused("report.year_unconfirmed", doubt);

        findings.AddRange(reading.Findings);
        var confirmed = RecognisedCells.Confirm(form, document, reading.Cells, findings);
        var cells = confirmed.ToDictionary(cell => cell.Code);
        var identified = identification.Of(source, document, said, year, voted.IsContested, settled);
        findings.AddRange(IdentityFindings.Of(identified, title));
        var whose = new ReportIdentity(
            title?.Text ?? document.PageTitle ?? source.Name,
            identified.Agency,
            identified.Place?.Body,
            identified.Place?.Division?.Code,
            (identified.Place is { } place ? places.Kind(place.Body) : null) ?? source.Place?.AgencyKind,
            year,
            form.Code,
            (document.ScannedPages.Count > 0 ? null : ReportDates.Published(document, year)) ?? source.Place?.PublishedOn)
        {
            Review = identified.Review,
        };
        var report = new ParsedReport(
            whose,
            confirmed,
            Reconciliation.Check(form, cells),
            RecognisedText.Narrative(document, NarrativeReader.Read(form, whose, reading.Sections, cells)),
            reading.Sections);
        foreach (var check in report.Checks.Where(check => check.Status == CheckStatus.Fail))
            findings.Add(new Finding(Severity.Warning, "check.failed", $"{check.Id}: expected equal sums, found {ReportJson.Text(check.Left!.Value)} and {ReportJson.Text(check.Right!.Value)}; likely fault: {ReportJson.Name(check.Fault!.Value)}"));
        foreach (var stated in report.Narrative.Where(stated => stated.Agrees == false))
            findings.Add(new Finding(Severity.Warning, "narrative.contradicts", $"{stated.Measure}: the prose states {stated.Value} ('{stated.Text}'), the table says otherwise", stated.Locator));
        return new ReadResult(identity, report, null, findings) { Witnesses = identified.Witnesses };
    }

    /// <summary>Reads the likeliest form; another one only if that has less than half of its rows and the other more than twice as many.</summary>
    private (FormDefinition Form, FormReading Reading) ReadForm(DocumentContent document, int? year)
    {
        (FormDefinition Form, FormReading Reading)? best = null;
        foreach (var form in recognition.Order(document, year))
        {
            var reading = readers[form.Code].Read(document);
            if (best is null || reading.RowsFound > 2 * best.Value.Reading.RowsFound)
                best = (form, reading);
            if (best.Value.Reading.RowsFound * 2 >= best.Value.Reading.RowsSought)
                break;
        }

        return best ?? throw new InvalidOperationException("expected at least one form, found none");
    }
}
