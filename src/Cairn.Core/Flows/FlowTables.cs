using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>The names of a flow's tables: each is given once, each that is used is there, none waits for itself, none is made for nothing.</summary>
internal sealed class FlowTables
{
    private const int MostNamed = 12;

    // Each suggestion looks at every name; a hostile file could ask for thousands of thousands.
    internal const int MostSuggested = 200;

    private readonly List<Problem> _problems;
    private readonly List<string> _names = [];
    private readonly Dictionary<string, NameAt> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _clash;

    public FlowTables(MapSetting tree, List<Problem> problems)
    {
        _problems = problems;
        foreach (NameAt name in tree.Entries("read").Concat(tree.Entries("shape")).Select(SettingNames.Name))
        {
            FlowNames.CheckTable(name, problems);
            if (_byName.TryAdd(name.Name, name))
            {
                _names.Add(name.Name);
            }
            else
            {
                _clash = true;
                string other = _byName[name.Name].Name;
                string how = other == name.Name ? "is" : $"and `{Shortened.Of(other)}` are";
                _problems.Add(new Problem("flow/name-clash", ProblemKind.Usage, $"`{Shortened.Of(name.Name)}` {how} the name of two tables; the first stands in line {_byName[name.Name].Place.Line}", name.Place,
                    "give one of them another name (SQL does not tell upper from lower case)"));
            }
        }
    }

    /// <summary>In file order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The declared name of a table that SQL mentions, letter case aside; null when it is none of the flow's.</summary>
    public string? Mentioned(string word) => _byName.TryGetValue(word, out NameAt? name) ? name.Name : null;

    /// <summary>Reports a table that is not there.</summary>
    /// <param name="user">Who uses it, for the message: "`open` reads".</param>
    public bool Refer(NameAt table, string user)
    {
        if (_byName.TryGetValue(table.Name, out NameAt? known) && known.Name == table.Name)
        {
            return true;
        }

        string? near = _problems.Count < MostSuggested ? DidYouMean.Of(table.Name, _names) : null;
        _problems.Add(new Problem("flow/unknown-table", ProblemKind.Usage, $"{user} `{Shortened.Of(table.Name)}`, and this flow has no such table", table.Place,
            Listed())
        {
            Hint = near is null ? null : $"did you mean `{near}`?",
        });
        return false;
    }

    /// <summary>Reports rings of tables, and tables that nothing uses; the latter only when all else is right, for a part that could not be read may use them.</summary>
    public void CheckUse(Flow flow)
    {
        foreach (IReadOnlyList<Step> cycle in _clash ? [] : FlowOrder.Cycles(flow.Steps))
        {
            IEnumerable<string> names = cycle.Select(s => Shortened.Of(s.Name));
            string path = string.Join(" -> ", cycle.Count <= MostNamed ? [.. names, Shortened.Of(cycle[0].Name)] : [.. names.Take(MostNamed), $"... ({cycle.Count} in all)"]);
            string message = cycle.Count == 1 ? $"`{Shortened.Of(cycle[0].Name)}` is made from itself: {path}" : $"these tables wait for each other: {path}";
            _problems.Add(new Problem("flow/cycle", ProblemKind.Usage, message, cycle[0].Place, "let one of them read another table"));
        }

        if (_problems.Any(p => p.Kind != ProblemKind.Finding))
        {
            return;
        }

        IEnumerable<Expectation> checks = flow.Reads.SelectMany(r => r.Checks).Concat(flow.Steps.SelectMany(s => s.Checks));
        HashSet<string> used =
        [
            .. flow.Steps.SelectMany(s => s.Head.Inputs.Where(i => i.Name != s.Name)).Select(n => n.Name),
            .. flow.Writes.SelectMany(w => w.Tables).Select(n => n.Name),
            .. flow.Figures.Select(f => f.Of.Name),
            .. checks.OfType<ForeignKeyExpectation>().Select(f => f.Table.Name),
            .. flow.Reads.Where(r => r.Checks.Count > 0).Select(r => r.Name),
            .. flow.Steps.Where(s => s.Checks.Count > 0).Select(s => s.Name),
        ];
        foreach (NameAt name in _names.Where(n => !used.Contains(n)).Select(n => _byName[n]))
        {
            _problems.Add(new Problem("flow/unused-table", ProblemKind.Finding, $"nothing uses the table `{Shortened.Of(name.Name)}`: no step, no write, no figure, no check", name.Place,
                $"write it, or remove it; cairn peek shows it as it is"));
        }
    }

    private string Listed() => _names.Count switch
    {
        0 => "name tables under `read:` and `shape:`",
        > MostNamed => $"its tables are: {string.Join(", ", _names.Take(MostNamed))}, and {_names.Count - MostNamed} more",
        _ => $"its tables are: {string.Join(", ", _names)}",
    };
}
