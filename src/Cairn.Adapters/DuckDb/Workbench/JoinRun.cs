using System.Globalization;
using Cairn.Core;
using Cairn.Core.Flows;

namespace Cairn.Adapters.DuckDb.Workbench;

/// <summary>A join. What it adds and leaves out is counted from the keys of both sides, not from its result.</summary>
internal sealed class JoinRun(StepRun run, JoinHead join)
{
    private readonly WorkTable _left = run.Table(join.Left);
    private readonly WorkTable _right = run.Table(join.Right);
    private readonly IReadOnlyList<string> _leftKeys = [.. join.By.Select(k => k.Left.Name)];
    private readonly IReadOnlyList<string> _rightKeys = [.. join.By.Select(k => k.Right.Name)];

    public HeadResult Run()
    {
        WorkTable table = Make();
        string left = Sql.Name(_left.Name);
        string right = Sql.Name(_right.Name);
        string match = Match("l", "k");
        string keys = $"(SELECT {Sql.Names(_rightKeys)}, count(*) AS n FROM {right} GROUP BY ALL)";
        long leftRows = run.Count($"SELECT count(*) FROM {left}");
        long rightRows = run.Count($"SELECT count(*) FROM {right}");
        long more = run.Count($"SELECT coalesce(sum(k.n - 1), 0)::BIGINT FROM {left} AS l JOIN {keys} AS k ON {match}");
        long unmatched = run.Count($"SELECT count(*) FROM {left} AS l WHERE NOT EXISTS (SELECT 1 FROM {right} AS k WHERE {match})");
        long rightUnused = run.Count($"SELECT count(*) FROM {right} AS k WHERE NOT EXISTS (SELECT 1 FROM {left} AS l WHERE {match})");
        Findings(leftRows, more, unmatched);
        var added = new List<Movement> { new(Reasons.MoreMatches, more) };
        if (join.Kind == JoinKind.Full)
        {
            added.Add(new Movement(Reasons.OnlyRight, rightUnused));
        }

        return new HeadResult(table, [new Movement(_left.Name, leftRows)])
        {
            Added = added,
            Gone = join.Kind == JoinKind.Inner ? [new Movement(Reasons.Unmatched, unmatched)] : [],
            Beside = join.Kind == JoinKind.Inner
                ? [new Movement(Reasons.RightRows, rightRows), new Movement(Reasons.RightUnused, rightUnused)]
                : [new Movement(Reasons.Unmatched, unmatched), new Movement(Reasons.RightRows, rightRows), new Movement(Reasons.RightUnused, rightUnused)],
        };
    }

    private WorkTable Make()
    {
        IReadOnlyList<TableColumn> rightColumns = [.. _right.Columns.Where(c => !_rightKeys.Contains(c.Name))];
        IReadOnlyList<string> sources = [.. _left.Sources.Union(_right.Sources)];
        var cells = new List<string> { $"row_number() OVER (ORDER BY l.{Sql.Row}, r.{Sql.Row}) AS {Sql.Row}" };
        cells.AddRange(sources.Select(s => (_left.Sources.Contains(s), _right.Sources.Contains(s)) switch
        {
            (true, true) => $"coalesce({Sql.Name("l", Sql.From(s))}, {Sql.Name("r", Sql.From(s))}) AS {Sql.Name(Sql.From(s))}",
            (true, false) => Sql.Name("l", Sql.From(s)),
            _ => Sql.Name("r", Sql.From(s)),
        }));
        cells.AddRange(_left.Columns.Select(c => join.Kind == JoinKind.Full && _leftKeys.ToList().IndexOf(c.Name) is >= 0 and var at
            ? $"coalesce({Sql.Name("l", c.Name)}, {Sql.Name("r", _rightKeys[at])}) AS {Sql.Name(c.Name)}"
            : Sql.Name("l", c.Name)));
        cells.AddRange(rightColumns.Select(c => Sql.Name("r", c.Name)));
        string kind = join.Kind switch { JoinKind.Left => "LEFT JOIN", JoinKind.Inner => "JOIN", _ => "FULL JOIN" };
        run.Execute($"CREATE TABLE {Sql.Name(run.HeadName)} AS SELECT {Sql.List(cells)} FROM {Sql.Name(_left.Name)} AS l {kind} {Sql.Name(_right.Name)} AS r ON {Match("l", "r")}");
        return new WorkTable(run.HeadName, [.. _left.Columns, .. rightColumns], sources);
    }

    private string Match(string left, string right) => Sql.And(_leftKeys.Zip(_rightKeys, (l, r) => $"{Sql.Name(left, l)} = {Sql.Name(right, r)}"));

