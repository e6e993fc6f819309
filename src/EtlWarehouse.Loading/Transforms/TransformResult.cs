namespace EtlWarehouse.Loading.Transforms;

/// <summary>What one transform changed.</summary>
/// <param name="DocumentsChanged">Documents staged or read anew since the last transform.</param>
/// <param name="ReportsChanged">Agency-years whose facts were written anew.</param>
/// <param name="FactsInserted">Cells of agency-years that had no facts before.</param>
/// <param name="FactsChanged">Cells of corrected reports that say something else than before.</param>
/// <param name="FactsUnchanged">Cells of corrected reports that say the same as before. Reports that did not change are not counted.</param>
/// <param name="FactsRemoved">Cells that stand no more: their document is read as another report now, or in another form.</param>
/// <param name="Unplaced">Reports, old and new, that cannot be given to an agency and year; <c>mart.unplaced</c> lists them.</param>
/// <param name="Warnings">Checks of severity <c>warn</c> that found rows, one line each.</param>
public sealed record TransformResult(
    long DocumentsChanged,
    long ReportsChanged,
    long FactsInserted,
    long FactsChanged,
    long FactsUnchanged,
    long FactsRemoved,
    long Unplaced,
    IReadOnlyList<string> Warnings);
