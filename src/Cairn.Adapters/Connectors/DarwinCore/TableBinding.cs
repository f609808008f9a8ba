using Cairn.Core;
using Cairn.Core.Flows;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>Binds tables to what an archive needs of them: a file, an id column, a term for every column. All problems are told at once.</summary>
internal static class TableBinding
{
    /// <param name="terms">Full names of columns, by column name, as the flow gives them.</param>
    public static List<WrittenTable> Bind(IReadOnlyList<TableWish> wishes, IReadOnlyDictionary<string, ITableRows> tables, IReadOnlyDictionary<string, (string Term, Place Place)> terms)
    {
        var problems = new List<Problem>();
        var bound = new List<WrittenTable>();
        var files = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "meta.xml", "eml.xml" };
        foreach (TableWish wish in wishes)
        {
            ITableRows rows = tables[wish.Table.Name];
            string rowType = wish.RowTypeOf(rows);
            int? id = IdColumn(wish, rows, rowType, wishes.Count > 1, problems);
            var uris = new List<string?>();
            for (int i = 0; i < rows.Columns.Count; i++)
            {
                uris.Add(TermOf(rows.Columns[i], i == id, terms, wish, problems));
            }

            foreach (IGrouping<string?, string> twice in uris.Select((uri, i) => (uri, rows.Columns[i].Name)).Where(p => p.uri is not null).GroupBy(p => p.uri, p => p.Name).Where(g => g.Count() > 1))
            {
                problems.Add(new Problem("darwin-core/term-twice", ProblemKind.Refused, $"{wish.Table.Name}: the columns {string.Join(" and ", twice)} would have one term, {twice.Key}; nothing was written", wish.Table.Place,
                    $"drop one of them, or give it another term under terms: {{ {twice.Last()}: ... }}"));
            }

            bound.Add(new WrittenTable(wish.Table.Name, wish.Role, rowType, FileName(rowType, files), rows, id, uris));
        }

        foreach (string column in terms.Keys.Where(name => !bound.Any(t => t.Rows.Columns.Any(c => c.Name == name))))
        {
            problems.Add(new Problem("darwin-core/no-such-column", ProblemKind.Usage, $"terms names the column {column}, which none of the tables has", terms[column].Place, "correct its name, or remove it")
            {
                Hint = DidYouMean.Of(column, bound.SelectMany(t => t.Rows.Columns.Select(c => c.Name))) is { } near ? $"did you mean `{near}`?" : null,
            });
        }

        return problems.Count == 0 ? bound : throw new ProblemException(problems);
    }

    private static int? IdColumn(TableWish wish, ITableRows rows, string rowType, bool needed, List<Problem> problems)
    {
        // Without a word on it: the column read from an archive's id, else the one that identifies rows of this class.
        string[] usual = wish.Role == ArchiveTableRole.Extension ? ["coreid", "id"] : ["id", char.ToLowerInvariant(Vocabulary.ShortName(rowType)[0]) + Vocabulary.ShortName(rowType)[1..] + "ID"];
        int at = -1;
        foreach (string name in wish.Id is null ? usual : [wish.Id])
        {
            at = at >= 0 ? at : rows.Columns.ToList().FindIndex(c => c.Name == name);
        }

        if (at >= 0)
        {
            return at;
        }

        if (wish.Id is not null || needed)
        {
            string what = wish.Id is null ? $"{wish.Table.Name} has no column {string.Join(" or ", usual)}" : $"{wish.Table.Name} has no column {wish.Id}";
            problems.Add(new Problem("darwin-core/no-id-column", ProblemKind.Refused, $"{what} to tie {(wish.Role == ArchiveTableRole.Core ? "extensions to its rows" : "its rows to the core's")}; nothing was written",
                wish.IdPlace ?? wish.Table.Place, "name the column: id: NAME")
            {
                Hint = wish.Id is not null && DidYouMean.Of(wish.Id, rows.Columns.Select(c => c.Name)) is { } near ? $"did you mean `{near}`?" : null,
            });
        }

        return null;
    }

    private static string? TermOf(TableColumn column, bool isId, IReadOnlyDictionary<string, (string Term, Place Place)> terms, TableWish wish, List<Problem> problems)
    {
        if (terms.TryGetValue(column.Name, out (string Term, Place Place) given))
        {
            string? full = Vocabulary.Term(given.Term);
            if (full is null)
            {
                problems.Add(Unknown(given.Term, $"the term `{given.Term}`, given to {column.Name},", given.Place, $"terms: {{ {column.Name}: http://... }}"));
            }

            return full;
        }

        string? term = column.Term is { Length: > 0 } own ? Vocabulary.Term(own) ?? own : isId && column.Name is "id" or "coreid" ? null : Vocabulary.Term(column.Name);
        if (term is null && !isId)
        {
            problems.Add(Unknown(column.Name, $"the column {column.Name} of {wish.Table.Name}", wish.Table.Place, $"give it a term, terms: {{ {column.Name}: http://... }}, or drop it from the table"));
        }

        return term;
    }

    private static Problem Unknown(string name, string what, Place place, string help) =>
        new("darwin-core/unknown-term", ProblemKind.Refused, $"{what} is no term of the vocabularies that Cairn knows; nothing was written", place, help)
        {
            Hint = DidYouMean.Of(name, Vocabulary.TermNames) is { } near ? $"did you mean `{near}`?" : null,
        };

    private static string FileName(string rowType, HashSet<string> taken)
    {
        string stem = string.Concat(Vocabulary.ShortName(rowType).ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        string name = $"{stem}.txt";
        for (int n = 2; !taken.Add(name); n++)
        {
            name = $"{stem}_{n}.txt";
        }

        return name;
    }
}
