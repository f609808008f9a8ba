namespace Cairn.Core.Flows;

internal enum SqlWordKind
{
    Name,
    QuotedName,
    Parameter,
}

/// <summary>A word of an SQL text: a name or keyword, a name in double quotes, or a parameter.</summary>
/// <param name="Text">Without quotes or <c>$</c>.</param>
/// <param name="Offset">Where it begins, with its quote or <c>$</c>.</param>
/// <param name="Depth">How many parentheses are open before it.</param>
/// <param name="AfterDot">It follows a dot, so that it is a column rather than a table.</param>
internal sealed record SqlWord(SqlWordKind Kind, string Text, int Offset, int Length, int Depth, bool AfterDot);

/// <summary>
/// Takes the words out of an SQL text, leaving out strings ('...', E'...', $$...$$) and comments (-- and /* */, which nest). Text that is not
/// SQL gives some words or none; nothing is refused here.
/// </summary>
internal static class SqlWords
{
    public static IReadOnlyList<SqlWord> Of(string sql)
    {
        var words = new List<SqlWord>();
        int depth = 0;
        bool dot = false;
        for (int i = 0; i < sql.Length;)
        {
            int start = i;
            char c = sql[i];
            char next = i + 1 < sql.Length ? sql[i + 1] : '\0';
            if (c == '\'')
            {
                bool escapes = i > 0 && sql[i - 1] is 'e' or 'E' && (i < 2 || !IsWordPart(sql[i - 2]));
                i = EndOfQuoted(sql, i, '\'', escapes);
            }
            else if (c == '"')
            {
                i = EndOfQuoted(sql, i, '"', false);
                words.Add(new SqlWord(SqlWordKind.QuotedName, Unquoted(sql, start, i), start, i - start, depth, dot));
            }
            else if (c == '-' && next == '-')
            {
                i = sql.IndexOf('\n', i) is int end and >= 0 ? end : sql.Length;
            }
            else if (c == '/' && next == '*')
            {
                i = EndOfComment(sql, i);
            }
            else if (c == '$' && EndOfDollarString(sql, i) is int end and > 0)
            {
                i = end;
            }
            else if (c == '$' && IsWordPart(next))
            {
                i = EndOfWord(sql, i + 1);
                words.Add(new SqlWord(SqlWordKind.Parameter, sql[(start + 1)..i], start, i - start, depth, false));
            }
            else if (IsWordPart(c))
            {
                i = EndOfWord(sql, i);
                if (!char.IsAsciiDigit(c))
                {
                    words.Add(new SqlWord(SqlWordKind.Name, sql[start..i], start, i - start, depth, dot));
                }
            }
            else
            {
                depth = c == '(' ? depth + 1 : c == ')' ? Math.Max(0, depth - 1) : depth;
                i++;
            }

            dot = c == '.' || (dot && char.IsWhiteSpace(c));
        }

        return words;
    }

    private static int EndOfQuoted(string sql, int at, char quote, bool escapes)
    {
        for (int i = at + 1; i < sql.Length; i++)
        {
            if (escapes && sql[i] == '\\')
            {
                i++;
            }
            else if (sql[i] == quote)
            {
                // A doubled quote stands for itself.
                if (i + 1 >= sql.Length || sql[i + 1] != quote)
                {
                    return i + 1;
                }

                i++;
            }
        }

        return sql.Length;
    }

    private static int EndOfComment(string sql, int at)
    {
        int open = 1;
        for (int i = at + 2; i + 1 < sql.Length; i++)
        {
            if (sql[i] == '/' && sql[i + 1] == '*')
            {
                open++;
                i++;
            }
            else if (sql[i] == '*' && sql[i + 1] == '/')
            {
                i++;
                if (--open == 0)
                {
                    return i + 1;
                }
            }
        }

        return sql.Length;
    }

    // $$ ... $$ or $tag$ ... $tag$; 0 when it is not one.
    private static int EndOfDollarString(string sql, int at)
    {
        int end = EndOfWord(sql, at + 1);
        if (end >= sql.Length || sql[end] != '$')
        {
            return 0;
        }

        string tag = sql[at..(end + 1)];
        int close = sql.IndexOf(tag, end + 1, StringComparison.Ordinal);
        return close < 0 ? sql.Length : close + tag.Length;
    }

    private static int EndOfWord(string sql, int at)
    {
        while (at < sql.Length && IsWordPart(sql[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static string Unquoted(string sql, int start, int end)
    {
        int close = end - 1 > start && sql[end - 1] == '"' ? end - 1 : end;
        return sql[(start + 1)..close].Replace("\"\"", "\"", StringComparison.Ordinal);
    }
}
