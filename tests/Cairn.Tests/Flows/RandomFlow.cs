using Cairn.Core;
using Cairn.Core.Expressions;
using Cairn.Core.Flows;
using Cairn.Core.Settings;
using Cairn.Core.Tables;

namespace Cairn.Tests.Flows;

/// <summary>Makes small flows of every short form over small tables with blanks, repeats and odd text.</summary>
internal sealed class RandomFlow
{
    private static readonly FilePlace Place = new("random.flow.yaml", 1, 1);
    private static readonly string?[] Values = ["a", "b", "A", null, null, "ab", "b-a", "é", "10", "", " ", "a b"];
    private readonly Random _random;
    private readonly Dictionary<string, List<string>> _tables = [];

    public RandomFlow(int seed)
    {
        _random = new Random(seed);
        foreach ((string name, string[] columns) in new[] { ("p", new[] { "k", "v", "w" }), ("q", new[] { "k", "x", "y", "z" }) })
        {
            int rows = _random.Next(0, 14);
            Data[name] = (columns, [.. Enumerable.Range(0, rows).Select(_ => columns.Select(_ => Cell()).ToArray())]);
            _tables[name] = [.. columns];
        }

        Step[] steps = [.. Enumerable.Range(0, _random.Next(1, 7)).Select(i => Step("s" + i))];
        string[] names = [.. _tables.Keys];
        string[] written = [.. names.Where(n => n == steps[^1].Name || _random.Next(4) == 0)];
        Flow = new Flow("random", Place)
        {
            Reads = [.. Data.Keys.Select(name => new Read(name, "memory", new MapSetting([], Place), null, Place) { Checks = Checks(name) })],
            Steps = steps,
            Writes = [.. written.Select(name => new Write(name, [At(name)], "none", new MapSetting([], Place), Place))],
            Figures = [.. names.SelectMany(n => Enumerable.Range(0, _random.Next(3)).Select(i => Figure(n, i)))],
        };
    }

    public Dictionary<string, (string[] Columns, string?[][] Rows)> Data { get; } = [];

    public Flow Flow { get; }

    public IReadOnlyDictionary<string, TableLayout?> Layouts =>
        Data.ToDictionary(d => d.Key, d => (TableLayout?)new TableLayout([.. d.Value.Columns.Select((c, i) => new SourceColumn(c, i))], d.Value.Columns.Length));

