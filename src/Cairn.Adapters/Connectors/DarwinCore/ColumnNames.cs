using Cairn.Core;
using Cairn.Core.Tables;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>How columns are named.</summary>
internal enum NameStyle
{
    /// <summary>By the last part of the term; with a prefix where two terms share it.</summary>
    Short,

    /// <summary>With a prefix, wherever the namespace has a usual one.</summary>
    Prefixed,

    /// <summary>By the whole term.</summary>
    Full,
}

/// <summary>
/// Makes a table's columns of its fields: in the order of the file, constants last. The id column is one of them even where no term is mapped to it.
/// </summary>
internal static class ColumnNames
{
    public static IReadOnlyList<SourceColumn> Of(ArchiveTable table, NameStyle style, string file, List<Problem> findings)
    {
        List<Named> all = [.. table.Fields.Select((f, order) => new Named(f, Name(f, style), order))];
        if (table.IdIndex is { } id && !table.Fields.Any(f => f.Index == id))
        {
            string name = table.Role == ArchiveTableRole.Core ? "id" : "coreid";
            all.Add(new Named(new ArchiveField(id, table.IdTerm ?? ""), name, -1));
        }

        List<Named> ordered = [.. all.OrderBy(n => n.Field.Index ?? int.MaxValue).ThenBy(n => n.Order)];
        Prefix(ordered, file, findings);
        Number(ordered, file, findings);
        return [.. ordered.Select(n => new SourceColumn(n.Name, n.Field.Index, n.Field.Default, n.Field.Term.Length > 0 ? n.Field.Term : null, n.Field.DelimitedBy, n.Field.Vocabulary))];
    }

    private static string Name(ArchiveField field, NameStyle style)
    {
        if (field.Name is not null)
        {
            return field.Name;
        }

        string name = Vocabulary.ShortName(field.Term);
        return style == NameStyle.Full ? field.Term
            : style == NameStyle.Prefixed && Vocabulary.Prefix(field.Term) is { } prefix ? $"{prefix}:{name}" : name;
    }

    // Different terms of one short name are told apart by their prefixes, as far as these differ.
    private static void Prefix(List<Named> columns, string file, List<Problem> findings)
    {
        foreach (List<Named> group in Groups(columns))
        {
            List<Named> terms = [.. group.Where(n => n.Field.Term.Length > 0 && n.Order >= 0)];
            bool differ = terms.DistinctBy(n => n.Field.Term, StringComparer.OrdinalIgnoreCase).Count() > 1;
            if (!differ)
            {
                continue;
            }

            string shared = group[0].Name;
            foreach (Named column in terms.Where(n => Vocabulary.Prefix(n.Field.Term) is not null))
            {
                column.Name = $"{Vocabulary.Prefix(column.Field.Term)}:{Vocabulary.ShortName(column.Field.Term)}";
            }

            findings.Add(Finding($"{file}: {terms.Count} terms are called {shared}; their columns are named {string.Join(" and ", group.Select(n => n.Name).Distinct())}", file));
        }
    }

    // What still has one name (a term mapped twice, namespaces without a prefix) is numbered. Upper and lower case are the same in SQL.
    private static void Number(List<Named> columns, string file, List<Problem> findings)
    {
        var taken = new HashSet<string>(columns.Select(n => n.Name), StringComparer.OrdinalIgnoreCase);
        foreach (List<Named> group in Groups(columns))
        {
            foreach ((Named column, int i) in group.Select((n, i) => (n, i)).Skip(1))
            {
                string old = column.Name;
                int number = i + 1;
                while (!taken.Add($"{old}_{number}"))
                {
                    number++;
                }

                column.Name = $"{old}_{number}";
                string what = column.Field.Term.Length > 0 && group[0].Field.Term.Equals(column.Field.Term, StringComparison.OrdinalIgnoreCase) ? $"{old} is mapped more than once" : $"more than one column is called {old}";
                findings.Add(Finding($"{file}: {what}; {(column.Field.Index is { } index ? $"column {index}" : "the constant")} is named {column.Name}", file));
            }
        }
    }

    private static List<List<Named>> Groups(List<Named> columns) =>
        [.. columns.GroupBy(n => n.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.ToList())];

    private static Problem Finding(string message, string file) => new("darwin-core/two-columns-one-name", ProblemKind.Finding, message, new FilePlace(file));

    /// <param name="Order">Its place in the descriptor; -1 for the id column.</param>
    private sealed class Named(ArchiveField mapped, string name, int order)
    {
        public ArchiveField Field => mapped;
        public string Name { get; set; } = name;
        public int Order => order;
    }
}
