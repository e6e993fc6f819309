using EtlWarehouse.SampleSites.Figures;

namespace EtlWarehouse.SampleSites.Layouts;

/// <summary>A heading and the paragraphs under it.</summary>
public sealed record ProseSection(string Heading, IReadOnlyList<string> Paragraphs);

/// <summary>The prose of one report; its numbers are those of the cells.</summary>
public sealed class ReportProse
{
    private readonly SampleReport _report;
    private readonly SeededRandom _random;
    private readonly string _self;

    public ReportProse(SampleReport report)
    {
        _report = report;
        _random = SeededRandom.For($"{report.Agency.Name} {report.Year} prose");
        _self = report.Agency.Self is "县" or "区" or "市" ? $"全{report.Agency.Self}" : report.Agency.Self;
    }

    public string Opening => _random.Pick(ProsePhrases.Openings)
        .Replace("{name}", _report.Agency.Name, StringComparison.Ordinal)
        .Replace("{year}", $"{_report.Year}", StringComparison.Ordinal);

    /// <summary>The five subjects of section 一.</summary>
    public IReadOnlyList<ProseSection> Overview()
    {
        var topics = ProsePhrases.Topics[_report.Agency.Kind];
        return
        [
            new("（一）主动公开", [Fill(_random.Pick(ProsePhrases.Disclosure).Replace("{topic}", _random.Pick(topics), StringComparison.Ordinal))]),
            new("（二）依申请公开", [Requests()]),
            new("（三）政府信息管理", [Fill(_random.Pick(ProsePhrases.Records))]),
            new("（四）政府信息公开平台建设", [Fill(_random.Pick(ProsePhrases.Platforms))]),
            new("（五）监督保障", [Fill(_random.Pick(ProsePhrases.Oversight))]),
        ];
    }

    public IReadOnlyList<string> Problems()
    {
        var first = _random.Below(ProsePhrases.Problems.Count);
        var second = (first + 1 + _random.Below(ProsePhrases.Problems.Count - 1)) % ProsePhrases.Problems.Count;
        return
        [
            Fill($"{_report.Year}年，{{self}}政府信息公开工作取得一定成效，但仍有不足：一是{ProsePhrases.Problems[first].Found}；二是{ProsePhrases.Problems[second].Found}。"),
            Fill($"下一步，一是{ProsePhrases.Problems[first].Remedy}；二是{ProsePhrases.Problems[second].Remedy}。"),
        ];
    }

    public IReadOnlyList<string> OtherMatters() => [Fill(_random.Pick(ProsePhrases.OtherMatters))];

    private string Requests()
    {
        var received = _report.Sum("requests.new/total");
        var review = _report.Sum("review/total");
        var litigation = _report.Sum("litigation.direct/total", "litigation.after_review/total");
        var carried = _report.Sum("requests.carried_over/total");
        var sentence = Fill(_random.Pick(ProsePhrases.Requests)).Replace("{n}", $"{received}", StringComparison.Ordinal);
        if (carried > 0)
            sentence += $"另有上一年度结转{carried}件，均已按程序办理。";
        return sentence + $"因政府信息公开工作引起的行政复议{review}件、行政诉讼{litigation}件。";
    }

    private string Fill(string phrase) => phrase
        .Replace("{self}", _self, StringComparison.Ordinal)
        .Replace("{year}", $"{_report.Year}", StringComparison.Ordinal)
        .Replace("{many}", $"{_random.Between(380, 4200)}", StringComparison.Ordinal)
        .Replace("{some}", $"{_random.Between(6, 48)}", StringComparison.Ordinal)
        .Replace("{few}", $"{_random.Between(2, 6)}", StringComparison.Ordinal);
}