    private string? Cell() => Values[_random.Next(Values.Length)] is { Length: > 0 } text ? text : null;

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];

    private static NameAt At(string name) => new(name, Place);

    private Step Step(string name)
    {
        string table = Pick([.. _tables.Keys]);
        List<string> columns = [.. _tables[table]];
        StepHead head;
        switch (_random.Next(9))
        {
            case 0:
                head = new DistinctHead(At(table), null);
                break;
            case 1:
                head = new DistinctHead(At(table), [.. Some(columns).Select(At)]);
                break;
            case 2:
                head = new OnlyOnceHead(At(table), [.. Some(columns).Select(At)]);
                break;
            case 3:
                string[] same = [.. _tables.Where(t => t.Value.Order().SequenceEqual(columns.Order())).Select(t => t.Key)];
                head = new UnionHead([.. Enumerable.Range(0, _random.Next(2, 4)).Select(_ => At(Pick(same)))]);
                columns = [.. _tables[((UnionHead)head).Tables[0].Name]];
                break;
            case 4 or 5 when Joined(table, out JoinHead? join, out List<string> joined):
                (head, columns) = (join!, joined);
                break;
            case 6:
                string other = Pick([.. _tables.Keys]);
                head = new AntiJoinHead(At(table), At(other), [new KeyPair(At(Pick(columns)), At(Pick(_tables[other])))]);
                break;
            case 7:
                List<string> by = Some(columns);
                string value = Pick(columns);
                head = new GroupHead(At(table), [.. by.Select(At)], [new Aggregate("n" + name, AggregateKind.Count, null, Place), new Aggregate("a" + name, Pick([AggregateKind.Min, AggregateKind.Max, AggregateKind.First, AggregateKind.Last, AggregateKind.Distinct, AggregateKind.Count]), At(value), Place)]);
                columns = [.. by, "n" + name, "a" + name];
                _tables[name] = columns;
                return new Step(name, head, [], Place);
            default:
                head = new FromHead(At(table));
                break;
        }

        var changes = new List<ColumnChange>();
        string[] text = [.. columns.Where(c => c[0] is not 'n' || c.Length == 1)];
        if (_random.Next(2) == 0)
        {
            changes.Add(new WhereChange(Condition(Pick(text), Pick(text))));
        }

        if (_random.Next(3) == 0)
        {
            string derived = _random.Next(3) == 0 ? Pick(columns) : "d" + name;
            changes.Add(new DeriveChange(At(derived), Value(Pick(text), Pick(text))));
            columns = columns.Contains(derived) ? columns : [.. columns, derived];
        }

        if (_random.Next(5) == 0)
        {
            changes.Add(new SetChange(At("c" + name), Pick(["fixed", ""])));
            columns = [.. columns, "c" + name];
        }

        if (_random.Next(5) == 0)
        {
            string renamed = Pick(columns);
            changes.Add(new RenameChange(At(renamed), At("r" + name)));
            columns = [.. columns.Select(c => c == renamed ? "r" + name : c)];
        }

        if (_random.Next(4) == 0 && columns.Count > 1)
        {
            columns = Some(columns);
            changes.Add(new SelectChange([.. columns.Select(At)]));
        }

        _tables[name] = columns;
        return new Step(name, head, changes, Place) { Checks = head is GroupHead ? [] : Checks(name) };
    }

    private bool Joined(string left, out JoinHead? head, out List<string> columns)
    {
        (head, columns) = (null, []);
        string right = Pick([.. _tables.Keys]);
        string leftKey = Pick(_tables[left]);
        string rightKey = Pick(_tables[right]);
        List<string> rest = [.. _tables[right].Where(c => c != rightKey)];
        if (left == right || rest.Intersect(_tables[left]).Any() || leftKey[0] == 'n' || rightKey[0] == 'n' || (leftKey[0] == 'a' && leftKey.Length > 1) || (rightKey[0] == 'a' && rightKey.Length > 1))
        {
            return false;
        }

        columns = [.. _tables[left], .. rest];
        head = new JoinHead(At(left), At(right), [new KeyPair(At(leftKey), At(rightKey))], Pick([JoinKind.Left, JoinKind.Inner, JoinKind.Full]));
        return true;
    }

    private List<string> Some(List<string> columns)
    {
        List<string> some = [.. columns.Where(_ => _random.Next(2) == 0)];
        return some.Count > 0 ? some : [Pick(columns)];
    }

    private Expression Condition(string a, string b) => Parse(Pick<string>(
        [$"\"{a}\" = 'a'", $"\"{a}\" is not null", $"lower(\"{a}\") <> 'ab' or \"{b}\" is null", $"length(\"{a}\") > 1", $"\"{a}\" < \"{b}\"", $"\"{a}\" in ('a', 'b', 'é')", $"not contains(\"{b}\", 'a')"]));

    private Expression Value(string a, string b) => Parse(Pick<string>(
        [$"\"{a}\" || '-' || \"{b}\"", $"before(\"{a}\", '-')", $"trim(\"{a}\", 'a')", $"coalesce(\"{a}\", \"{b}\", 'none')", $"upper(\"{b}\")", $"word_after(\"{a}\", 'a')"]));

    private Expectation[] Checks(string table) => _random.Next(3) != 0 ? [] : Pick<Expectation[]>(
    [
        [new UniqueExpectation([At(Pick(_tables[table]))], false, "unique", Place)],
        [new RowsExpectation(new CountCondition(Comparison.Greater, 3), false, "rows", Place)],
        [new ConditionExpectation(Parse($"\"{Pick(_tables[table])}\" is not null"), new ShareCondition(Comparison.GreaterOrEqual, 60), false, "filled", Place)],
    ]);

    private Figure Figure(string table, int number)
    {
        string column = Pick(_tables[table]);
        Expression value = Parse($"\"{column}\"");
        FigureForm form = Pick<FigureForm>(
        [
            new RowsFigure(), new ColumnsFigure(), new DistinctFigure(At(column)), new RepeatedFigure(null), new RepeatedFigure([At(column)]), new ByFigure(value),
            new FilledFigure(null), new FirstFigure(value), new LastFigure(Parse("row() - 1")), new ListFigure([At(column)], 3),
        ]);
        return new Figure($"{table}_{number}", At(table), form, _random.Next(3) == 0 && form is not ColumnsFigure ? Parse($"\"{column}\" is not null") : null, Place);
    }

    private static Expression Parse(string text)
    {
        var problems = new List<Problem>();
        Expression? expression = ExpressionParser.Parse(text, Place, new Dictionary<string, string>(), problems);
        return problems.Count == 0 ? expression! : throw new InvalidOperationException(problems[0].ToString());
    }
}
