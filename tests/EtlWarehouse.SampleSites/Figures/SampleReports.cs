using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.SampleSites.Figures;

/// <summary>All reports of the sample, with the few that are peculiar.</summary>
public static class SampleReports
{
    /// <summary>The reports of one agency in order of publication; a corrected one follows the one it corrects.</summary>
    public static IEnumerable<SampleReport> Of(SampleAgency agency, FormDefinition form)
    {
        foreach (var (year, figures) in FigureLedger.Simulate(agency))
        {
            var cells = form.Cells.ToDictionary(cell => cell.Code, cell => SampleCell.Of(figures[cell.Code]));
            var report = new SampleReport(agency, year, Published(agency, year), SampleVariant.Plain, form, cells);
            switch (agency.Name, year)
            {
                case ("青禾县司法局", 2023):
                    yield return report with { Cells = BeforeCorrection(cells) };
                    yield return report with { Variant = SampleVariant.Corrected, Published = new DateOnly(2024, 3, 5) };
                    break;
                case ("云溪县教育局", 2022):
                    cells["requests.result.granted/total"] = SampleCell.Of(figures["requests.result.granted/total"] + 2);
                    yield return report with { Variant = SampleVariant.BrokenSum };
                    break;
                case ("石桥区教育局", 2023):
                    yield return report with { Variant = SampleVariant.Blanks, Cells = WithBlanks(cells, form) };
                    break;
                default:
                    yield return report;
                    break;
            }
        }
    }

    /// <summary>Departments publish in January, governments in March; one bureau was late once.</summary>
    private static DateOnly Published(SampleAgency agency, int year)
    {
        var random = SeededRandom.For($"{agency.Name} {year} published");
        if (agency.Name == "石桥区市场监督管理局" && year == 2022)
            return new DateOnly(2023, 2, 17);
        return agency.Kind == "people_government"
            ? new DateOnly(year + 1, 3, random.Between(8, 29))
            : new DateOnly(year + 1, 1, random.Between(9, 30));
    }

    /// <summary>Three granted requests were first counted under 其他; both versions add up.</summary>
    private static Dictionary<string, SampleCell> BeforeCorrection(Dictionary<string, SampleCell> cells)
    {
        var before = new Dictionary<string, SampleCell>(cells);
        foreach (var column in new[] { "natural_person", "total" })
        {
            before[$"requests.result.granted/{column}"] = SampleCell.Of(cells[$"requests.result.granted/{column}"].Value!.Value - 3);
            before[$"requests.result.other.other/{column}"] = SampleCell.Of(cells[$"requests.result.other.other/{column}"].Value!.Value + 3);
        }

        return before;
    }

    /// <summary>Zeros of organizations are left empty, zeros of natural persons are a dash, 行政强制 is a slash.</summary>
    private static Dictionary<string, SampleCell> WithBlanks(Dictionary<string, SampleCell> cells, FormDefinition form)
    {
        var printed = new Dictionary<string, SampleCell>(cells);
        foreach (var cell in form.Cells.Where(cell => cell.Section == "requests" && cell.Column != "total" && cells[cell.Code].Value == 0))
            printed[cell.Code] = cell.Column == "natural_person" ? SampleCell.Dash("—") : SampleCell.Blank;
        printed["disclosure.coercion/decisions"] = SampleCell.Dash("/");
        printed["disclosure.regulations/issued"] = SampleCell.Blank;
        return printed;
    }
}
