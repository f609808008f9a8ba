using Cairn.Core.Expressions;

namespace Cairn.Core.Flows;

/// <summary>The columns of a step's table, from those of its inputs.</summary>
public static class StepColumns
{
    /// <summary>
    /// Columns in order. Each thing that does not fit is a problem; what follows is then worked out as if it did, so that one mistake is reported
    /// once.
    /// </summary>
    /// <param name="inputs">The columns of each of the head's inputs, in their order.</param>
    /// <exception cref="ArgumentException">The step is SQL: its columns are known when it has run.</exception>
    public static IReadOnlyList<TableColumn> Of(Step step, IReadOnlyList<IReadOnlyList<TableColumn>> inputs, List<Problem> problems)
    {
        List<TableColumn> columns = [.. Head(step, inputs, problems)];
        foreach (ColumnChange change in step.Changes)
        {
            ColumnChanges.Apply(change, columns, step.Name, problems);
        }

        return columns;
    }

    private static IReadOnlyList<TableColumn> Head(Step step, IReadOnlyList<IReadOnlyList<TableColumn>> inputs, List<Problem> problems)
    {
        switch (step.Head)
        {
            case FromHead:
                return inputs[0];
            case DistinctHead distinct:
                Known(distinct.By ?? [], inputs[0], distinct.Table.Name, problems);
                return inputs[0];
            case OnlyOnceHead once:
                Known(once.By, inputs[0], once.Table.Name, problems);
                return inputs[0];
            case JoinHead join:
                return Join(step, join, inputs[0], inputs[1], problems);
            case AntiJoinHead anti:
                Keys(anti.By, anti.Table.Name, inputs[0], anti.Against.Name, inputs[1], problems);
                return inputs[0];
            case UnionHead union:
                return Union(step, union, inputs, problems);
            case GroupHead group:
                return Group(group, inputs[0], problems);
            default:
                throw new ArgumentException("the columns of this kind of step are not known before it has run", nameof(step));
        }
    }

    private static List<TableColumn> Join(Step step, JoinHead join, IReadOnlyList<TableColumn> left, IReadOnlyList<TableColumn> right, List<Problem> problems)
    {
        Keys(join.By, join.Left.Name, left, join.Right.Name, right, problems);
        HashSet<string> rightKeys = [.. join.By.Select(k => k.Right.Name)];
        List<TableColumn> added = [.. right.Where(c => !rightKeys.Contains(c.Name))];
        List<string> both = [.. added.Select(c => c.Name).Intersect(left.Select(c => c.Name))];
        if (both.Count > 0)
        {
            problems.Add(new Problem(
                "flow/column-clash",
                ProblemKind.Usage,
                $"`{join.Left.Name}` and `{join.Right.Name}` both have {(both.Count == 1 ? "a column" : "columns")} {Shown(both)}, and `{step.Name}` can have {(both.Count == 1 ? "it" : "each")} once",
                step.Place,
                $"before the join, select the columns of `{join.Right.Name}` that are needed, or rename: {{ {both[0]}: {join.Right.Name}_{both[0]} }}"));
        }

        return [.. left, .. added.Where(c => !both.Contains(c.Name))];
    }

    private static void Keys(
        IReadOnlyList<KeyPair> by, string leftTable, IReadOnlyList<TableColumn> left, string rightTable, IReadOnlyList<TableColumn> right, List<Problem> problems)
    {
        foreach (KeyPair key in by)
        {
            TableColumn? l = ColumnCheck.Find(key.Left, left, leftTable, problems);
            TableColumn? r = ColumnCheck.Find(key.Right, right, rightTable, problems);
            if (l is not null && r is not null && l.Type != r.Type)
            {
                problems.Add(new Problem(
                    "flow/key-types",
                    ProblemKind.Usage,
                    $"`{l.Name}` of `{leftTable}` is {Word(l.Type)} and `{r.Name}` of `{rightTable}` is {Word(r.Type)}, so that they cannot be compared",
                    key.Left.Place,
                    "declare the same type for both with `types:` in a step before, or for neither"));
            }
        }
    }

