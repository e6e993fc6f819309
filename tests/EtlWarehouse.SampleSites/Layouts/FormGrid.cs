using EtlWarehouse.SampleSites.Figures;

namespace EtlWarehouse.SampleSites.Layouts;

public enum SlotKind
{
    Header,
    Label,
    Value,
}

/// <summary>One cell of an official table with its spans.</summary>
public sealed record Slot(string Text, SlotKind Kind, int Columns = 1, int Rows = 1);

/// <summary>The official tables of form 2021 as rows of cells, before any markup.</summary>
public sealed class FormGrid(SampleReport report)
{
    private static readonly string[] Ends = ["upheld", "corrected", "other", "pending", "total"];

    /// <summary>Section 二 as blocks of caption, header and rows; a page prints them in one table or in four.</summary>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<Slot>>> Disclosure()
    {
        var blocks = new List<IReadOnlyList<IReadOnlyList<Slot>>>();
        foreach (var table in report.Form.Tables.Where(table => table.Section == "disclosure"))
        {
            var rows = new List<IReadOnlyList<Slot>>
            {
                new[] { new Slot(table.Captions[0], SlotKind.Header, 4) },
                Wide(new Slot("信息内容", SlotKind.Header), table.Columns.Select(column => new Slot(column.Labels[0], SlotKind.Header))),
            };
            rows.AddRange(table.Rows.Select(row => Wide(
                new Slot(row.Labels[0], SlotKind.Label),
                table.Columns.Select(column => Value($"{row.Code}/{column.Code}")))));
            blocks.Add(rows);
        }

        return blocks;
    }

    public IReadOnlyList<IReadOnlyList<Slot>> Requests()
    {
        var table = report.Form.Tables.Single(candidate => candidate.Code == "s3.requests");
        var rows = new List<IReadOnlyList<Slot>>
        {
            new[] { new Slot(table.Captions[0], SlotKind.Header, 3, 3), new Slot("申请人情况", SlotKind.Header, 7) },
            new[]
            {
                new Slot("自然人", SlotKind.Header, 1, 2),
                new Slot("法人或其他组织", SlotKind.Header, 5),
                new Slot("总计", SlotKind.Header, 1, 2),
            },
            table.Columns.Skip(1).SkipLast(1).Select(column => new Slot(column.Labels[0], SlotKind.Header)).ToList(),
        };
        var open = new HashSet<string>();
        foreach (var row in table.Rows)
        {
            var slots = new List<Slot>();
            foreach (var group in row.Groups.Where(open.Add))
            {
                var members = table.Rows.Count(other => other.Groups.Contains(group));
                slots.Add(new Slot(table.Groups.Single(candidate => candidate.Code == group).Labels[0], SlotKind.Label, 1, members));
            }

            slots.Add(new Slot(row.Labels[0], SlotKind.Label, 3 - row.Groups.Count));
            slots.AddRange(table.Columns.Select(column => Value($"{row.Code}/{column.Code}")));
            rows.Add(slots);
        }

        return rows;
    }

    public IReadOnlyList<IReadOnlyList<Slot>> Remedies()
    {
        var table = report.Form.Tables.Single(candidate => candidate.Code == "s4.remedies");
        Slot Ending(string code, int rows) => new(table.Columns.Single(column => column.Code == code).Labels[0], SlotKind.Header, 1, rows);
        return
        [
            [new Slot("行政复议", SlotKind.Header, 5), new Slot("行政诉讼", SlotKind.Header, 10)],
            [
                .. Ends.Select(code => Ending(code, 2)),
                new Slot("未经复议直接起诉", SlotKind.Header, 5),
                new Slot("复议后起诉", SlotKind.Header, 5),
            ],
            [.. Ends.Concat(Ends).Select(code => Ending(code, 1))],
            [.. table.Rows.SelectMany(row => Ends.Select(code => Value($"{row.Code}/{code}")))],
        ];
    }

    /// <summary>A row of four slots; a single value spans the three value columns, as the official form prints it.</summary>
    private static List<Slot> Wide(Slot label, IEnumerable<Slot> values)
    {
        var slots = values.ToList();
        return slots.Count == 1 ? [label, slots[0] with { Columns = 3 }] : [label, .. slots];
    }

    private Slot Value(string code) => new(report.Cells[code].Printed, SlotKind.Value);
}
