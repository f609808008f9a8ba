using Cairn.Core.Flows;

namespace Cairn.Adapters.DuckDb.Workbench;

/// <summary>The first row of each set of equal rows.</summary>
internal sealed class DistinctRun(StepRun run, DistinctHead distinct)
{
    public HeadResult Run()
    {
        WorkTable table = run.Table(distinct.Table);
        string source = Sql.Name(table.Name);
        IReadOnlyList<string> by = [.. distinct.By?.Select(c => c.Name) ?? table.Columns.Select(c => c.Name)];
        string kept = Sql.Name(run.Step.Name + ".kept");
        Keep(kept, source, by);
        long rows = run.Count($"SELECT count(*) FROM {source}");
        long gone = run.Count($"SELECT coalesce(sum(n - 1), 0)::BIGINT FROM {kept}");
        run.Execute($"CREATE TABLE {Sql.Name(run.HeadName)} AS SELECT t.* FROM {source} AS t JOIN {kept} AS k ON t.{Sql.Row} = k.first");
        if (gone > 0)
        {
            run.Found(DuplicateColumns.Finding(run, table, kept, rows, gone));
        }

        run.Execute($"DROP TABLE {kept}");

        return new HeadResult(table with { Name = run.HeadName }, [new Movement(table.Name, rows)]) { Gone = [new Movement(Reasons.Duplicate, gone)] };
    }

    /// <summary>
    /// The first row of each group, and how many rows it has. The engine holds whole keys while it groups and spills them only in part, so a large table is
    /// taken in shares by the hash of its keys: equal rows are in the same share.
    /// </summary>
    private void Keep(string kept, string source, IReadOnlyList<string> by)
    {
        string lengths = string.Join(" + ", by.Select(c => $"coalesce(strlen(CAST({Sql.Name(c)} AS VARCHAR)), 0) + 16"));
        long bytes = run.Count($"SELECT coalesce(sum({lengths}), 0)::BIGINT FROM {source}");
        long shares = (bytes * 4 / run.Bench.MemoryBytes) + 1;
        string groups = $"SELECT min({Sql.Row}) AS first, count(*) AS n FROM {source}";
        string keys = Sql.Names(by);
        if (shares == 1)
        {
            run.Execute($"CREATE TABLE {kept} AS {groups} GROUP BY {keys}");
            return;
        }

        run.Execute($"CREATE TABLE {kept} (first BIGINT, n BIGINT)");
        for (long share = 0; share < shares; share++)
        {
            run.Execute($"INSERT INTO {kept} {groups} WHERE hash({keys}) % {shares} = {share} GROUP BY {keys}");
        }
    }
}

/// <summary>The rows whose key comes once.</summary>
internal sealed class OnlyOnceRun(StepRun run, OnlyOnceHead once)
{
    public HeadResult Run()
    {
        WorkTable table = run.Table(once.Table);
        string source = Sql.Name(table.Name);
        IReadOnlyList<string> by = [.. once.By.Select(c => c.Name)];
        string repeated = Sql.Name(run.Step.Name + ".repeated");
        run.Execute($"CREATE TABLE {repeated} AS SELECT {Sql.Names(by)}, count(*) AS n FROM {source} GROUP BY {Sql.Names(by)} HAVING count(*) > 1");
        long rows = run.Count($"SELECT count(*) FROM {source}");
        long gone = run.Count($"SELECT coalesce(sum(n), 0)::BIGINT FROM {repeated}");
        string same = Sql.And(by.Select(k => $"{Sql.Name("t", k)} IS NOT DISTINCT FROM {Sql.Name("k", k)}"));
        run.Execute($"CREATE TABLE {Sql.Name(run.HeadName)} AS SELECT t.* FROM {source} AS t WHERE NOT EXISTS (SELECT 1 FROM {repeated} AS k WHERE {same})");
        run.Execute($"DROP TABLE {repeated}");
        RepeatedKeys.Find(run, table, by, onlyKeysOf: null);
        return new HeadResult(table with { Name = run.HeadName }, [new Movement(table.Name, rows)]) { Gone = [new Movement(Reasons.RepeatedKey, gone)] };
    }
}

/// <summary>The rows whose key is not in the other table.</summary>
internal sealed class AntiJoinRun(StepRun run, AntiJoinHead anti)
{
    public HeadResult Run()
    {
        WorkTable table = run.Table(anti.Table);
        string source = Sql.Name(table.Name);
        string match = $"SELECT 1 FROM {Sql.Name(anti.Against.Name)} AS r WHERE {Sql.And(anti.By.Select(k => $"{Sql.Name("l", k.Left.Name)} = {Sql.Name("r", k.Right.Name)}"))}";
        long rows = run.Count($"SELECT count(*) FROM {source}");
        long gone = run.Count($"SELECT count(*) FROM {source} AS l WHERE EXISTS ({match})");
        run.Execute($"CREATE TABLE {Sql.Name(run.HeadName)} AS SELECT l.* FROM {source} AS l WHERE NOT EXISTS ({match})");
        return new HeadResult(table with { Name = run.HeadName }, [new Movement(table.Name, rows)]) { Gone = [new Movement(Reasons.Matched, gone)] };
    }
}

