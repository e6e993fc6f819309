namespace EtlWarehouse.SampleSites.Figures;

/// <summary>
/// Invents the figures of one agency year by year, so that every equation of the form holds, requests carried
/// forward are next year's carried over, and documents in force follow from those issued and repealed.
/// </summary>
public static class FigureLedger
{
    private static readonly string[] Applicants =
    [
        "natural_person", "business_enterprise", "research_institution",
        "public_interest_organization", "legal_service_organization", "other_organization",
    ];

    // Of 1,000 requests, how many come from whom.
    private static readonly int[] ApplicantShares = [720, 150, 22, 26, 56, 26];

    // Of 1,000 requests, how many end how.
    private static readonly (string Row, int Share)[] Results =
    [
        ("granted", 410), ("partly_granted", 92),
        ("denied.state_secret", 6), ("denied.forbidden_by_law", 8), ("denied.security_and_stability", 6),
        ("denied.third_party_rights", 24), ("denied.internal_affairs", 14), ("denied.process_information", 28),
        ("denied.enforcement_file", 22), ("denied.administrative_inquiry", 32),
        ("unavailable.not_held", 176), ("unavailable.needs_creation", 46), ("unavailable.still_unclear", 20),
        ("not_processed.petition_or_complaint", 38), ("not_processed.repeated", 22),
        ("not_processed.public_publication", 6), ("not_processed.excessive", 9), ("not_processed.confirm_or_reissue", 9),
        ("other.correction_overdue", 15), ("other.fee_overdue", 3), ("other.other", 26),
    ];

    // Of 100 cases, how many end how: upheld, corrected, other, still pending.
    private static readonly int[] RemedyShares = [52, 19, 17, 12];
    private static readonly string[] RemedyColumns = ["upheld", "corrected", "other", "pending"];

    /// <summary>The figures of <see cref="SampleAgencies.FirstYear"/> to <see cref="SampleAgencies.LastYear"/>, by cell code.</summary>
    public static IReadOnlyDictionary<int, Dictionary<string, decimal>> Simulate(SampleAgency agency)
    {
        var random = SeededRandom.For(agency.Name);
        // Every agency has habits of its own, which last over the years.
        var shares = Results.Select(result => 1 + (result.Share * random.Between(65, 145) / 100)).ToArray();
        var carried = Draw(random, agency.Requests * 4 / 100, ApplicantShares);
        var inForce = new Dictionary<string, int> { ["regulations"] = agency.Regulations, ["normative_documents"] = agency.Documents };

        var years = new Dictionary<int, Dictionary<string, decimal>>();
        for (var year = SampleAgencies.FirstYear; year <= SampleAgencies.LastYear; year++)
        {
            var cells = new Dictionary<string, decimal>();
            Disclose(cells, agency, inForce, random);
            carried = Answer(cells, agency, year, carried, shares, random);
            Appeal(cells, agency, random);
            years.Add(year, cells);
        }

        return years;
    }

    private static void Disclose(
        Dictionary<string, decimal> cells, SampleAgency agency, Dictionary<string, int> inForce, SeededRandom random)
    {
        foreach (var (kind, count) in inForce.ToList())
        {
            var issued = count == 0 ? 0 : random.Between(0, 1 + (count / 6));
            var repealed = count == 0 ? 0 : random.Between(0, count / 9);
            inForce[kind] = count + issued - repealed;
            cells[$"disclosure.{kind}/issued"] = issued;
            cells[$"disclosure.{kind}/repealed"] = repealed;
            cells[$"disclosure.{kind}/in_force"] = inForce[kind];
        }

        cells["disclosure.licenses/decisions"] = Around(agency.Licenses, random);
        cells["disclosure.penalties/decisions"] = Around(agency.Penalties, random);
        cells["disclosure.coercion/decisions"] = Around(agency.Coercions, random);
        cells["disclosure.fees/amount"] = Around(agency.FeesWan * 100, random) / 100m;
    }

    private static int[] Answer(
        Dictionary<string, decimal> cells, SampleAgency agency, int year, int[] carriedOver, int[] shares, SeededRandom random)
    {
        var growth = 100 + ((year - SampleAgencies.FirstYear) * 9);
        var received = Draw(random, Around(agency.Requests * growth / 100, random), ApplicantShares);
        var carriedForward = new int[Applicants.Length];
        for (var column = 0; column < Applicants.Length; column++)
        {
            var open = received[column] + carriedOver[column];
            carriedForward[column] = Enumerable.Range(0, open).Count(_ => random.Below(100) < 5);
            var answered = Draw(random, open - carriedForward[column], shares);
            Put("requests.new", column, received[column]);
            Put("requests.carried_over", column, carriedOver[column]);
            for (var row = 0; row < Results.Length; row++)
                Put($"requests.result.{Results[row].Row}", column, answered[row]);
            Put("requests.result.total", column, answered.Sum());
            Put("requests.carried_forward", column, carriedForward[column]);
        }

        return carriedForward;

        void Put(string row, int column, int value)
        {
            cells[$"{row}/{Applicants[column]}"] = value;
            cells[$"{row}/total"] = cells.GetValueOrDefault($"{row}/total") + value;
        }
    }

    private static void Appeal(Dictionary<string, decimal> cells, SampleAgency agency, SeededRandom random)
    {
        foreach (var (row, perThousand) in new[] { ("review", 52), ("litigation.direct", 30), ("litigation.after_review", 24) })
        {
            var cases = Draw(random, 1 + (Around(agency.Requests, random) * perThousand / 1000), RemedyShares);
            for (var column = 0; column < RemedyColumns.Length; column++)
                cells[$"{row}/{RemedyColumns[column]}"] = cases[column];
            cells[$"{row}/total"] = cases.Sum();
        }
    }

    private static int[] Draw(SeededRandom random, int count, int[] weights)
    {
        var hits = new int[weights.Length];
        for (var item = 0; item < count; item++)
            hits[random.Weighted(weights)]++;
        return hits;
    }

    private static int Around(int value, SeededRandom random) => value * random.Between(84, 119) / 100;
}
