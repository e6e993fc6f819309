using System.Xml;

namespace EtlWarehouse.Parsing.Documents.Office;

/// <summary>How XML from a stranger is opened: no document type, no entities, nothing fetched.</summary>
internal static class OfficeXml
{
    public static XmlReader Open(Stream stream) => XmlReader.Create(stream, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    });

    public static DocumentRefusedException Damaged(XmlException exception) =>
        new("document.damaged", $"expected well-formed XML, found: {exception.Message.ReplaceLineEndings(" ")}");
}
