using System.Text;
using Cairn.Core.Expressions;
using Cairn.Core.Flows;
using Cairn.Core.Tables;

namespace Cairn.Tests.Flows;

/// <summary>A table in memory: each row with its number, the rows of sources it came from, and its cells (null for a blank).</summary>
internal sealed record NaiveTable(IReadOnlyList<string> Columns, IReadOnlyList<NaiveRow> Rows)
{
    public int At(string column) => Columns.ToList().IndexOf(column);
}

internal sealed record NaiveRow(long Number, IReadOnlyDictionary<string, long> From, string?[] Cells);

/// <summary>The oracle for every step: flows carried out one row at a time in the plainest way, with accounts counted on the way.</summary>
internal sealed class NaiveFlow
{
    public Dictionary<string, NaiveTable> Tables { get; } = [];
    public Dictionary<string, Account> Accounts { get; } = [];
    public Dictionary<string, object?> Figures { get; } = [];
    public List<(string Text, bool Holds, long Met, long Of)> Checks { get; } = [];

    public NaiveFlow(Flow flow, IReadOnlyDictionary<string, (string[] Columns, string?[][] Rows)> data)
    {
        foreach (Read read in flow.Reads)
        {
            (string[] columns, string?[][] rows) = data[read.Name];
            Tables[read.Name] = new NaiveTable(columns, [.. rows.Select((r, i) => new NaiveRow(i + 1, new Dictionary<string, long> { [read.Name] = i + 1 }, r))]);
            Accounts[read.Name] = new Account(read.Name, [new Movement(Reasons.Records, rows.Length)], [], [new Movement(Reasons.Refused, 0)], rows.Length);
        }

        foreach (Step step in FlowOrder.Of(flow).Select(n => flow.Steps.FirstOrDefault(s => s.Name == n)).OfType<Step>())
        {
            Shape(step);
        }

        foreach ((string table, IReadOnlyList<Expectation> checks) in flow.Reads.Select(r => (r.Name, r.Checks)).Concat(flow.Steps.Select(s => (s.Name, s.Checks))))
        {
            Checks.AddRange(checks.Select(c => Check(Tables[table], c)));
        }

        foreach (Figure figure in flow.Figures)
        {
            Figures[figure.Name] = Value(figure, Tables[figure.Of.Name]);
        }
    }

    private void Shape(Step step)
    {
        NaiveTable[] inputs = [.. step.Head.Inputs.Select(i => Tables[i.Name])];
        List<Movement> added = [], gone = [], beside = [];
        List<Movement> ins = step.Head is UnionHead
            ? [.. step.Head.Inputs.Zip(inputs, (n, t) => new Movement(n.Name, t.Rows.Count))]
            : [new Movement(step.Head.Inputs[0].Name, inputs[0].Rows.Count)];
        NaiveTable table = step.Head switch
        {
            FromHead => inputs[0],
            DistinctHead distinct => Distinct(inputs[0], distinct, gone),
            OnlyOnceHead once => OnlyOnce(inputs[0], once, gone),
            UnionHead => Renumbered(inputs[0].Columns, inputs.SelectMany(t => t.Rows.Select(r => (r.From, inputs[0].Columns.Select(c => r.Cells[t.At(c)]).ToArray())))),
            JoinHead join => Join(inputs[0], inputs[1], join, added, gone, beside),
            AntiJoinHead anti => AntiJoin(inputs[0], inputs[1], anti, gone),
            GroupHead group => Group(inputs[0], group, gone),
            _ => throw new NotSupportedException(),
        };
        foreach (ColumnChange change in step.Changes)
        {
            table = Changed(table, change, gone);
        }

        Tables[step.Name] = table;
        Accounts[step.Name] = new Account(step.Name, ins, added, gone, table.Rows.Count) { Beside = beside };
    }

    private static NaiveTable Distinct(NaiveTable table, DistinctHead head, List<Movement> gone)
    {
        var seen = new HashSet<string>();
        int[] by = head.By is null ? [.. table.Columns.Select((_, i) => i)] : [.. head.By.Select(c => table.At(c.Name))];
        List<NaiveRow> kept = [.. table.Rows.Where(r => seen.Add(Key(r, by)))];
        gone.Add(new Movement(Reasons.Duplicate, table.Rows.Count - kept.Count));
        return table with { Rows = kept };
    }

    private static NaiveTable OnlyOnce(NaiveTable table, OnlyOnceHead head, List<Movement> gone)
    {
        int[] by = [.. head.By.Select(c => table.At(c.Name))];
        ILookup<string, NaiveRow> rows = table.Rows.ToLookup(r => Key(r, by));
        List<NaiveRow> kept = [.. table.Rows.Where(r => rows[Key(r, by)].Count() == 1)];
        gone.Add(new Movement(Reasons.RepeatedKey, table.Rows.Count - kept.Count));
        return table with { Rows = kept };
    }

