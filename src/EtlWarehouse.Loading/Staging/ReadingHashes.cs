using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.Loading.Staging;

/// <summary>Three hashes of one reading, each over more than the one before. No time, file byte or address enters them.</summary>
/// <param name="Content">Whose report on which year, and all its cells: documents with the same one are one revision. Null without a report.</param>
/// <param name="Facts">Also the checks and what the prose states: all that is loaded into facts. Null without a report.</param>
/// <param name="Reading">Everything the reader said.</param>
internal sealed record ReadingHashes(string? Content, string? Facts, string Reading)
{
    public static ReadingHashes Of(ReadResult result)
    {
        using var text = new HashedText();
        string? content = null;
        string? facts = null;
        if (result.Report is { } report)
        {
            var identity = report.Identity;
            text.Add(identity.DivisionCode, identity.AgencyBody, identity.AgencyKind, Text(identity.Year), identity.Form);
            foreach (var cell in report.Cells)
                text.Add(cell.Code, StateText.Of(cell.State), Text(cell.Value));
            content = text.Hash();

            foreach (var check in report.Checks)
                text.Add(check.Id, StateText.Of(check.Status), Text(check.Left), Text(check.Right));
            foreach (var stated in report.Narrative)
                text.Add(stated.Measure, Text(stated.Value), Text(stated.Table), stated.Agrees?.ToString(), stated.Reason);
            facts = text.Hash();

            text.Add(identity.Title, identity.Agency, identity.Review, identity.Published?.ToString("O", CultureInfo.InvariantCulture));
            foreach (var cell in report.Cells)
                text.Add(cell.Raw, cell.Locator, cell.Repair);
            foreach (var stated in report.Narrative)
                text.Add(stated.Text, stated.Locator);
            foreach (var section in report.Sections)
                text.Add(section.Code, section.Title, section.Text, section.Locator);
        }

        text.Add(result.Document.MediaType, result.Document.Charset, result.Refusal?.Code, result.Refusal?.Message);
        foreach (var finding in result.Findings)
            text.Add(StateText.Of(finding.Severity), finding.Code, finding.Message, finding.Locator);
        foreach (var witness in result.Witnesses)
            text.Add(witness.Code, witness.Said, witness.Agency, witness.DivisionCode, witness.Year is { } year ? Text(year) : null, witness.Agrees?.ToString());
        return new ReadingHashes(content, facts, text.Hash());
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // 1.50 and 1.5 are the same number.
    private static string? Text(decimal? value) => value?.ToString("0.############################", CultureInfo.InvariantCulture);

    private sealed class HashedText : IDisposable
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly ArrayBufferWriter<byte> buffer = new();

        /// <summary>Each part with its length, so that no two sequences of parts give the same bytes.</summary>
        public void Add(params ReadOnlySpan<string?> parts)
        {
            foreach (var part in parts)
            {
                BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(sizeof(int)), part?.Length ?? -1);
                buffer.Advance(sizeof(int));
                Encoding.UTF8.GetBytes(part, buffer);
            }
        }

        /// <summary>The hash of all parts so far; more can follow.</summary>
        public string Hash()
        {
            hash.AppendData(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
            return Convert.ToHexStringLower(hash.GetCurrentHash());
        }

        public void Dispose() => hash.Dispose();
    }
}