/// <summary>Tables one after the other.</summary>
internal sealed class UnionRun(StepRun run, UnionHead union)
{
    public HeadResult Run()
    {
        IReadOnlyList<WorkTable> tables = [.. union.Tables.Select(run.Table)];
        IReadOnlyList<TableColumn> columns = tables[0].Columns;
        IReadOnlyList<string> sources = [.. tables.SelectMany(t => t.Sources).Distinct()];
        IEnumerable<string> parts = tables.Select((t, i) => $"SELECT {i} AS part, {Sql.Row} AS was, {Sql.List(Cells(t, sources, columns))} FROM {Sql.Name(t.Name)}");
        string numbers = Sql.Names(sources.Select(Sql.From).Concat(columns.Select(c => c.Name)));
        run.Execute($"CREATE TABLE {Sql.Name(run.HeadName)} AS SELECT row_number() OVER (ORDER BY part, was) AS {Sql.Row}, {numbers} FROM ({string.Join(" UNION ALL ", parts)})");
        return new HeadResult(new WorkTable(run.HeadName, columns, sources), [.. tables.Select(t => new Movement(t.Name, run.Count($"SELECT count(*) FROM {Sql.Name(t.Name)}")))]);
    }

    private static IEnumerable<string> Cells(WorkTable table, IReadOnlyList<string> sources, IReadOnlyList<TableColumn> columns) =>
        sources.Select(s => (table.Sources.Contains(s) ? Sql.Name(Sql.From(s)) : "NULL::BIGINT") + " AS " + Sql.Name(Sql.From(s))).Concat(columns.Select(c => Sql.Name(c.Name)));
}

/// <summary>One row for each key. The rows of a group cannot all be followed back; the numbers are those of its first row.</summary>
internal sealed class GroupRun(StepRun run, GroupHead group)
{
    public HeadResult Run()
    {
        WorkTable table = run.Table(group.Table);
        string source = Sql.Name(table.Name);
        IReadOnlyList<string> by = [.. group.By.Select(c => c.Name)];
        IEnumerable<string> firsts = table.Sources.Select(s => $"arg_min({Sql.Name(Sql.From(s))}, {Sql.Row}) AS {Sql.Name(Sql.From(s))}");
        IEnumerable<string> values = group.Aggregates.Select(a => $"{Of(a)} AS {Sql.Name(a.Name)}");
        string groups = $"SELECT min({Sql.Row}) AS was, count(*) AS _n, {Sql.List(firsts.Concat(by.Select(Sql.Name)).Concat(values))} FROM {source}{(by.Count > 0 ? " GROUP BY " + Sql.Names(by) : "")}";
        string made = Sql.Name(run.Step.Name + ".groups");
        run.Execute($"CREATE TABLE {made} AS {groups}");
        long gone = run.Count($"SELECT coalesce(sum(_n - 1), 0)::BIGINT FROM {made} WHERE _n > 0");
        long none = run.Count($"SELECT count(*) FROM {made} WHERE _n = 0");
        run.Execute($"CREATE TABLE {Sql.Name(run.HeadName)} AS SELECT row_number() OVER (ORDER BY was) AS {Sql.Row}, * EXCLUDE (was, _n) FROM {made}");
        run.Execute($"DROP TABLE {made}");
        IReadOnlyList<TableColumn> columns = [.. by.Select(k => table.Columns.First(c => c.Name == k)), .. group.Aggregates.Select(a => new TableColumn(a.Name, TypeOf(a, table)))];
        return new HeadResult(new WorkTable(run.HeadName, columns, table.Sources), [new Movement(table.Name, run.Count($"SELECT count(*) FROM {source}"))])
        {
            Gone = [new Movement(Reasons.Grouped, gone)],
            Added = none > 0 ? [new Movement("the one group of no rows", none)] : [],
        };
    }

    private static string Of(Aggregate aggregate)
    {
        string column = aggregate.Column is null ? "*" : Sql.Name(aggregate.Column.Name);
        return aggregate.Kind switch
        {
            AggregateKind.Count => $"count({column})",
            AggregateKind.Distinct => $"count(DISTINCT {column})",
            AggregateKind.Min => $"min({column})",
            AggregateKind.Max => $"max({column})",
            AggregateKind.First => $"arg_min_null({column}, {Sql.Row})",
            AggregateKind.Last => $"arg_max_null({column}, {Sql.Row})",
            _ => $"sum({Sql.Convert($"CAST({column} AS VARCHAR)", ColumnType.Decimal)})",
        };
    }

    private static ColumnType TypeOf(Aggregate aggregate, WorkTable table) => aggregate.Kind switch
    {
        AggregateKind.Count or AggregateKind.Distinct => ColumnType.Integer,
        AggregateKind.Sum => ColumnType.Decimal,
        _ => table.Columns.First(c => c.Name == aggregate.Column!.Name).Type,
    };
}
