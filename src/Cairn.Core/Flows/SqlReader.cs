using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>
/// Reads a <c>sql:</c> head: which of the flow's tables the text mentions, whether its parameters are known, whether its order is defined. The
/// statement itself is the workbench's to judge.
/// </summary>
internal static class SqlReader
{
    // Of one statement; finding the place of each takes time.
    private const int MostUnknown = 20;

    public static SqlHead Read(string step, ScalarSetting text, string dialect, FlowScope scope)
    {
        IReadOnlyList<SqlWord> words = SqlWords.Of(text.Text);
        var tables = new Dictionary<string, NameAt>();
        foreach (SqlWord word in words.Where(w => w.Kind is SqlWordKind.Name or SqlWordKind.QuotedName && !w.AfterDot))
        {
            // A step cannot read itself: its own name is an alias or a WITH table here.
            if (scope.Tables.Mentioned(word.Text) is string table && table != step)
            {
                tables.TryAdd(table, new NameAt(table, text.Within(word.Offset, word.Length)));
            }
        }

        foreach (SqlWord word in words.Where(w => w.Kind == SqlWordKind.Parameter && scope.Parameters.All(p => p.Name != w.Text)).DistinctBy(w => w.Text).Take(MostUnknown))
        {
            scope.Problems.Add(ParameterFill.UnknownParameter(word.Text, text.Within(word.Offset, word.Length), [.. scope.Parameters.Select(p => p.Name)]));
        }

        if (!IsOrdered(words))
        {
            scope.Problems.Add(new Problem("flow/unordered-sql", ProblemKind.Finding, $"the order of `{Shortened.Of(step)}` is not defined: its SQL gives no `_row` and has no ORDER BY at its end", text.Within(0, text.Text.Length),
                "select `_row` of the table whose order is to be kept, or end with ORDER BY"));
        }

        return new SqlHead(text.Text, dialect, [.. tables.Values], text.Place);
    }

    // An ORDER BY inside parentheses orders a part, not the whole.
    private static bool IsOrdered(IReadOnlyList<SqlWord> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (Is(words[i], "_row") || (i + 1 < words.Count && words[i].Depth == 0 && Is(words[i], "order") && Is(words[i + 1], "by")))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(SqlWord word, string name) => word.Kind is SqlWordKind.Name or SqlWordKind.QuotedName && word.Text.Equals(name, StringComparison.OrdinalIgnoreCase);
}
