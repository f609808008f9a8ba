using Cairn.Core.Expressions;
using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>Reads one entry under <c>shape:</c>: its head, and its changes in their fixed order whatever order they are written in.</summary>
internal static class StepReader
{
    /// <summary>Null when the entry has no head that can be used; the check against the shape has said so.</summary>
    public static Step? Read(SettingEntry entry, FlowScope scope)
    {
        if (entry.Value is not MapSetting map)
        {
            return null;
        }

        StepHead? head = Head(entry, map, scope);
        if (head is not null and not SqlHead)
        {
            foreach (NameAt input in head.Inputs)
            {
                scope.Tables.Refer(input, $"`{Shortened.Of(entry.Key)}` reads");
            }
        }

        IReadOnlyList<ColumnChange> changes = Changes(map, scope);
        IReadOnlyList<Expectation> checks = ExpectationReader.Read(map, scope);
        return head is null ? null : new Step(entry.Key, head, changes, entry.KeyPlace) { Checks = checks };
    }

    private static StepHead? Head(SettingEntry entry, MapSetting map, FlowScope scope)
    {
        SettingEntry? head = map.Entries.FirstOrDefault(e => FlowShape.Step.Choice!.Keys.Contains(e.Key));
        var inner = head?.Value as MapSetting;
        return head?.Key switch
        {
            "from" => map.Name("from") is NameAt table ? new FromHead(table) : null,
            "distinct" => (map.Name("distinct") ?? inner.Name("from")) is NameAt table ? new DistinctHead(table, scope.Names(inner, "by")) : null,
            "only_once" => inner.Name("from") is NameAt table && scope.Names(inner, "by") is { } by ? new OnlyOnceHead(table, by) : null,
            "join" => inner.Name("left") is NameAt left && inner.Name("right") is NameAt right && Keys(inner!, scope) is { } by ? new JoinHead(left, right, by, Kind(inner!)) : null,
            "union" => scope.Names(map, "union") is { Count: > 0 } tables ? new UnionHead(tables) : null,
            "anti-join" => inner.Name("from") is NameAt table && inner.Name("against") is NameAt against && Keys(inner!, scope) is { } by ? new AntiJoinHead(table, against, by) : null,
            "group" => inner.Name("from") is NameAt table && scope.Names(inner, "by") is { } by ? new GroupHead(table, by, Aggregates(inner!, scope)) : null,
            "sql" => (map.Scalar("sql") ?? inner.Scalar("text")) is ScalarSetting text ? SqlReader.Read(entry.Key, text, inner.Name("dialect")?.Name ?? "duckdb", scope) : null,
            _ => null,
        };
    }

    private static JoinKind Kind(MapSetting join) => join.Name("kind")?.Name switch
    {
        "inner" => JoinKind.Inner,
        "full" => JoinKind.Full,
        _ => JoinKind.Left,
    };

    private static IReadOnlyList<KeyPair>? Keys(MapSetting join, FlowScope scope) => join["by"] switch
    {
        null => null,
        MapSetting pairs => [.. pairs.Entries.Where(e => e.Value is ScalarSetting).Select(e => new KeyPair(SettingNames.Name(e), SettingNames.Name((ScalarSetting)e.Value)))],
        _ => [.. scope.Names(join, "by")!.Select(n => new KeyPair(n, n))],
    };

    private static List<Aggregate> Aggregates(MapSetting group, FlowScope scope)
    {
        var aggregates = new List<Aggregate>();
        if (group.Name("count") is NameAt count)
        {
            aggregates.Add(new Aggregate(count.Name, AggregateKind.Count, null, count.Place));
        }

        foreach (SettingEntry kind in group.Entries.Where(e => e.Value is MapSetting))
        {
            if (Enum.TryParse(kind.Key, ignoreCase: true, out AggregateKind of))
            {
                aggregates.AddRange(((MapSetting)kind.Value).Entries.Where(e => e.Value is ScalarSetting { IsNull: false })
                    .Select(e => new Aggregate(e.Key, of, SettingNames.Name((ScalarSetting)e.Value), e.KeyPlace)));
            }
        }

        foreach (Aggregate aggregate in aggregates)
        {
            FlowNames.CheckColumn(new NameAt(aggregate.Name, aggregate.Place), scope.Problems);
        }

        return aggregates;
    }

    private static List<ColumnChange> Changes(MapSetting map, FlowScope scope)
    {
        var changes = new List<ColumnChange>();
        if (scope.Expression(map, "where") is Expression condition)
        {
            changes.Add(new WhereChange(condition));
        }

        foreach (SettingEntry e in map.Entries("derive").Where(e => e.Value is ScalarSetting { IsNull: false }))
        {
            if (scope.Expression((ScalarSetting)e.Value) is Expression value)
            {
                changes.Add(new DeriveChange(Made(e, scope), value));
            }
        }

        changes.AddRange(map.Entries("set").Where(e => e.Value is ScalarSetting).Select(e => new SetChange(Made(e, scope), ((ScalarSetting)e.Value) is { IsNull: false } s ? s.Text : "")));
        foreach (SettingEntry e in map.Entries("rename"))
        {
            if (e.Value is ScalarSetting { IsNull: false } to)
            {
                FlowNames.CheckColumn(SettingNames.Name(to), scope.Problems);
                changes.Add(new RenameChange(SettingNames.Name(e), SettingNames.Name(to)));
            }
        }

        if (scope.Names(map, "drop") is { Count: > 0 } drop)
        {
            changes.Add(new DropChange(drop));
        }

        if (scope.Names(map, "select") is { Count: > 0 } select)
        {
            changes.Add(new SelectChange(select));
        }

        List<TypedColumn> types = [.. map.Entries("types").Where(e => e.Value is ScalarSetting s && IsType(s.Text)).Select(e => new TypedColumn(SettingNames.Name(e), Enum.Parse<ColumnType>(((ScalarSetting)e.Value).Text, ignoreCase: true)))];
        if (types.Count > 0)
        {
            changes.Add(new TypesChange(types));
        }

        return changes;
    }

    // Enum.TryParse would take numbers too.
    private static bool IsType(string word) => Enum.GetNames<ColumnType>().Any(n => n.Equals(word, StringComparison.OrdinalIgnoreCase));

    private static NameAt Made(SettingEntry entry, FlowScope scope)
    {
        NameAt name = SettingNames.Name(entry);
        FlowNames.CheckColumn(name, scope.Problems);
        return name;
    }
}