    private void Findings(long leftRows, long more, long unmatched)
    {
        string name = run.Step.Name;
        if (more > 0)
        {
            run.Found(Finding("shape/join-grows", string.Create(CultureInfo.InvariantCulture, $"{name}: the join grows {_left.Name} from {leftRows:N0} rows by {more:N0}, because keys of {_right.Name} repeat")));
        }

        RepeatedKeys.Find(run, _right, _rightKeys, onlyKeysOf: (_left.Name, Match("l", "t")));
        RepeatedKeys.Find(run, _left, _leftKeys, onlyKeysOf: null);
        if (unmatched > 0)
        {
            string key = Sql.List(_leftKeys.Select(k => $"CAST({Sql.Name("l", k)} AS VARCHAR)"));
            IReadOnlyList<string?[]> first = run.Read($"SELECT {key} FROM {Sql.Name(_left.Name)} AS l WHERE NOT EXISTS (SELECT 1 FROM {Sql.Name(_right.Name)} AS r WHERE {Match("l", "r")}) ORDER BY l.{Sql.Row} LIMIT 5");
            string more5 = unmatched > first.Count ? ", ..." : "";
            run.Found(Finding("shape/unmatched-left", string.Create(CultureInfo.InvariantCulture, $"{name}: {unmatched:N0} of {leftRows:N0} rows of {_left.Name} have no row in {_right.Name}"))
                with
            { Details = [$"{string.Join(", ", _leftKeys)}: {string.Join(", ", first.Select(k => string.Join(" + ", k.Select(v => v ?? "(blank)"))))}{more5}"] });
        }
    }

    private Problem Finding(string code, string message) => new(code, ProblemKind.Finding, message, run.Step.Place);
}

/// <summary>A key that repeats, and the columns in which the rows that share it differ.</summary>
internal static class RepeatedKeys
{
    /// <param name="onlyKeysOf">Only keys that this table has (aliased l, by this condition against t); null for all.</param>
    public static void Find(StepRun run, WorkTable table, IReadOnlyList<string> keys, (string Table, string Match)? onlyKeysOf)
    {
        IReadOnlyList<string> others = [.. table.Columns.Select(c => c.Name).Except(keys)];
        string some = onlyKeysOf is { } only ? $" AND EXISTS (SELECT 1 FROM {Sql.Name(only.Table)} AS l WHERE {only.Match})" : "";
        string filled = Sql.And(keys.Select(k => Sql.Name("t", k) + " IS NOT NULL"));
        string differs = Sql.List(others.Select((c, i) => $"(min({Sql.Name(c)}) <> max({Sql.Name(c)}) OR count({Sql.Name(c)}) NOT IN (0, count(*))) AS d{i}").Prepend("count(*) AS n"));
        string groups = $"SELECT {differs} FROM {Sql.Name(table.Name)} AS t WHERE {filled}{some} GROUP BY {Sql.Names(keys)} HAVING count(*) > 1";
        string sums = Sql.List(others.Select((_, i) => $"count(*) FILTER (WHERE d{i})").Prepend("coalesce(sum(n), 0)::BIGINT").Prepend("count(*)"));
        string?[] found = run.Read($"SELECT {sums} FROM ({groups})")[0];
        long repeated = long.Parse(found[0]!, CultureInfo.InvariantCulture);
        if (repeated == 0)
        {
            return;
        }

        IReadOnlyList<(string Column, long Keys)> differ = [.. others.Select((c, i) => (c, long.Parse(found[i + 2]!, CultureInfo.InvariantCulture))).Where(d => d.Item2 > 0)];
        string sample = Sql.List(keys.Select(k => $"CAST({Sql.Name("t", k)} AS VARCHAR)"));
        IReadOnlyList<string?[]> first = run.Read($"SELECT {sample} FROM {Sql.Name(table.Name)} AS t WHERE {filled}{some} GROUP BY {Sql.Names(keys)} HAVING count(*) > 1 ORDER BY min({Sql.Row}) LIMIT 3");
        string key = string.Join(" + ", keys);
        run.Found(new Problem(
            "shape/key-repeats", ProblemKind.Finding,
            string.Create(CultureInfo.InvariantCulture, $"{run.Step.Name}: {repeated:N0} values of {key} come more than once in {table.Name} ({long.Parse(found[1]!, CultureInfo.InvariantCulture):N0} rows)"), run.Step.Place)
        {
            Details =
            [
                differ.Count == 0
                    ? "their rows are the same in every other column"
                    : "their rows differ in " + string.Join(", ", differ.OrderByDescending(d => d.Keys).Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Column} (for {d.Keys:N0})"))),
                $"such as {string.Join(", ", first.Select(k => string.Join(" + ", k)))}",
            ],
        });
    }
}