    private static NaiveTable Join(NaiveTable left, NaiveTable right, JoinHead head, List<Movement> added, List<Movement> gone, List<Movement> beside)
    {
        int[] leftKeys = [.. head.By.Select(k => left.At(k.Left.Name))];
        int[] rightKeys = [.. head.By.Select(k => right.At(k.Right.Name))];
        int[] rest = [.. Enumerable.Range(0, right.Columns.Count).Except(rightKeys)];
        var rows = new List<(IReadOnlyDictionary<string, long> From, string?[] Cells)>();
        var met = new HashSet<NaiveRow>();
        long more = 0, unmatched = 0;
        foreach (NaiveRow l in left.Rows)
        {
            List<NaiveRow> matches = leftKeys.Any(k => l.Cells[k] is null) ? [] : [.. right.Rows.Where(r => leftKeys.Zip(rightKeys).All(k => l.Cells[k.First] == r.Cells[k.Second]))];
            more += Math.Max(0, matches.Count - 1);
            unmatched += matches.Count == 0 ? 1 : 0;
            rows.AddRange(matches.Select(r => (Both(l.From, r.From), (string?[])[.. l.Cells, .. rest.Select(c => r.Cells[c])])));
            met.UnionWith(matches);
            if (matches.Count == 0 && head.Kind != JoinKind.Inner)
            {
                rows.Add((l.From, [.. l.Cells, .. rest.Select(_ => (string?)null)]));
            }
        }

        List<NaiveRow> unused = [.. right.Rows.Where(r => !met.Contains(r))];
        if (head.Kind == JoinKind.Full)
        {
            rows.AddRange(unused.Select(r =>
            {
                var cells = new string?[left.Columns.Count];
                leftKeys.Zip(rightKeys).ToList().ForEach(k => cells[k.First] = r.Cells[k.Second]);
                return (r.From, (string?[])[.. cells, .. rest.Select(c => r.Cells[c])]);
            }));
        }

        added.Add(new Movement(Reasons.MoreMatches, more));
        added.AddRange(head.Kind == JoinKind.Full ? [new Movement(Reasons.OnlyRight, unused.Count)] : []);
        (head.Kind == JoinKind.Inner ? gone : beside).Add(new Movement(Reasons.Unmatched, unmatched));
        beside.AddRange([new Movement(Reasons.RightRows, right.Rows.Count), new Movement(Reasons.RightUnused, unused.Count)]);
        return Renumbered([.. left.Columns, .. rest.Select(c => right.Columns[c])], rows);
    }

    private static NaiveTable AntiJoin(NaiveTable table, NaiveTable against, AntiJoinHead head, List<Movement> gone)
    {
        int[] keys = [.. head.By.Select(k => table.At(k.Left.Name))];
        int[] others = [.. head.By.Select(k => against.At(k.Right.Name))];
        List<NaiveRow> kept = [.. table.Rows.Where(l => keys.Any(k => l.Cells[k] is null) || !against.Rows.Any(r => keys.Zip(others).All(k => l.Cells[k.First] == r.Cells[k.Second])))];
        gone.Add(new Movement(Reasons.Matched, table.Rows.Count - kept.Count));
        return table with { Rows = kept };
    }

    private static NaiveTable Group(NaiveTable table, GroupHead head, List<Movement> gone)
    {
        int[] by = [.. head.By.Select(c => table.At(c.Name))];
        List<NaiveRow[]> groups = [.. table.Rows.GroupBy(r => Key(r, by)).Select(g => g.ToArray())];
        gone.Add(new Movement(Reasons.Grouped, groups.Sum(g => g.Length - 1L)));
        return Renumbered(
            [.. head.By.Select(c => c.Name), .. head.Aggregates.Select(a => a.Name)],
            groups.Select(g => (g[0].From, (string?[])[.. by.Select(c => g[0].Cells[c]), .. head.Aggregates.Select(a => Aggregated(a, g, a.Column is null ? -1 : table.At(a.Column.Name)))])));
    }

    private static string? Aggregated(Aggregate aggregate, NaiveRow[] group, int column)
    {
        string[] values = column < 0 ? [] : [.. group.Select(r => r.Cells[column]).OfType<string>()];
        return aggregate.Kind switch
        {
            AggregateKind.Count => (column < 0 ? group.Length : values.Length).ToString(),
            AggregateKind.Distinct => values.Distinct().Count().ToString(),
            AggregateKind.Min => values.Order(StringComparer.Ordinal).FirstOrDefault(),
            AggregateKind.Max => values.Order(StringComparer.Ordinal).LastOrDefault(),
            AggregateKind.First => group[0].Cells[column],
            AggregateKind.Last => group[^1].Cells[column],
            _ => throw new NotSupportedException(),
        };
    }

