using Cairn.Core.Expressions;

namespace Cairn.Core.Flows.Scanning;

/// <summary>
/// Which columns of each table something later uses, found backwards from what is written and examined. A table that is not in the result
/// is used by nothing; null means all columns.
/// </summary>
public sealed class FlowNeeds
{
    private readonly Dictionary<string, HashSet<string>?> _needs = [];
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>?> _columns;

    /// <param name="columns">Each table's columns; null where they are not known before the data is read (after a sql step).</param>
    /// <param name="examined">For each table, the columns that checks and figures need on the workbench; null for all.</param>
    public FlowNeeds(Flow flow, IReadOnlyList<Step> order, IReadOnlyDictionary<string, IReadOnlyList<string>?> columns, IEnumerable<(string Table, IReadOnlySet<string>? Columns)> examined)
    {
        _columns = columns;
        foreach (NameAt table in flow.Writes.SelectMany(w => w.Tables))
        {
            Add(table.Name, null);
        }

        foreach ((string table, IReadOnlySet<string>? used) in examined)
        {
            Add(table, used);
        }

        foreach (Step step in order.Reverse())
        {
            if (_needs.TryGetValue(step.Name, out HashSet<string>? needed))
            {
                PassOn(step, Before(step, needed));
            }
        }
    }

    /// <summary>Does anything use the table's rows, and which columns?</summary>
    public bool Uses(string table, out IReadOnlySet<string>? columns)
    {
        bool used = _needs.TryGetValue(table, out HashSet<string>? set);
        columns = set;
        return used;
    }

    private void Add(string table, IEnumerable<string>? columns)
    {
        if (columns is null)
        {
            _needs[table] = null;
        }
        else if (!_needs.TryGetValue(table, out HashSet<string>? set))
        {
            _needs[table] = [.. columns];
        }
        else
        {
            set?.UnionWith(columns);
        }
    }

    /// <summary>The columns needed of a step's head, given those needed of its result: also those its changes name, since a step is done whole.</summary>
    private static HashSet<string>? Before(Step step, HashSet<string>? needed)
    {
        HashSet<string>? set = needed is null ? null : [.. needed];
        foreach (ColumnChange change in step.Changes.Reverse())
        {
            switch (change)
            {
                case SelectChange select:
                    set = [.. select.Columns.Select(c => c.Name)];
                    break;
                case RenameChange rename:
                    set?.Remove(rename.To.Name);
                    set?.Add(rename.From.Name);
                    break;
                case SetChange fixedValue:
                    set?.Remove(fixedValue.Column.Name);
                    break;
                case DeriveChange derive:
                    set?.Remove(derive.Column.Name);
                    set?.UnionWith(ExpressionColumns.Of(derive.Value));
                    break;
                case WhereChange where:
                    set?.UnionWith(ExpressionColumns.Of(where.Condition));
                    break;
                case TypesChange types:
                    set?.UnionWith(types.Columns.Select(c => c.Column.Name));
                    break;
            }
        }

        return set;
    }

    private void PassOn(Step step, HashSet<string>? needed)
    {
        switch (step.Head)
        {
            case FromHead from:
                Add(from.Table.Name, needed);
                break;
            case DistinctHead distinct:
                Add(distinct.Table.Name, distinct.By is null ? null : needed?.Concat(Names(distinct.By)));
                break;
            case OnlyOnceHead once:
                Add(once.Table.Name, needed?.Concat(Names(once.By)));
                break;
            case UnionHead union:
                foreach (NameAt table in union.Tables)
                {
                    Add(table.Name, needed);
                }

                break;
            case GroupHead group:
                Add(group.Table.Name, Names(group.By).Concat(group.Aggregates.Where(a => a.Column is not null).Select(a => a.Column!.Name)));
                break;
            case AntiJoinHead anti:
                Add(anti.Table.Name, needed?.Concat(anti.By.Select(k => k.Left.Name)));
                Add(anti.Against.Name, anti.By.Select(k => k.Right.Name));
                break;
            case JoinHead join:
                Add(join.Left.Name, Side(join.Left.Name, needed, join.By.Select(k => k.Left.Name)));
                Add(join.Right.Name, Side(join.Right.Name, needed, join.By.Select(k => k.Right.Name)));
                break;
            case SqlHead sql:
                foreach (NameAt table in sql.Tables)
                {
                    Add(table.Name, null);
                }

                break;
        }
    }

    private IEnumerable<string>? Side(string table, HashSet<string>? needed, IEnumerable<string> keys) =>
        needed is null || _columns.GetValueOrDefault(table) is not { } columns ? null : columns.Where(needed.Contains).Concat(keys);

    private static IEnumerable<string> Names(IReadOnlyList<NameAt> names) => names.Select(n => n.Name);
}
