using System.Security.Cryptography;
using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Parsing;

/// <summary>The one way in: bytes in, a report or the reason why there is none out. Needs no clock, network or database.</summary>
public sealed class ReportReader(ReferenceData reference)
{
    /// <summary>Changes whenever the same bytes may be read otherwise than before; staged readings carry it.</summary>
    public const int Version = 1;

    public ReadResult Read(SourceDocument source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var identity = new DocumentIdentity(Convert.ToHexStringLower(SHA256.HashData(source.Content.Span)), "text/plain", null);
        return new ReadResult(identity, null, new Refusal("document.unread", $"{source.Name}: expected one of {reference.Forms.Count} forms"), []);
    }
}