    private static NaiveTable Changed(NaiveTable table, ColumnChange change, List<Movement> gone)
    {
        switch (change)
        {
            case WhereChange where:
                RowCondition condition = ExpressionCompiler.Condition(where.Condition, table.At);
                List<NaiveRow> kept = [.. table.Rows.Where(r => condition.Holds(new View(r), new Scratch()))];
                gone.Add(new Movement(Reasons.Filtered, table.Rows.Count - kept.Count));
                return table with { Rows = kept };
            case DeriveChange derive:
                RowText text = ExpressionCompiler.Text(derive.Value, table.At);
                return Put(table, derive.Column.Name, r => text.TryEval(new View(r), new Scratch(), out ReadOnlySpan<byte> value) ? Encoding.UTF8.GetString(value) : null);
            case SetChange set:
                return Put(table, set.Column.Name, _ => set.Value.Length == 0 ? null : set.Value);
            case RenameChange rename:
                return table with { Columns = [.. table.Columns.Select(c => c == rename.From.Name ? rename.To.Name : c)] };
            case DropChange drop:
                return Selected(table, [.. table.Columns.Where(c => drop.Columns.All(d => d.Name != c))]);
            case SelectChange select:
                return Selected(table, [.. select.Columns.Select(c => c.Name)]);
            default:
                throw new NotSupportedException();
        }
    }

    private static NaiveTable Selected(NaiveTable table, string[] columns) =>
        new(columns, [.. table.Rows.Select(r => r with { Cells = [.. columns.Select(c => r.Cells[table.At(c)])] })]);

    private static NaiveTable Put(NaiveTable table, string column, Func<NaiveRow, string?> value)
    {
        int at = table.At(column);
        return at < 0
            ? new NaiveTable([.. table.Columns, column], [.. table.Rows.Select(r => r with { Cells = [.. r.Cells, value(r)] })])
            : table with { Rows = [.. table.Rows.Select(r => r with { Cells = [.. r.Cells.Select((c, i) => i == at ? value(r) : c)] })] };
    }

    private static (string, bool, long, long) Check(NaiveTable table, Expectation check)
    {
        long rows = table.Rows.Count;
        switch (check)
        {
            case RowsExpectation count:
                return (check.Text, count.Rows.Holds(rows), rows, rows);
            case UniqueExpectation unique:
                long keys = table.Rows.Select(r => Key(r, [.. unique.Columns.Select(c => table.At(c.Name))])).Distinct().LongCount();
                return (check.Text, keys == rows, keys, rows);
            case ConditionExpectation condition:
                RowCondition compiled = ExpressionCompiler.Condition(condition.Condition, table.At);
                long met = table.Rows.LongCount(r => compiled.Holds(new View(r), new Scratch()));
                return (check.Text, condition.Share.Holds(met, rows), met, rows);
            default:
                throw new NotSupportedException();
        }
    }

    private static object? Value(Figure figure, NaiveTable table)
    {
        RowCondition? where = figure.Where is null ? null : ExpressionCompiler.Condition(figure.Where, table.At);
        List<NaiveRow> rows = [.. table.Rows.Where(r => where?.Holds(new View(r), new Scratch()) ?? true)];
        return figure.Form switch
        {
            RowsFigure => (long)rows.Count,
            ColumnsFigure => (long)table.Columns.Count,
            DistinctFigure distinct => rows.Select(r => r.Cells[table.At(distinct.Column.Name)]).OfType<string>().Distinct().LongCount(),
            RepeatedFigure repeated => rows.Count - rows.Select(r => Key(r, [.. (repeated.By?.Select(c => c.Name) ?? table.Columns).Select(table.At)])).Distinct().LongCount(),
            ByFigure by => rows.GroupBy(r => Text(by.Value, table, r) ?? "null").ToDictionary(g => g.Key, g => g.LongCount()),
            FilledFigure filled => (filled.Columns?.Select(c => c.Name) ?? table.Columns).ToDictionary(c => c, c => rows.LongCount(r => r.Cells[table.At(c)] is not null)),
            FirstFigure first => rows.Count == 0 ? null : Text(first.Value, table, rows[0]),
            LastFigure last => rows.Count == 0 ? null : Text(last.Value, table, rows[^1]),
            ListFigure list => rows.Take(list.Limit).Select(r => list.Columns.ToDictionary(c => c.Name, c => r.Cells[table.At(c.Name)])).ToList(),
            _ => throw new NotSupportedException(),
        };
    }

    private static string? Text(Expression expression, NaiveTable table, NaiveRow row) =>
        ExpressionCompiler.Text(expression, table.At).TryEval(new View(row), new Scratch(), out ReadOnlySpan<byte> value) ? Encoding.UTF8.GetString(value) : null;

    private static NaiveTable Renumbered(IReadOnlyList<string> columns, IEnumerable<(IReadOnlyDictionary<string, long> From, string?[] Cells)> rows) =>
        new(columns, [.. rows.Select((r, i) => new NaiveRow(i + 1, r.From, r.Cells))]);

    private static IReadOnlyDictionary<string, long> Both(IReadOnlyDictionary<string, long> left, IReadOnlyDictionary<string, long> right)
    {
        var both = new Dictionary<string, long>(right);
        left.ToList().ForEach(l => both[l.Key] = l.Value);
        return both;
    }

    private static string Key(NaiveRow row, int[] columns) => string.Join("\u0001", columns.Select(c => row.Cells[c] is { } cell ? "+" + cell : "-"));

    private sealed class View(NaiveRow row) : RowView
    {
        public override long Row => row.Number;

        public override ReadOnlySpan<byte> Text(int column) => row.Cells[column] is { } cell ? Encoding.UTF8.GetBytes(cell) : default;
    }
}
