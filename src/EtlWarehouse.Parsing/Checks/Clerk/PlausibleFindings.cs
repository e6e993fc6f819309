namespace EtlWarehouse.Parsing.Checks.Clerk;

/// <summary>Numbers that the form allows and experience does not.</summary>
internal static class PlausibleFindings
{
    /// <summary>In 万元: what one department below the province collects in a year stays below.</summary>
    private const decimal LargestFee = 10_000m;

    public static IEnumerable<ClerkFinding> Of(FormWords words, ParsedReport report)
    {
        var cells = report.Cells.ToDictionary(cell => cell.Code);
        decimal? Value(string code) => cells.TryGetValue(code, out var cell) ? cell.Value : null;
        var identity = report.Identity;

        var regulations = report.Cells.Where(cell => words.Cell(cell.Code).Row == "disclosure.regulations" && cell.Value > 0).ToList();
        if (regulations.Count > 0 && !MayMakeRegulations(identity))
        {
            yield return new ClerkFinding(ClerkWeight.Doubt, "plausible.regulations", words.RowPlace("disclosure.regulations"), regulations[0].Locator,
                $"填报规章 {string.Join("、", regulations.Select(cell => $"{words.Column(cell.Code)} {FormWords.Number(cell.Value!.Value)}"))}，而本机关没有规章制定权",
                "可能把规范性文件、规章制度或所在市的规章填在这里", "规章只由国务院部门和省、设区的市、自治州人民政府制定；其他机关填 0");
        }

        if (Value("disclosure.normative_documents/issued") is { } issued && Value("disclosure.normative_documents/repealed") is { } repealed
            && Value("disclosure.normative_documents/in_force") is { } inForce && inForce < issued - repealed)
        {
            yield return new ClerkFinding(ClerkWeight.Doubt, "plausible.in_force", words.RowPlace("disclosure.normative_documents"),
                cells["disclosure.normative_documents/in_force"].Locator,
                $"本年制发 {FormWords.Number(issued)} 件、废止 {FormWords.Number(repealed)} 件，现行有效却只有 {FormWords.Number(inForce)} 件",
                "现行有效件数可能漏填，应含往年制发、仍然有效的文件", "核对规范性文件库中现行有效的总数");
        }

        if (Value("disclosure.fees/amount") is { } fee && fee >= LargestFee && fee == decimal.Truncate(fee) && words.Cell("disclosure.fees/amount").Unit == "万元"
            && identity.AgencyKind is not ("people_government" or "government_office" or "finance"))
        {
            yield return new ClerkFinding(ClerkWeight.Doubt, "plausible.fee_unit", words.RowPlace("disclosure.fees"), cells["disclosure.fees/amount"].Locator,
                $"收费 {FormWords.Number(fee)} 万元，合 {FormWords.Number(fee / 10_000)} 亿元，数额过大", "很可能以元为单位填写", $"表头单位是万元；若为 {FormWords.Number(fee)} 元，应填 {FormWords.Number(fee / 10_000)}");
        }

        if (report.Cells.All(cell => cell.Value == 0))
        {
            yield return new ClerkFinding(ClerkWeight.Hint, "plausible.all_zero", "全部表格", null, "所有表格的数都是 0", null, "确实没有发生的不必改；否则请检查是否忘记填数");
        }
    }

    // Bureaus of a city with districts now and then report the city's own rules; that is a doubt too.
    private static bool MayMakeRegulations(ReportIdentity identity)
    {
        if (identity.AgencyKind is "people_government" or "government_office")
            return identity.DivisionCode?.EndsWith("00", StringComparison.Ordinal) ?? identity.Agency?.Contains('县', StringComparison.Ordinal) != true;
        // A ministry stands in no division.
        return identity.DivisionCode is null && identity.Agency?.IndexOfAny(['省', '市', '县', '区', '镇', '乡', '州', '旗']) is null or -1;
    }
}
