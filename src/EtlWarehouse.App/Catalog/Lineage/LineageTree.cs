using System.Globalization;
using System.Text;

namespace EtlWarehouse.App.Catalog.Lineage;

/// <summary>Prints the lineage of a column as a tree, down to what comes from outside of the database.</summary>
internal sealed class LineageTree(LineageGraph graph)
{
    private readonly StringBuilder text = new();
    private readonly HashSet<NamedColumn> printed = [];
    private readonly HashSet<string> tables = [];

    /// <summary>The column's tree, and behind it each table that was met with what writes it.</summary>
    public static string Print(LineageGraph graph, IEnumerable<NamedColumn> columns)
    {
        var tree = new LineageTree(graph);
        foreach (var column in columns)
            tree.Add(column, string.Empty, string.Empty);
        tree.AddTables();
        return tree.text.ToString();
    }

    private void Add(NamedColumn column, string lead, string indent)
    {
        var sources = graph.SourcesOf(column);
        var isNew = printed.Add(column);
        var note = sources.Count == 0 && graph.IsView(column.Relation) ? "  常量 · constant"
            : !isNew && sources.Count > 0 ? "  见上 · see above"
            : string.Empty;
        text.Append(lead).Append(column.Column == NamedColumn.Rows ? $"{column.Relation}（行 · rows）" : column.ToString()).Append(note).Append('\n');
        if (!graph.IsView(column.Relation))
            tables.Add(column.Relation);
        if (!isNew)
            return;

        for (var place = 0; place < sources.Count; place++)
        {
            var isLast = place == sources.Count - 1;
            Add(sources[place], indent + (isLast ? "└─ " : "├─ "), indent + (isLast ? "   " : "│  "));
        }
    }

    private void AddTables()
    {
        var waiting = new Queue<string>(tables.Order(StringComparer.Ordinal));
        var seen = new HashSet<string>(waiting);
        text.Append("\n各表来源 · what writes the tables\n");
        while (waiting.TryDequeue(out var table))
        {
            var sources = graph.WrittenFrom(table);
            var compared = graph.CheckedAgainst(table);
            text.Append(CultureInfo.InvariantCulture, $"{table} <- {(sources.Count > 0 ? string.Join(", ", sources) : Outside(table))}");
            text.Append(compared.Count > 0 ? $"；核对 · checked against {string.Join(", ", compared)}\n" : "\n");
            foreach (var source in sources.Where(source => !graph.IsView(source) && seen.Add(source)).Order(StringComparer.Ordinal))
                waiting.Enqueue(source);
        }
    }

    private static string Outside(string table) => table.Split('.')[0] switch
    {
        "stg" => "归档文件，由识读程序读出 · archived documents, as they were read",
        "ops" => "采集与转换过程 · crawling, and the transform under way",
        _ => "pipelines/ 中的登记与报告格式 · registers and forms in pipelines/",
    };
}
