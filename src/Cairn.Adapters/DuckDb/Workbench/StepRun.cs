using Cairn.Core;
using Cairn.Core.Flows;

namespace Cairn.Adapters.DuckDb.Workbench;

/// <summary>One step on its way: the head makes rows, the changes shape them, and each counts for itself what came and went.</summary>
internal sealed class StepRun(DuckDbWorkbench bench, Step step, IReadOnlyList<Parameter> parameters, CancellationToken stop)
{
    private readonly List<Movement> _gone = [];
    private readonly List<Problem> _findings = [];
    private readonly List<MissedRows> _missed = [];
    private readonly List<string> _statements = [];

    public DuckDbWorkbench Bench => bench;
    public Step Step => step;
    public IReadOnlyList<Parameter> Parameters => parameters;

    public StepResult Run()
    {
        HeadResult head = Head();
        WorkTable table = Changed(head.Table);
        long rows = bench.Count($"SELECT count(*) FROM {Sql.Name(step.Name)}", stop);
        bench.Add(table with { Count = rows });
        var account = new Account(step.Name, head.In, head.Added, [.. head.Gone, .. _gone], rows) { Beside = head.Beside, Opaque = head.Opaque };
        return new StepResult(account, _findings) { Missed = _missed, Statements = _statements };
    }

    public WorkTable Table(NameAt name) => bench.Describe(name.Name);

    public long Count(string sql, params object?[] values) => bench.Count(sql, stop, values);

    public void Execute(string sql, params object?[] values)
    {
        _statements.Add(sql);
        bench.Connection.Execute(sql, stop, values);
    }

    public void Found(Problem problem) => _findings.Add(problem);

    /// <summary>Rows of a small query, each as text.</summary>
    public IReadOnlyList<string?[]> Read(string sql, params object?[] values)
    {
        using DuckDbResult result = bench.Connection.Query(sql, stop, values);
        var rows = new List<string?[]>();
        while (result.NextChunk())
        {
            for (int row = 0; row < result.RowCount; row++)
            {
                rows.Add([.. Enumerable.Range(0, result.Columns.Count).Select(c => result.Value(row, c)?.ToString())]);
            }
        }

        return rows;
    }

    /// <summary>The head's rows: a table under the head's own name, or one that is there already.</summary>
    private HeadResult Head() => step.Head switch
    {
        FromHead from => FromHeadRows(from),
        DistinctHead distinct => new DistinctRun(this, distinct).Run(),
        OnlyOnceHead once => new OnlyOnceRun(this, once).Run(),
        JoinHead join => new JoinRun(this, join).Run(),
        UnionHead union => new UnionRun(this, union).Run(),
        AntiJoinHead anti => new AntiJoinRun(this, anti).Run(),
        GroupHead group => new GroupRun(this, group).Run(),
        SqlHead sql => new SqlRun(this, sql).Run(),
        _ => throw new InvalidOperationException(step.Head.GetType().Name),
    };

    private HeadResult FromHeadRows(FromHead from)
    {
        WorkTable table = Table(from.Table);
        return new HeadResult(table, [new Movement(table.Name, Count($"SELECT count(*) FROM {Sql.Name(table.Name)}"))]);
    }

    /// <summary>The name under which a head's rows stand until the changes are done.</summary>
    public string HeadName => step.Name + ".head";

    /// <summary>Applies the changes one by one as nested queries and makes the step's table; removes the head's.</summary>
    private WorkTable Changed(WorkTable head)
    {
        WorkTable table = head with { Name = step.Name };
        string source = Sql.Name(head.Name);
        string numbers = Sql.Names(head.Sources.Select(Sql.From).Prepend(Sql.Row));
        foreach (ColumnChange change in step.Changes)
        {
            switch (change)
            {
                case WhereChange where:
                    string condition = Sql.Condition(where.Condition, table);
                    _gone.Add(new Movement(Reasons.Filtered, Count($"SELECT count(*) FROM {source} AS t WHERE ({condition}) IS NOT TRUE")));
                    source = $"(SELECT * FROM {source} AS t WHERE {condition})";
                    break;
                case DeriveChange derive:
                    (table, source) = With(table, source, derive.Column.Name, Sql.Cell(derive.Value, table));
                    break;
                case SetChange set:
                    (table, source) = With(table, source, set.Column.Name, $"nullif({Sql.Literal(set.Value)}, '')");
                    break;
                case RenameChange rename:
                    source = $"(SELECT * RENAME ({Sql.Name(rename.From.Name)} AS {Sql.Name(rename.To.Name)}) FROM {source} AS t)";
                    table = table with { Columns = [.. table.Columns.Select(c => c.Name == rename.From.Name ? c with { Name = rename.To.Name } : c)] };
                    break;
                case DropChange drop:
                    table = table with { Columns = [.. table.Columns.Where(c => drop.Columns.All(d => d.Name != c.Name))] };
                    break;
                case SelectChange select:
                    table = table with { Columns = [.. select.Columns.Select(s => table.Columns.First(c => c.Name == s.Name))] };
                    break;
                case TypesChange types:
                    (table, source) = Typed(table, source, types);
                    break;
            }
        }

        if (head.Name == HeadName && step.Changes.Count == 0)
        {
            Execute($"ALTER TABLE {Sql.Name(head.Name)} RENAME TO {Sql.Name(step.Name)}");
            return table;
        }

        Execute($"CREATE TABLE {Sql.Name(step.Name)} AS SELECT {numbers}, {Sql.Names(table.Columns.Select(c => c.Name))} FROM {source} AS t");
        if (head.Name == HeadName)
        {
            Execute($"DROP TABLE {Sql.Name(head.Name)}");
        }

        return table;
    }

