using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Parsing.Forms;

/// <summary>Reads one <c>form-*.yml</c> and multiplies its rows and columns out into cells and equations.</summary>
internal static class FormFile
{
    /// <exception cref="FormatException">The file does not describe a form; the message begins with the file.</exception>
    public static FormDefinition Load(string path, MeasureFile measures)
    {
        var yaml = ReferenceFiles.ReadYaml<FormYaml>(path);
        var tables = yaml.Tables.Select(table => Table(path, table)).ToList();
        var cells = Cells(tables);
        var optional = OptionalCells(tables, cells.Count);
        var all = cells.Concat(optional).ToList();
        var known = all.Select(cell => cell.Code).ToHashSet();
        var form = new FormDefinition(
            yaml.Form, yaml.Name, yaml.Years.From, yaml.Years.To,
            [.. yaml.Sections.Select(section => new FormSection(section.Code, section.Ordinal, section.Titles))],
            tables,
            cells,
            [.. yaml.Checks.SelectMany(check => Checks(path, check, tables))],
            measures.For(known))
        {
            OptionalCells = optional,
            OptionalChecks = [.. yaml.Checks.SelectMany(check => OptionalChecks(check, tables))],
        };

        if (known.Count != all.Count)
            throw new FormatException($"{path}: expected each cell code once, found {all.Count - known.Count} twice");
        foreach (var code in form.Checks.Concat(form.OptionalChecks).SelectMany(check => check.Left.Concat(check.Right))
            .Concat(optional.SelectMany(cell => cell.Replaces)))
        {
            if (!known.Contains(code))
                throw new FormatException($"{path}: expected a cell of the form, found '{code}'");
        }

        return form;
    }

    private static FormTable Table(string path, TableYaml yaml)
    {
        foreach (var labels in yaml.Rows.Select(row => row.Labels).Concat(yaml.Columns.Select(column => column.Labels)))
        {
            if (labels.Count == 0)
                throw new FormatException($"{path}: table {yaml.Code}: expected at least one label for each row and column");
        }

        return new FormTable(
            yaml.Code, yaml.Section, yaml.OneRow, yaml.Captions,
            [.. yaml.Columns.Select(column => new FormColumn(column.Code, column.Labels, column.Unit, column.Kind, column.NeedsPrintedUnit))],
            [.. yaml.Groups.Select(group => new FormGroup(group.Code, group.Labels))],
            [.. yaml.Rows.Where(row => row.Replaces.Count == 0).Select(Row)])
        {
            OptionalRows = [.. yaml.Rows
                .Select((row, index) => (Yaml: row, Place: index - yaml.Rows.Take(index).Count(before => before.Replaces.Count > 0)))
                .Where(row => row.Yaml.Replaces.Count > 0)
                .Select(row => new OptionalRow(Row(row.Yaml), row.Place, row.Yaml.Replaces))],
        };
    }

    private static FormRow Row(RowYaml row) => new(row.Code, row.Labels, row.Groups, row.Unit, row.Kind);

    private static List<FormCell> Cells(List<FormTable> tables)
    {
        var cells = new List<FormCell>();
        foreach (var (table, row, column) in tables.SelectMany(table => table.Rows.SelectMany(row => table.Columns.Select(column => (table, row, column)))))
            cells.Add(Cell(table, row, column, cells.Count + 1));
        return cells;
    }

    /// <summary>Numbered on behind the others, so that adding one moves no key.</summary>
    private static List<FormCell> OptionalCells(List<FormTable> tables, int count)
    {
        var cells = new List<FormCell>();
        foreach (var (table, row, column) in tables.SelectMany(table => table.OptionalRows.SelectMany(row => table.Columns.Select(column => (table, row, column)))))
        {
            cells.Add(Cell(table, row.Row, column, count + cells.Count + 1) with
            {
                Replaces = [.. row.Replaces.Select(replaced => $"{replaced}/{column.Code}")],
            });
        }

        return cells;
    }

    private static FormCell Cell(FormTable table, FormRow row, FormColumn column, int position)
    {
        var groups = row.Groups.Select(code => table.Groups.Single(group => group.Code == code).Labels[0]);
        return new FormCell(
            $"{row.Code}/{column.Code}", row.Code, column.Code, table.Code, table.Section,
            row.Labels[0], column.Labels[0], row.Unit ?? column.Unit, row.Kind ?? column.Kind, position)
        {
            Label = string.Join(" · ", groups.Append(row.Labels[0]).Append(column.Labels[0])),
            NeedsPrintedUnit = column.NeedsPrintedUnit,
        };
    }

