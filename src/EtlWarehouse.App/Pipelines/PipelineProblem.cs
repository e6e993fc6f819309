namespace EtlWarehouse.App.Pipelines;

/// <summary>What a key of a pipeline must say and how to mend it, for people who read Chinese or English.</summary>
/// <param name="English">Behind the word "expected", e.g. <c>six digits</c>.</param>
/// <param name="Chinese">Behind the word 应为, e.g. 六位数字.</param>
/// <param name="RemedyEnglish">What to write instead.</param>
/// <param name="RemedyChinese">The same in Chinese.</param>
internal sealed record Wanted(string English, string Chinese, string RemedyEnglish, string RemedyChinese);

/// <summary>One place where a pipeline's file says something else than expected.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Key">The key it is about; null where it is about none.</param>
/// <param name="Found">As written, in quotes, or what stands in its place.</param>
/// <param name="Meant">A known word that is nearly the one found; null where there is none.</param>
internal sealed record PipelineProblem(string File, int Line, string? Key, Wanted Wanted, string Found, string? Meant = null)
{
    /// <summary>File, line, expected, found; one line.</summary>
    public string English =>
        $"{File} line {Line}: expected {(Key is null ? "" : $"{Key}: ")}{Wanted.English}, found{(Found.StartsWith(':') ? "" : " ")}{Found}{(Meant is null ? "" : $"; did you mean {Meant}?")}";

    /// <summary>The same in Chinese, without the file.</summary>
    public string Chinese =>
        $"第 {Line} 行：{(Key is null ? "" : $"{Key} ")}应为{Wanted.Chinese}，实为{(Found.StartsWith(':') ? "" : " ")}{InChinese(Found)}{(Meant is null ? "" : $"；是否应为 {Meant}？")}";

    private static string InChinese(string found) => found switch
    {
        "nothing" or "none" => "空缺",
        "a list" => "列表",
        "a mapping" => "键值映射",
        _ => found,
    };
}
