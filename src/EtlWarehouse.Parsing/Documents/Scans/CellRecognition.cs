namespace EtlWarehouse.Parsing.Documents.Scans;

/// <summary>What was recognised in a cell that is a picture.</summary>
/// <param name="Text">The first reading; empty where nothing is printed.</param>
/// <param name="Again">The second one, by the model for digits; null where the first is no number.</param>
/// <param name="Shapes">What the ink can be; null as above.</param>
internal sealed record CellRecognition(string Text, string? Again, DigitInk? Shapes)
{
    /// <summary>Stands in a cell that is printed on where nothing was recognised: it is not blank.</summary>
    public const string Unrecognised = "\uFFFD";
}
