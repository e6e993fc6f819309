namespace EtlWarehouse.Parsing.Forms;

/// <summary>Units of money convert exactly; units of counting say the same thing.</summary>
internal static class Units
{
    private static readonly Dictionary<string, decimal> Money = new()
    {
        ["元"] = 1m,
        ["万元"] = 10_000m,
        ["亿元"] = 100_000_000m,
    };

    /// <param name="printed">The unit in the cell or its header; null where none is printed, which means the form's.</param>
    public static bool TryConvert(decimal value, string? printed, string unit, out decimal converted)
    {
        converted = value;
        if (printed is null || printed == unit)
            return true;
        var (isMoney, wantsMoney) = (Money.ContainsKey(printed), Money.ContainsKey(unit));
        if (isMoney && wantsMoney)
            converted = WithoutTrailingZeros(value * Money[printed] / Money[unit]);
        return isMoney == wantsMoney;
    }

    public static bool AreDifferentMoney(string left, string right) => left != right && Money.ContainsKey(left) && Money.ContainsKey(right);

    private static decimal WithoutTrailingZeros(decimal value) => value / 1.0000000000000000000000000000m;
}
