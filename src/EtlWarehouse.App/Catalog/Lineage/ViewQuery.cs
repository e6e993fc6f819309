using System.Globalization;

namespace EtlWarehouse.App.Catalog.Lineage;

/// <summary>A column of a table or view by PostgreSQL's numbers; column 0 stands for the presence of its rows, as <c>count(*)</c> asks for it.</summary>
internal readonly record struct ColumnAddress(uint Relation, int Column);

/// <summary>
/// A view's query as PostgreSQL understood it. Tells of which columns each of its columns is computed: those its expression names, through
/// subqueries, common table expressions, joins and unions, with the conditions of a <c>case</c> and what a window is ordered by, but
/// without what only selects rows (joins, <c>where</c>).
/// </summary>
/// <remarks>What a function of ours reads by itself is not seen; functions that views use read nothing but their arguments.</remarks>
internal sealed class ViewQuery
{
    // Numbers of RTEKind (parsenodes.h); since PostgreSQL 18 what a query groups by stands in a range of its own.
    private const int Relation = 0;
    private const int Subquery = 1;
    private const int Join = 2;
    private const int Function = 3;
    private const int Values = 5;
    private const int CommonTable = 6;

    private readonly ParseNode query;
    private readonly ViewQuery? outer;

    private ViewQuery(ParseNode query, ViewQuery? outer)
    {
        this.query = query;
        this.outer = outer;
    }

    /// <param name="action"><c>pg_rewrite.ev_action</c> of the view's rule: a list of one query.</param>
    public static ViewQuery Read(string action) => new(ParseNode.Read(action).Items[0], null);

    /// <summary>The columns that a column of the view is computed of; none for a constant.</summary>
    /// <param name="column">From 1.</param>
    public IReadOnlySet<ColumnAddress> SourcesOf(int column)
    {
        var walk = new Walk();
        AddColumn(column, walk);
        return walk.Sources;
    }

    private void AddColumn(int column, Walk walk)
    {
        // A recursive query names itself.
        if (!walk.Visited.Add((query, column)))
            return;

        if (!query["setOperations"].IsNothing)
        {
            foreach (var branch in Branches(query["setOperations"]))
                Below(Range(branch)["subquery"]).AddColumn(column, walk);
        }
        else if (column == 0)
        {
            foreach (var range in Ranges(query["jointree"]["fromlist"]).Select(Range).Where(each => each.Number("rtekind") is Relation or Subquery or CommonTable))
                AddRange(range, 0, walk);
        }
        else
        {
            Add(query["targetList"].Items.Single(each => each.Number("resno") == column), walk);
        }
    }

    private void Add(ParseNode node, Walk walk)
    {
        switch (node.Name)
        {
            case "VAR":
                var home = Up(node.Number("varlevelsup"));
                home.AddRange(home.Range(node.Number("varno")), node.Number("varattno"), walk);
                return;
            case "QUERY":
                var inner = Below(node);
                foreach (var part in new[] { "targetList", "jointree", "havingQual" })
                    inner.Add(node[part], walk);
                if (!node["setOperations"].IsNothing)
                    inner.AddColumn(1, walk);
                return;
            case "AGGREF" when node["args"].IsNothing:
                AddColumn(0, walk);
                break;
            case "WINDOWFUNC":
                AddWindow(node, walk);
                break;
        }
        foreach (var child in node.Children)
            Add(child, walk);
    }

    private void AddRange(ParseNode range, int column, Walk walk)
    {
        switch (range.Number("rtekind"))
        {
            case Relation:
                walk.Sources.Add(new ColumnAddress(uint.Parse(range["relid"].Name, CultureInfo.InvariantCulture), column));
                break;
            case Subquery:
                Below(range["subquery"]).AddColumn(column, walk);
                break;
            case Join:
                Add(range["joinaliasvars"].Items[column - 1], walk);
                break;
            case Function:
                Add(range["functions"], walk);
                break;
            case Values:
                foreach (var row in range["values_lists"].Items)
                    Add(row.Items[column - 1], walk);
                break;
            case CommonTable:
                var home = Up(range.Number("ctelevelsup"));
                var table = home.query["cteList"].Items.Single(each => each["ctename"].Name == range["ctename"].Name);
                home.Below(table["ctequery"]).AddColumn(column, walk);
                break;
            default:
                Add(range["groupexprs"], walk);
                break;
        }
    }

    /// <summary>A window's value depends on what it is cut and ordered by, without arguments on the presence of rows too.</summary>
    private void AddWindow(ParseNode function, Walk walk)
    {
        if (function["args"].IsNothing)
            AddColumn(0, walk);
        var window = query["windowClause"].Items.Single(each => each.Number("winref") == function.Number("winref"));
        foreach (var clause in window["partitionClause"].Items.Concat(window["orderClause"].Items))
        {
            var target = query["targetList"].Items.First(each => each.Number("ressortgroupref") == clause.Number("tleSortGroupRef"));
            if (walk.Windows.Add((query, target)))
                Add(target, walk);
        }
    }

    /// <summary>The ranges that a union is made of.</summary>
    private static IEnumerable<int> Branches(ParseNode operation) =>
        operation.Name == "RANGETBLREF" ? [operation.Number("rtindex")] : Branches(operation["larg"]).Concat(Branches(operation["rarg"]));

    /// <summary>The ranges that a <c>from</c> names, those within joins too.</summary>
    private static IEnumerable<int> Ranges(ParseNode from) => from.Name switch
    {
        "RANGETBLREF" => [from.Number("rtindex")],
        "JOINEXPR" => Ranges(from["larg"]).Concat(Ranges(from["rarg"])),
        _ => from.Items.SelectMany(Ranges),
    };

    private ParseNode Range(int number) => query["rtable"].Items[number - 1];

    private ViewQuery Below(ParseNode inner) => new(inner, this);

    private ViewQuery Up(int levels) => levels == 0 ? this : outer!.Up(levels - 1);

    private sealed class Walk
    {
        public HashSet<ColumnAddress> Sources { get; } = [];

        public HashSet<(ParseNode Query, int Column)> Visited { get; } = [];

        public HashSet<(ParseNode Query, ParseNode Target)> Windows { get; } = [];
    }
}
