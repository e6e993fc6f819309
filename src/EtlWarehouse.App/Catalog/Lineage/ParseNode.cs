using System.Text;

namespace EtlWarehouse.App.Catalog.Lineage;

/// <summary>
/// One node of the tree in which PostgreSQL keeps a view's query (<c>pg_rewrite.ev_action</c>): <c>{NAME :field value ...}</c>,
/// a list <c>(...)</c>, or a word.
/// </summary>
/// <remarks>The format is written by PostgreSQL's <c>src/backend/nodes/outfuncs.c</c>. Only names of fields are relied on, not their order.</remarks>
internal sealed class ParseNode
{
    private static readonly ParseNode Nothing = new(string.Empty, new Dictionary<string, ParseNode>(), []);

    private readonly Dictionary<string, ParseNode> fields;

    private ParseNode(string name, Dictionary<string, ParseNode> fields, IReadOnlyList<ParseNode> items)
    {
        Name = name;
        this.fields = fields;
        Items = items;
    }

    /// <summary>The node's kind such as <c>QUERY</c>, or the word itself; empty of a list and of what is null.</summary>
    public string Name { get; }

    /// <summary>The parts of a list.</summary>
    public IReadOnlyList<ParseNode> Items { get; }

    public IEnumerable<ParseNode> Children => fields.Values.Concat(Items);

    public bool IsNothing => Name.Length == 0 && Items.Count == 0;

    /// <summary>A field's value; where the node has no such field, nothing.</summary>
    public ParseNode this[string field] => fields.GetValueOrDefault(field, Nothing);

    public int Number(string field) => int.TryParse(this[field].Name, out var number) ? number : 0;

    public static ParseNode Read(string text)
    {
        var at = 0;
        return new Reader(text).Read(ref at);
    }

    private sealed class Reader(string text)
    {
        public ParseNode Read(ref int at)
        {
            SkipBlanks(ref at);
            return text[at] switch
            {
                '{' => ReadFields(ref at),
                '(' => ReadList(ref at),
                _ => ReadWord(ref at),
            };
        }

        private ParseNode ReadFields(ref int at)
        {
            at++;
            var name = Word(ref at);
            var fields = new Dictionary<string, ParseNode>(StringComparer.Ordinal);
            while (!Closes(ref at, '}'))
            {
                var field = Word(ref at)[1..];
                fields[field] = Read(ref at);
                // A constant's bytes follow its length, each a word of its own.
                while (!Ends(ref at))
                    Read(ref at);
            }
            return new ParseNode(name, fields, []);
        }

        private ParseNode ReadList(ref int at)
        {
            at++;
            var items = new List<ParseNode>();
            while (!Closes(ref at, ')'))
                items.Add(Read(ref at));
            return new ParseNode(string.Empty, [], items);
        }

        private ParseNode ReadWord(ref int at) => Word(ref at) is var word && word == "<>" ? Nothing : new ParseNode(word, [], []);

        private bool Ends(ref int at)
        {
            SkipBlanks(ref at);
            return text[at] is ':' or '}';
        }

        private bool Closes(ref int at, char bracket)
        {
            SkipBlanks(ref at);
            if (text[at] != bracket)
                return false;
            at++;
            return true;
        }

        private void SkipBlanks(ref int at)
        {
            while (char.IsWhiteSpace(text[at]))
                at++;
        }

        /// <summary>Up to a blank or bracket; a backslash takes the next character as it is, and names stand in quotes within lists.</summary>
        private string Word(ref int at)
        {
            SkipBlanks(ref at);
            var word = new StringBuilder();
            var isQuoted = text[at] == '"';
            if (isQuoted)
                at++;
            while (isQuoted ? text[at] != '"' : !char.IsWhiteSpace(text[at]) && text[at] is not ('(' or ')' or '{' or '}'))
            {
                if (text[at] == '\\')
                    at++;
                word.Append(text[at++]);
            }
            if (isQuoted)
                at++;
            return word.ToString();
        }
    }
}
