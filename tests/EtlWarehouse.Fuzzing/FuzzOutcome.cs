namespace EtlWarehouse.Fuzzing;

/// <summary>What became of one damaged document.</summary>
/// <param name="Ending"><c>read</c>, a refusal's code, or <c>crash</c>.</param>
/// <param name="WrongValues">Values that the sound document does not have in that cell, and that no failing equation flags.</param>
/// <param name="FlaggedValues">The same where a failing equation says that something is wrong.</param>
/// <param name="Growth">Bytes of memory that reading took at its peak, the document's own size not counted.</param>
/// <param name="Detail">The exception, or the first wrong values.</param>
public sealed record FuzzOutcome(string Ending, TimeSpan Elapsed, long Growth, int WrongValues, int FlaggedValues, bool WrongYear, string Detail);
