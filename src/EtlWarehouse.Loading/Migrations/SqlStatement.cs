namespace EtlWarehouse.Loading.Migrations;

/// <summary>One statement of a longer SQL text, without the comments before it and the semicolon after it.</summary>
/// <param name="Text">The statement.</param>
/// <param name="Offset">Where it begins in the whole text, in characters from 0.</param>
public sealed record SqlStatement(string Text, int Offset)
{
    /// <summary>
    /// Cuts at semicolons outside of quotes, dollar quotes, comments and parentheses.
    /// Function bodies in <c>begin atomic</c> form are not known; write them in dollar quotes.
    /// </summary>
    public static IReadOnlyList<SqlStatement> Split(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var statements = new List<SqlStatement>();
        var begin = -1;
        var depth = 0;
        var at = 0;
        while (at < sql.Length)
        {
            var end = TokenEnd(sql, at, out var isBlank);
            if (sql[at] == ';' && depth == 0)
                Close(at);
            else if (begin < 0 && !isBlank)
                begin = at;

            depth += sql[at] switch { '(' => 1, ')' when depth > 0 => -1, _ => 0 };
            at = end;
        }
        Close(sql.Length);
        return statements;

        void Close(int end)
        {
            if (begin >= 0)
                statements.Add(new SqlStatement(sql[begin..end].TrimEnd(), begin));
            begin = -1;
            depth = 0;
        }
    }

    /// <summary>The line and column, both from 1, of a character of a text.</summary>
    public static (int Line, int Column) PlaceOf(string sql, int offset)
    {
        var before = sql.AsSpan(0, Math.Clamp(offset, 0, sql.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    /// <summary>The end of what begins at a character: a quoted text, a comment, a word, or the character itself.</summary>
    private static int TokenEnd(string sql, int at, out bool isBlank)
    {
        var rest = sql.AsSpan(at);
        isBlank = char.IsWhiteSpace(rest[0]);
        if (rest.StartsWith("--"))
        {
            isBlank = true;
            return After(sql, at, "\n");
        }
        if (rest.StartsWith("/*"))
        {
            isBlank = true;
            return CommentEnd(sql, at);
        }
        if (rest[0] == '\'')
            return QuoteEnd(sql, at, escape: at > 0 && sql[at - 1] is 'e' or 'E' && (at == 1 || !IsWord(sql[at - 2])));
        if (rest[0] == '"')
            return After(sql, at + 1, "\"");
        if (rest[0] == '$' && DollarTag(rest) is { Length: > 0 } tag)
            return After(sql, at + tag.Length, tag);
        if (!IsWord(rest[0]))
            return at + 1;

        // A dollar inside a word is part of it. E'...' stays two tokens: the quote looks back.
        var end = at + 1;
        while (end < sql.Length && (IsWord(sql[end]) || sql[end] == '$'))
            end++;
        return end;
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character == '_';

    private static int After(string sql, int from, string mark)
    {
        var found = sql.IndexOf(mark, Math.Min(from, sql.Length), StringComparison.Ordinal);
        return found < 0 ? sql.Length : found + mark.Length;
    }

    private static string DollarTag(ReadOnlySpan<char> rest)
    {
        var end = 1;
        while (end < rest.Length && IsWord(rest[end]))
            end++;
        return end < rest.Length && rest[end] == '$' && !char.IsDigit(rest[1]) ? rest[..(end + 1)].ToString() : string.Empty;
    }

    /// <summary>A doubled quote closes and opens again, which comes to the same.</summary>
    private static int QuoteEnd(string sql, int at, bool escape)
    {
        for (var end = at + 1; end < sql.Length; end++)
        {
            if (escape && sql[end] == '\\')
                end++;
            else if (sql[end] == '\'')
                return end + 1;
        }
        return sql.Length;
    }

    private static int CommentEnd(string sql, int at)
    {
        var depth = 0;
        for (var end = at; end + 1 < sql.Length; end++)
        {
            var step = (sql[end], sql[end + 1]) switch { ('/', '*') => 1, ('*', '/') => -1, _ => 0 };
            if (step == 0)
                continue;

            depth += step;
            end++;
            if (depth == 0)
                return end + 1;
        }
        return sql.Length;
    }
}
