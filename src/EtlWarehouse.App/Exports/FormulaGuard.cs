namespace EtlWarehouse.App.Exports;

/// <summary>Keeps spreadsheets from taking a text of a CSV file for a formula.</summary>
/// <remarks>The list is OWASP's on CSV injection: what Excel, LibreOffice or an input method's full-width keys begin a formula with.</remarks>
internal static class FormulaGuard
{
    public const string Mark = "'";

    private const string Starters = "=+-@\t\r\n＝＋－＠";

    public static bool IsNeeded(string text) => text.Length > 0 && Starters.Contains(text[0], StringComparison.Ordinal);
}
