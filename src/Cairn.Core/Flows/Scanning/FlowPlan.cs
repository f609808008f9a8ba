namespace Cairn.Core.Flows.Scanning;

/// <summary>One stage of a flow's work, in order: a source read with all it can absorb, or one step on the workbench.</summary>
public abstract record Stage(string Name);

/// <summary>A source is read once; the tables of its branches are made while it is read.</summary>
public sealed record ScanStage(Read Source, Branch Root) : Stage("read " + Source.Name);

/// <summary>A step the workbench does over tables that are there.</summary>
public sealed record BenchStage(Step Step) : Stage("shape " + Step.Name);

/// <summary>A table made while a source is read: the source's own (Step null) or a step's, with those made from it in turn.</summary>
public sealed class Branch(string table, Step? step)
{
    public string Table { get; } = table;
    public Step? Step { get; } = step;
    public List<Branch> Children { get; } = [];

    /// <summary>Its rows go to the workbench.</summary>
    public bool Lands { get; set; }

    /// <summary>The columns that land; null for all.</summary>
    public IReadOnlySet<string>? LandColumns { get; set; }

    /// <summary>When not empty: only rows whose key is in one of these tables land, since nothing needs the others.</summary>
    public List<KeyFilter> Filters { get; } = [];

    /// <summary>Checks and figures counted while reading.</summary>
    public List<Expectation> Checks { get; } = [];
    public List<Figure> Figures { get; } = [];

    public IEnumerable<Branch> All() => Children.SelectMany(c => c.All()).Prepend(this);
}

/// <summary>Rows of a branch are of use only if these columns' values are among the other table's.</summary>
public sealed record KeyFilter(IReadOnlyList<string> Columns, string Other, IReadOnlyList<string> OtherColumns);

/// <summary>
/// How a flow is carried out: which steps are fused into the reading of a source, which tables land on the workbench with which columns, which
/// rows are left out because a join made earlier does not want them (late materialisation), and the order of it all. A pure function of the flow.
/// </summary>
public sealed record FlowPlan(IReadOnlyList<Stage> Stages, IReadOnlyDictionary<string, IReadOnlyList<Expectation>> BenchChecks, IReadOnlyDictionary<string, IReadOnlyList<Figure>> BenchFigures)
{
    /// <param name="order">All steps, each after those it reads.</param>
    /// <param name="columns">Each table's columns, null where not known before reading.</param>
    /// <param name="fuse">Which steps may be done while reading; the others are done on the workbench, with the same result.</param>
    public static FlowPlan Of(Flow flow, IReadOnlyList<Step> order, IReadOnlyDictionary<string, IReadOnlyList<string>?> columns, Func<Step, bool> fuse)
    {
        var branches = new Dictionary<string, Branch>();
        var sources = new Dictionary<string, Read>();
        foreach (Read read in flow.Reads)
        {
            branches[read.Name] = new Branch(read.Name, null);
            sources[read.Name] = read;
        }

        foreach (Step step in order)
        {
            if (Absorbable(step) && fuse(step) && branches.TryGetValue(step.Head.Inputs[0].Name, out Branch? parent))
            {
                var branch = new Branch(step.Name, step);
                parent.Children.Add(branch);
                branches[step.Name] = branch;
                sources[step.Name] = sources[parent.Table];
            }
        }

        IReadOnlyList<Step> bench = [.. order.Where(s => !branches.ContainsKey(s.Name))];
        var benchChecks = new Dictionary<string, IReadOnlyList<Expectation>>();
        var benchFigures = new Dictionary<string, IReadOnlyList<Figure>>();
        var examined = new List<(string, IReadOnlySet<string>?)>();
        foreach ((string table, IReadOnlyList<Expectation> checks, IReadOnlyList<Figure> figures) in Examinations(flow))
        {
            bool scanned = branches.TryGetValue(table, out Branch? branch);
            Expectation[] later = [.. checks.Where(c => !scanned || c is ForeignKeyExpectation)];
            branch?.Checks.AddRange(checks.Except(later));
            branch?.Figures.AddRange(figures);
            if (later.Length > 0)
            {
                benchChecks[table] = later;
            }

            if (!scanned && figures.Count > 0)
            {
                benchFigures[table] = figures;
            }

            foreach (ForeignKeyExpectation key in later.OfType<ForeignKeyExpectation>())
            {
                examined.Add((key.Table.Name, new HashSet<string> { key.TableColumn.Name }));
                examined.Add((table, new HashSet<string> { key.Column.Name }));
            }

            if (!scanned)
            {
                examined.Add((table, null));
            }
        }

        foreach (Step step in bench)
        {
            examined.Add((step.Name, new HashSet<string>()));
        }

        var needs = new FlowNeeds(flow, bench, columns, examined);
        foreach (Branch branch in branches.Values)
        {
            if (needs.Uses(branch.Table, out IReadOnlySet<string>? used))
            {
                branch.Lands = true;
                branch.LandColumns = used;
            }
        }

        return new FlowPlan(new StageOrder(flow, bench, branches, sources).Stages(), benchChecks, benchFigures);
    }

    /// <summary>Can the step be done row by row (or by remembering fingerprints) while its source is read?</summary>
    private static bool Absorbable(Step step) => step.Head is FromHead or DistinctHead && !step.Changes.Any(c => c is TypesChange);

    private static IEnumerable<(string Table, IReadOnlyList<Expectation> Checks, IReadOnlyList<Figure> Figures)> Examinations(Flow flow)
    {
        ILookup<string, Figure> figures = flow.Figures.ToLookup(f => f.Of.Name);
        return flow.Reads.Select(r => (r.Name, r.Checks)).Concat(flow.Steps.Select(s => (s.Name, s.Checks)))
            .Select(t => (t.Name, t.Checks, (IReadOnlyList<Figure>)[.. figures[t.Name], .. t.Checks.OfType<ResolvesExpectation>().Select(r => AddressCheck.Figure(t.Name, r))]))
            .Where(t => t.Checks.Count > 0 || t.Item3.Count > 0);
    }
}
