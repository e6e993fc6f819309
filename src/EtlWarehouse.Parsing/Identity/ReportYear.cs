namespace EtlWarehouse.Parsing.Identity;

/// <summary>The year on which a report is.</summary>
/// <param name="Year">The one to read it under; null where nothing names one.</param>
/// <param name="IsContested">Whether others name another year at least as often.</param>
internal sealed record ReportYear(int? Year, bool IsContested)
{
    /// <summary>
    /// Title, list and statistics period name years; a date of publication speaks for the year before it, and against its own and later ones.
    /// The year with the most voices is taken. A title is never overruled: where another year has as many voices a person has to look.
    /// </summary>
    public static ReportYear Of(IReadOnlyList<Statement> said)
    {
        int? Named(string code) => said.FirstOrDefault(statement => statement.Code == code)?.Year;
        var named = new[] { Named("title"), Named("list.title"), Named("period") }.OfType<int>().ToList();
        if (named.Count == 0)
            return new ReportYear(null, false);

        var dates = said.Select(statement => statement.Date?.Year).OfType<int>().Distinct().ToList();
        int Voices(int year) => named.Count(other => other == year) + (dates.Contains(year + 1) ? 1 : 0) - (dates.Exists(date => date <= year) ? 1 : 0);
        var year = Named("title") ?? Named("period") ?? named[0];
        return new ReportYear(year, Voices(year) < 1 || named.Exists(other => other != year && Voices(other) >= Voices(year)));
    }
}