    private static IEnumerable<FormCheck> Checks(string path, CheckYaml yaml, List<FormTable> tables)
    {
        if (yaml.Each.Length == 0)
            return [Check(yaml, [])];
        var table = tables.Find(candidate => candidate.Code == yaml.Table)
            ?? throw new FormatException($"{path}: check {yaml.Family}: expected a table of the form, found '{yaml.Table}'");
        return yaml.Each switch
        {
            "column" => table.Columns.Select(column => Check(yaml, [("{column}", column.Code)])),
            "row" => table.Rows.Select(row => Check(yaml, RowNames(yaml, row))),
            _ => throw new FormatException($"{path}: check {yaml.Family}: expected each: column or row, found '{yaml.Each}'"),
        };
    }

    private static IEnumerable<FormCheck> OptionalChecks(CheckYaml yaml, List<FormTable> tables) =>
        yaml.Each != "row"
            ? []
            : tables.Where(table => table.Code == yaml.Table).SelectMany(table => table.OptionalRows).Select(row => Check(yaml, RowNames(yaml, row.Row)));

    private static (string, string)[] RowNames(CheckYaml yaml, FormRow row) =>
    [
        ("{row_id}", row.Code.StartsWith(yaml.Strip, StringComparison.Ordinal) ? row.Code[yaml.Strip.Length..] : row.Code),
        ("{row}", row.Code),
    ];

    private static FormCheck Check(CheckYaml yaml, (string, string)[] names) => new(
        Fill(yaml.Id, names), yaml.Family, yaml.Status, yaml.Label,
        [.. yaml.Left.Select(code => Fill(code, names))],
        [.. yaml.Right.Select(code => Fill(code, names))]);

    private static string Fill(string pattern, (string Name, string Value)[] pairs) =>
        pairs.Aggregate(pattern, (text, pair) => text.Replace(pair.Name, pair.Value, StringComparison.Ordinal));

    private sealed class FormYaml
    {
        public string Form { get; set; } = "";

        public string Name { get; set; } = "";

        public YearsYaml Years { get; set; } = new();

        public List<SectionYaml> Sections { get; set; } = [];

        public List<TableYaml> Tables { get; set; } = [];

        public List<CheckYaml> Checks { get; set; } = [];
    }

    private sealed class YearsYaml
    {
        public int From { get; set; }

        public int? To { get; set; }
    }

    private sealed class SectionYaml
    {
        public string Code { get; set; } = "";

        public string Ordinal { get; set; } = "";

        public List<string> Titles { get; set; } = [];
    }

    private sealed class TableYaml
    {
        public string Code { get; set; } = "";

        public string Section { get; set; } = "";

        public bool OneRow { get; set; }

        public List<string> Captions { get; set; } = [];

        public List<ColumnYaml> Columns { get; set; } = [];

        public List<GroupYaml> Groups { get; set; } = [];

        public List<RowYaml> Rows { get; set; } = [];
    }

    private sealed class ColumnYaml
    {
        public string Code { get; set; } = "";

        public List<string> Labels { get; set; } = [];

        public string Unit { get; set; } = "";

        public CellKind Kind { get; set; }

        public bool NeedsPrintedUnit { get; set; }
    }

    private sealed class GroupYaml
    {
        public string Code { get; set; } = "";

        public List<string> Labels { get; set; } = [];
    }

    private sealed class RowYaml
    {
        public string Code { get; set; } = "";

        public List<string> Labels { get; set; } = [];

        public List<string> Groups { get; set; } = [];

        public string? Unit { get; set; }

        public CellKind? Kind { get; set; }

        public List<string> Replaces { get; set; } = [];
    }

    private sealed class CheckYaml
    {
        public string Family { get; set; } = "";

        public string Status { get; set; } = "";

        public string Label { get; set; } = "";

        public string Table { get; set; } = "";

        public string Each { get; set; } = "";

        public string Strip { get; set; } = "";

        public string Id { get; set; } = "";

        public List<string> Left { get; set; } = [];

        public List<string> Right { get; set; } = [];
    }
}
