using Cairn.Core.Expressions;
using Cairn.Core.Flows;
using Cairn.Core.Flows.Scanning;

namespace Cairn.Adapters.DuckDb.Workbench;

/// <summary>Checks and figures of one table that is on the workbench.</summary>
internal sealed class Examination(DuckDbWorkbench bench, WorkTable table, CancellationToken stop)
{
    private const int Listed = 10_000;
    private readonly string _source = Sql.Name(table.Name);
    private readonly List<MissedRows> _missed = [];

    public TableResult Of(IReadOnlyList<Expectation> checks, IReadOnlyList<Figure> figures)
    {
        CheckResult[] checkResults = [.. checks.Select(Check).OfType<CheckResult>()];
        FigureValue[] values = [.. figures.Select(f => new FigureValue(f.Name, table.Name, Value(f)))];
        return new TableResult(checkResults, values, _missed);
    }

    private CheckResult? Check(Expectation check)
    {
        long rows = Count($"SELECT count(*) FROM {_source}");
        switch (check)
        {
            case RowsExpectation count:
                return new CheckResult(table.Name, check.Text, check.Stops, count.Rows.Holds(rows), rows, rows, check.Place);
            case ConditionExpectation condition:
                string holds = Sql.Condition(condition.Condition, table);
                long met = Count($"SELECT count(*) FROM {_source} WHERE {holds}");
                bool enough = condition.Share.Holds(met, rows);
                return Result(check, enough, met, rows, $"({holds}) IS NOT TRUE");
            case UniqueExpectation unique:
                string by = Sql.Names(unique.Columns.Select(c => c.Name));
                long keys = Count($"SELECT count(*) FROM (SELECT 1 FROM {_source} GROUP BY {by})");
                return Result(check, keys == rows, keys, rows, $"{Sql.Row} NOT IN (SELECT min({Sql.Row}) FROM {_source} GROUP BY {by})");
            case ForeignKeyExpectation key:
                string column = Sql.Name("t", key.Column.Name);
                string there = $"({column} IS NULL OR EXISTS (SELECT 1 FROM {Sql.Name(key.Table.Name)} AS f WHERE {Sql.Name("f", key.TableColumn.Name)} = {column}))";
                long found = Count($"SELECT count(*) FROM {_source} AS t WHERE {there}");
                return Result(check, found == rows, found, rows, "NOT " + there);
            default:
                return null;
        }
    }

    private CheckResult Result(Expectation check, bool holds, long met, long rows, string missing)
    {
        if (met < rows)
        {
            IReadOnlyList<TableColumn> columns = [new TableColumn(Sql.Row, ColumnType.Integer), .. table.Columns];
            string cells = Sql.List(columns.Select(c => $"CAST({Sql.Name("t", c.Name)} AS VARCHAR)"));
            _missed.Add(new MissedRows(table.Name, bench.RowsOf(columns, $"SELECT {cells} FROM {_source} AS t WHERE {missing} ORDER BY {Sql.Row} LIMIT {Listed}", Math.Min(Listed, rows - met))));
        }

        return new CheckResult(table.Name, check.Text, check.Stops, holds, met, rows, check.Place);
    }

    private object? Value(Figure figure)
    {
        string where = figure.Where is null ? "" : $" WHERE {Sql.Condition(figure.Where, table)}";
        string rows = $"(SELECT * FROM {_source}{where})";
        switch (figure.Form)
        {
            case RowsFigure:
                return Count($"SELECT count(*) FROM {rows}");
            case ColumnsFigure:
                return (long)table.Columns.Count;
            case DistinctFigure distinct:
                return Count($"SELECT count(DISTINCT {Sql.Name(distinct.Column.Name)}) FROM {rows}");
            case RepeatedFigure repeated:
                string by = Sql.Names(repeated.By?.Select(c => c.Name) ?? table.Columns.Select(c => c.Name));
                return Count($"SELECT coalesce(sum(n - 1), 0)::BIGINT FROM (SELECT count(*) AS n FROM {rows} GROUP BY {by})");
            case ByFigure value:
                string text = Sql.Cell(value.Value, table);
                return Read($"SELECT coalesce({text}, 'null'), count(*) FROM {rows} GROUP BY 1 ORDER BY 2 DESC, 1", r => KeyValuePair.Create((string)r.Value(0)!, r.Int64(1))).ToDictionary();
            case FilledFigure filled:
                IReadOnlyList<string> columns = [.. filled.Columns?.Select(c => c.Name) ?? table.Columns.Select(c => c.Name)];
                return Filled(columns, rows);
            case FirstFigure first:
                return One(first.Value, rows, "");
            case LastFigure last:
                return One(last.Value, rows, " DESC");
            case ListFigure list:
                return List(list, rows);
            default:
                throw new InvalidOperationException(figure.Form.GetType().Name);
        }
    }

    private IReadOnlyDictionary<string, long> Filled(IReadOnlyList<string> columns, string rows)
    {
        using DuckDbResult result = bench.Connection.Query($"SELECT {Sql.List(columns.Select(c => $"count({Sql.Name(c)})"))} FROM {rows}", stop);
        result.NextChunk();
        return columns.Select((c, i) => KeyValuePair.Create(c, result.Int64(0, i))).ToDictionary();
    }

    private object? One(Expression expression, string rows, string order)
    {
        string value = Sql.Cell(expression, table);
        bool whole = ExpressionTypes.Check(expression, table.Columns.ToDictionary(c => c.Name, c => c.Type), []) == Core.Expressions.ValueType.Integer;
        using DuckDbResult result = bench.Connection.Query($"SELECT {value} FROM {rows} ORDER BY {Sql.Row}{order} LIMIT 1", stop);
        return !result.NextChunk() || result.IsNull(0, 0) ? null : FigureText.Value(result.Utf8(0, 0), whole);
    }

    private IReadOnlyList<IReadOnlyDictionary<string, string?>> List(ListFigure list, string rows)
    {
        IReadOnlyList<string> columns = [.. list.Columns.Select(c => c.Name)];
        var found = new List<IReadOnlyDictionary<string, string?>>();
        using DuckDbResult result = bench.Connection.Query($"SELECT {Sql.List(columns.Select(DuckDbWorkbench.AsText))} FROM {rows} ORDER BY {Sql.Row} LIMIT {list.Limit}", stop);
        while (result.NextChunk())
        {
            for (int row = 0; row < result.RowCount; row++)
            {
                found.Add(columns.Select((c, i) => KeyValuePair.Create(c, (string?)result.Value(row, i))).ToDictionary());
            }
        }

        return found;
    }

    private List<T> Read<T>(string sql, Func<ResultRow, T> one)
    {
        var list = new List<T>();
        using DuckDbResult result = bench.Connection.Query(sql, stop);
        while (result.NextChunk())
        {
            for (int row = 0; row < result.RowCount; row++)
            {
                list.Add(one(new ResultRow(result, row)));
            }
        }

        return list;
    }

    private long Count(string sql) => bench.Count(sql, stop);

    private readonly record struct ResultRow(DuckDbResult Result, int Row)
    {
        public object? Value(int column) => Result.Value(Row, column);

        public long Int64(int column) => Result.Int64(Row, column);
    }
}