    private static IReadOnlyList<TableColumn> Union(Step step, UnionHead union, IReadOnlyList<IReadOnlyList<TableColumn>> inputs, List<Problem> problems)
    {
        IReadOnlyList<TableColumn> first = inputs[0];
        for (int i = 1; i < inputs.Count; i++)
        {
            List<string> missing = [.. first.Select(c => c.Name).Except(inputs[i].Select(c => c.Name))];
            List<string> more = [.. inputs[i].Select(c => c.Name).Except(first.Select(c => c.Name))];
            List<TableColumn> other = [.. inputs[i].Where(c => first.Any(f => f.Name == c.Name && f.Type != c.Type))];
            if (missing.Count + more.Count + other.Count == 0)
            {
                continue;
            }

            string from = union.Tables[0].Name, to = union.Tables[i].Name;
            problems.Add(new Problem("flow/union-columns", ProblemKind.Usage,
                $"`{from}` and `{to}` do not have the same columns, so that `{step.Name}` cannot hold the rows of both", union.Tables[i].Place, "select, rename, set or type columns in a step before, so that both have the same")
            {
                Details =
                [
                    .. missing.Count > 0 ? [$"only in {from}: {Shown(missing)}"] : Array.Empty<string>(),
                    .. more.Count > 0 ? [$"only in {to}: {Shown(more)}"] : Array.Empty<string>(),
                    .. other.Count > 0 ? [$"of another type in {to}: {Shown(other.Select(c => c.Name))}"] : Array.Empty<string>(),
                ],
            });
        }

        return first;
    }

    private static List<TableColumn> Group(GroupHead group, IReadOnlyList<TableColumn> input, List<Problem> problems)
    {
        var columns = new List<TableColumn>();
        foreach (NameAt key in group.By)
        {
            Add(ColumnCheck.Find(key, input, group.Table.Name, problems) ?? new TableColumn(key.Name, ColumnType.Text), key.Place, columns, problems);
        }

        foreach (Aggregate aggregate in group.Aggregates)
        {
            TableColumn? of = aggregate.Column is null ? null : ColumnCheck.Find(aggregate.Column, input, group.Table.Name, problems);
            TableColumn made = aggregate.Kind switch
            {
                AggregateKind.Count or AggregateKind.Distinct => new TableColumn(aggregate.Name, ColumnType.Integer),
                AggregateKind.Sum => new TableColumn(aggregate.Name, of?.Type == ColumnType.Integer ? ColumnType.Integer : ColumnType.Decimal),
                _ => (of ?? new TableColumn(aggregate.Name, ColumnType.Text)) with { Name = aggregate.Name },
            };
            Add(made, aggregate.Place, columns, problems);
        }

        return columns;
    }

    private static void Add(TableColumn column, FilePlace place, List<TableColumn> columns, List<Problem> problems)
    {
        if (columns.Any(c => c.Name == column.Name))
        {
            problems.Add(new Problem("flow/column-clash", ProblemKind.Usage, $"this group has two columns `{column.Name}`", place, "give one of them another name"));
        }
        else
        {
            columns.Add(column);
        }
    }

    internal static void Known(IReadOnlyList<NameAt> names, IReadOnlyList<TableColumn> columns, string table, List<Problem> problems)
    {
        foreach (NameAt name in names)
        {
            ColumnCheck.Find(name, columns, table, problems);
        }
    }

    internal static string Word(ColumnType type) => type.ToString().ToLowerInvariant();

    private static string Shown(IEnumerable<string> names)
    {
        List<string> all = [.. names];
        return string.Join(", ", all.Take(10).Select(n => $"`{n}`")) + (all.Count > 10 ? $" and {all.Count - 10} more" : "");
    }
}
