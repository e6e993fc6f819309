using EtlWarehouse.Parsing.Documents.Html;

namespace EtlWarehouse.Benchmarks.Markup;

/// <summary>A case of html5lib's tree construction tests: a page, and the tree that the standard gives for it.</summary>
/// <param name="Expected">Of the body.</param>
internal sealed record TreeCase(string Place, string Page, PageTree Expected)
{
    /// <summary>The cases of a checkout that are whole pages without running scripts and hold a table.</summary>
    public static IEnumerable<TreeCase> WithTables(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*.dat", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var number = 0;
            foreach (var sections in Cases(File.ReadAllText(file)))
            {
                number++;
                if (sections.ContainsKey("document-fragment") || sections.ContainsKey("script-on") || !sections.TryGetValue("document", out var expected)
                    || !expected.Contains("<table>", StringComparison.Ordinal))
                    continue;
                yield return new TreeCase($"{Path.GetFileName(file)} case {number}", sections["data"], Tree(expected));
            }
        }
    }

    private static IEnumerable<Dictionary<string, string>> Cases(string file)
    {
        foreach (var text in ("\n" + file).Split("\n#data\n").Skip(1))
        {
            var sections = new Dictionary<string, string>();
            var (name, lines) = ("data", new List<string>());
            foreach (var line in text.Split('\n'))
            {
                if (line is "#errors" or "#new-errors" or "#document-fragment" or "#document" or "#script-on" or "#script-off")
                {
                    sections[name] = string.Join('\n', lines);
                    (name, lines) = (line[1..], []);
                }
                else
                {
                    lines.Add(line);
                }
            }

            sections[name] = string.Join('\n', lines);
            yield return sections;
        }
    }

    private static PageTree Tree(string expected)
    {
        var tree = new PageTree();
        var open = new Stack<(int Depth, int Node)>();
        var body = int.MaxValue;
        // A text may go over several lines.
        foreach (var line in expected.TrimEnd('\n').Split("\n| ").Select((line, at) => at == 0 ? line[2..] : line))
        {
            var node = line.TrimStart(' ');
            var depth = line.Length - node.Length;
            while (open.Count > 0 && depth <= open.Peek().Depth)
                tree.Close(open.Pop().Node);
            if (depth <= body && node != "<body>")
                body = int.MaxValue;
            if (node == "<body>" && depth == 2)
                body = depth;
            else if (depth <= body)
                continue;
            else if (node.StartsWith('"'))
                tree.Add(node.AsMemory()[1..^1]);
            else if (node.StartsWith('<') && node[1] != '!')
                open.Push((depth, tree.Open(tree.Name(node.AsSpan()[(Math.Max(0, node.LastIndexOf(' ')) + 1)..^1]))));
        }

        while (open.Count > 0)
            tree.Close(open.Pop().Node);
        return tree;
    }
}