    private static (WorkTable Table, string Source) With(WorkTable table, string source, string column, string value)
    {
        var added = new TableColumn(column, ColumnType.Text);
        if (table.Columns.Any(c => c.Name == column))
        {
            return (table with { Columns = [.. table.Columns.Select(c => c.Name == column ? added : c)] }, $"(SELECT * REPLACE ({value} AS {Sql.Name(column)}) FROM {source} AS t)");
        }

        return (table with { Columns = [.. table.Columns, added] }, $"(SELECT *, {value} AS {Sql.Name(column)} FROM {source} AS t)");
    }

    private (WorkTable Table, string Source) Typed(WorkTable table, string source, TypesChange types)
    {
        IReadOnlyList<(string Name, ColumnType Type)> typed = [.. types.Columns.Select(c => (c.Column.Name, c.Type))];
        string wrong = string.Join(" OR ", typed.Select(t => $"({Sql.Name(t.Name)} IS NOT NULL AND ({Sql.Convert($"CAST({Sql.Name(t.Name)} AS VARCHAR)", t.Type)}) IS NULL)"));
        long refused = Count($"SELECT count(*) FROM {source} AS t WHERE {wrong}");
        _gone.Add(new Movement(Reasons.NotConvertible, refused));
        if (refused > 0)
        {
            // A copy, since the listing is read after the step's own tables are gone.
            string copy = step.Name + ".not_of_type";
            Execute($"CREATE TABLE {Sql.Name(copy)} AS SELECT {Sql.Row}, {Sql.Names(table.Columns.Select(c => c.Name))} FROM {source} AS t WHERE {wrong} ORDER BY {Sql.Row} LIMIT 10000");
            IReadOnlyList<TableColumn> columns = [new TableColumn(Sql.Row, ColumnType.Integer), .. table.Columns];
            _missed.Add(new MissedRows(step.Name + "-types", bench.RowsOf(columns, $"SELECT {Sql.List(columns.Select(c => DuckDbWorkbench.AsText(c.Name)))} FROM {Sql.Name(copy)} ORDER BY {Sql.Row}", refused)));
            Found(new Problem("shape/not-of-its-type", ProblemKind.Finding, $"{step.Name}: {refused:N0} rows refused, a value is not of its column's type", step.Place)
            {
                Details = [.. typed.Select(t => $"{t.Name}: {t.Type.ToString().ToLowerInvariant()}")],
            });
        }

        string replace = Sql.List(typed.Select(t => $"{Sql.Convert($"CAST({Sql.Name(t.Name)} AS VARCHAR)", t.Type)} AS {Sql.Name(t.Name)}"));
        return (table with { Columns = [.. table.Columns.Select(c => typed.FirstOrDefault(t => t.Name == c.Name) is { Name: not null } t ? c with { Type = t.Type } : c)] },
            $"(SELECT * REPLACE ({replace}) FROM {source} AS t WHERE NOT ({wrong}))");
    }
}

/// <summary>What a head made: its table and what it counted.</summary>
internal sealed record HeadResult(WorkTable Table, IReadOnlyList<Movement> In)
{
    public IReadOnlyList<Movement> Added { get; init; } = [];
    public IReadOnlyList<Movement> Gone { get; init; } = [];
    public IReadOnlyList<Movement> Beside { get; init; } = [];
    public bool Opaque { get; init; }
}
