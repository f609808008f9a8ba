namespace Cairn.Core.Flows.Scanning;

/// <summary>
/// Puts scans and steps in order, and finds for each landing table the joins that can tell, before it is read, which of its keys are wanted.
/// </summary>
internal sealed class StageOrder(Flow flow, IReadOnlyList<Step> bench, IReadOnlyDictionary<string, Branch> branches, IReadOnlyDictionary<string, Read> sources)
{
    /// <summary>For each stage (a read's or a step's name), the stages that must be done before it.</summary>
    private readonly Dictionary<string, HashSet<string>> _before = [];

    public IReadOnlyList<Stage> Stages()
    {
        foreach (Read read in flow.Reads)
        {
            _before[read.Name] = [];
        }

        foreach (Step step in bench)
        {
            _before[step.Name] = [.. step.Head.Inputs.Select(i => StageOf(i.Name))];
        }

        foreach (Branch branch in branches.Values.Where(b => b.Lands))
        {
            AddFilters(branch);
        }

        return Sorted();
    }

    private string StageOf(string table) => sources.TryGetValue(table, out Read? read) ? read.Name : table;

    /// <summary>Only when every use of the table is a lookup by key in a table that does not itself wait for this source.</summary>
    private void AddFilters(Branch branch)
    {
        if (flow.Writes.Any(w => w.Tables.Any(t => t.Name == branch.Table)) || ForeignKeyTouches(branch.Table))
        {
            return;
        }

        var filters = new List<KeyFilter>();
        foreach (Step step in bench.Where(s => s.Head.Inputs.Any(i => i.Name == branch.Table)))
        {
            if (FilterBy(step, branch.Table) is not { } filter)
            {
                return;
            }

            filters.Add(filter);
        }

        string scan = StageOf(branch.Table);
        HashSet<string> others = [.. filters.Select(f => StageOf(f.Other))];
        if (filters.Count > 0 && !others.Any(o => WaitsFor(o, scan)))
        {
            branch.Filters.AddRange(filters);
            branch.LandColumns = null;
            _before[scan].UnionWith(others);
        }
    }

    private static KeyFilter? FilterBy(Step step, string table) => step.Head switch
    {
        JoinHead { Kind: JoinKind.Left or JoinKind.Inner } join when join.Right.Name == table && join.Left.Name != table =>
            new KeyFilter([.. join.By.Select(k => k.Right.Name)], join.Left.Name, [.. join.By.Select(k => k.Left.Name)]),
        AntiJoinHead anti when anti.Against.Name == table && anti.Table.Name != table =>
            new KeyFilter([.. anti.By.Select(k => k.Right.Name)], anti.Table.Name, [.. anti.By.Select(k => k.Left.Name)]),
        _ => null,
    };

    private bool ForeignKeyTouches(string table) =>
        flow.Reads.Select(r => (r.Name, r.Checks)).Concat(flow.Steps.Select(s => (s.Name, s.Checks)))
            .Any(t => t.Checks.OfType<ForeignKeyExpectation>().Any(k => t.Name == table || k.Table.Name == table));

    /// <summary>Must the other stage be done before this one, directly or through others?</summary>
    private bool WaitsFor(string stage, string other)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([stage]);
        while (open.TryPop(out string? at))
        {
            if (at == other)
            {
                return true;
            }

            if (seen.Add(at))
            {
                foreach (string before in _before[at])
                {
                    open.Push(before);
                }
            }
        }

        return false;
    }

    private List<Stage> Sorted()
    {
        var stages = new List<Stage>();
        var done = new HashSet<string>();
        List<Stage> waiting =
        [
            .. flow.Reads.Select(r => (Stage)new ScanStage(r, branches[r.Name])),
            .. bench.Select(s => new BenchStage(s)),
        ];
        while (waiting.Count > 0)
        {
            // The first in the file's order that can be done; there always is one, since the flow has no cycles and filters add none.
            Stage next = waiting.First(s => _before[Key(s)].IsSubsetOf(done));
            waiting.Remove(next);
            done.Add(Key(next));
            stages.Add(next);
        }

        return stages;
    }

    private static string Key(Stage stage) => stage is ScanStage scan ? scan.Source.Name : ((BenchStage)stage).Step.Name;
}
