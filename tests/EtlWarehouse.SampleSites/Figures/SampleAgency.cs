namespace EtlWarehouse.SampleSites.Figures;

/// <summary>An invented agency and the size of what it does in a year.</summary>
/// <param name="Name">As printed in its titles, e.g. <c>青禾县司法局</c>.</param>
/// <param name="Self">What its prose calls itself, e.g. <c>县司法局</c>.</param>
/// <param name="Folder">Its name in addresses, e.g. <c>sfj</c>.</param>
/// <param name="Requests">New requests in 2021; later years grow or shrink from there.</param>
/// <param name="Documents">行政规范性文件 in force at the end of 2020.</param>
/// <param name="Regulations">规章 in force at the end of 2020; only governments of cities and above have any.</param>
/// <param name="FeesWan">行政事业性收费 of a year, in 万元.</param>
public sealed record SampleAgency(
    string Name,
    string Self,
    string Folder,
    string Kind,
    string DivisionCode,
    int Requests,
    int Documents,
    int Regulations,
    int Licenses,
    int Penalties,
    int Coercions,
    int FeesWan);

/// <summary>The invented agencies: a city and three of its counties, four agencies each.</summary>
public static class SampleAgencies
{
    public const int FirstYear = 2021;
    public const int LastYear = 2024;

    public static IReadOnlyList<SampleAgency> Qinghe { get; } = Four("青禾县", "县", "990121", 260, 1);

    public static IReadOnlyList<SampleAgency> Yunxi { get; } = Four("云溪县", "县", "990122", 540, 2);

    public static IReadOnlyList<SampleAgency> Shiqiao { get; } = Four("石桥区", "区", "990102", 1350, 4);

    public static IReadOnlyList<SampleAgency> Shili { get; } = Four("示例市", "市", "990100", 2900, 9);

    public static IEnumerable<SampleAgency> All => [.. Qinghe, .. Yunxi, .. Shiqiao, .. Shili];

    private static SampleAgency[] Four(string place, string level, string code, int requests, int scale) =>
    [
        new($"{place}人民政府", level, "zf", "people_government", code,
            requests, 18 + (scale * 9), level == "市" ? 14 : 0, 9200 * scale, 2600 * scale, 140 * scale, 3100 * scale),
        new($"{place}司法局", $"{level}司法局", "sfj", "justice", code,
            14 + (requests / 20), 2 + scale, 0, 36 * scale, 1 + scale, 0, 0),
        new($"{place}教育局", $"{level}教育局", "jyj", "education", code,
            18 + (requests / 14), 5 + scale, 0, 24 * scale, 3 + scale, 0, 410 * scale),
        new($"{place}市场监督管理局", $"{level}市场监管局", "scjgj", "market_regulation", code,
            30 + (requests / 9), 4 + scale, 0, 2450 * scale, 310 * scale, 26 * scale, 58 * scale),
    ];
}
