using Cairn.Core.Flows.Scanning;
using Cairn.Core.Provenance;
using Cairn.Core.Tables;

namespace Cairn.Core.Flows;

/// <summary>
/// A flow's tables in the making: opens the sources, carries out the stages in order, and gathers what was counted and noticed. It writes nothing
/// outside its work folder.
/// </summary>
public sealed class FlowWork : IDisposable
{
    private readonly Flow _flow;
    private readonly FlowWorld _world;
    private readonly FlowOptions _options;
    private readonly string _work;
    private readonly Action<RefusedRow> _refused;
    private readonly Dictionary<string, ISource> _sources = [];
    private readonly Dictionary<string, TableLayout> _layouts = [];
    private readonly Dictionary<string, LandingCount> _landings = [];
    private readonly Dictionary<string, IReadOnlyList<TableColumn>> _known = [];
    private readonly List<StageTime> _times = [];
    private readonly RowHash _hash;

    /// <param name="work">A folder of the run for working tables.</param>
    /// <param name="refused">Told of each row that could not be read.</param>
    public FlowWork(Flow flow, FlowWorld world, FlowOptions options, string work, Action<RefusedRow> refused)
    {
        (_flow, _world, _options, _work, _refused) = (flow, world, options, work, refused);
        _hash = new RowHash(world.Random);
        Bench = world.Bench(Path.Join(work, "tables"), options.MemoryBytes / 2);
    }

    public IWorkbench Bench { get; }
    public List<Account> Accounts { get; } = [];
    public List<Problem> Findings { get; } = [];
    public List<CheckResult> Checks { get; } = [];
    public List<FigureValue> Figures { get; } = [];
    public List<MissedRows> Missed { get; } = [];
    public List<DataVersion> Inputs { get; } = [];
    public List<TableOrigin> Origins { get; } = [];
    public IReadOnlyList<StageTime> Times => _times;
    public long RefusedRows { get; private set; }

    /// <summary>Opens every source and checks all columns and types. Throws with all problems at once.</summary>
    public void Open(CancellationToken stop)
    {
        var problems = new List<Problem>();
        foreach (Read read in _flow.Reads)
        {
            try
            {
                IReadOnlyList<string>? wanted = read.Fields is null ? null : [.. read.Fields.Select(f => f.Name)];
                ISource source = _world.Source(read.Connector).OpenSource(new SourceRequest(read.Name, read.Settings, _flow.Folder, _world.Cache, _work, wanted, read.Place));
                _sources[read.Name] = source;
                _layouts[read.Name] = source.Layout(stop);
                Findings.AddRange(_layouts[read.Name].Findings);
            }
            catch (ProblemException e)
            {
                problems.AddRange(e.Problems);
            }
        }

        if (problems.Count > 0)
        {
            throw new ProblemException(problems);
        }

        CheckColumns();
    }

    /// <summary>Each table's columns; null where not known before the data is read.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TableColumn>?> Columns { get; private set; } = new Dictionary<string, IReadOnlyList<TableColumn>?>();

    /// <summary>Carries out all stages. Throws <see cref="ScanTooLargeException"/> when a step remembers more rows than memory allows.</summary>
    public void Make(Func<Step, bool> fuse, CancellationToken stop)
    {
        FlowPlan plan = FlowPlan.Of(_flow, Steps, Columns.ToDictionary(c => c.Key, c => c.Value is null ? null : (IReadOnlyList<string>)[.. c.Value.Select(t => t.Name)]), s => _options.Fuse && fuse(s));
        foreach (Stage stage in plan.Stages)
        {
            stop.ThrowIfCancellationRequested();
            Timed(stage.Name, () =>
            {
                if (stage is ScanStage scan)
                {
                    Read(scan, stop);
                }
                else
                {
                    Shape(((BenchStage)stage).Step, stop);
                }

                Examine(stage, plan, stop);
            });
        }

        KeysElsewhere(plan, stop);
        Resolve(stop);
        Order();
    }

    /// <summary>
    /// For each step the statements by which the workbench would do it, over tables without rows: nothing is read beyond headers. Steps that are done while
    /// reading have their statements too. Call it after Open, instead of Make.
    /// </summary>
    public IReadOnlyList<(string Table, IReadOnlyList<string> Statements)> Statements(CancellationToken stop)
    {
        foreach (Read read in _flow.Reads)
        {
            using ITableFill fill = Bench.Fill(new WorkTable(read.Name, Columns[read.Name]!, [read.Name]));
            fill.Finish();
        }

        return [.. Steps.Select(s => (s.Name, Bench.Run(s, _flow.Parameters, stop).Statements))];
    }

    public void Timed(string stage, Action work)
    {
        _world.Progress.Stage(stage);
        long start = _world.Clock.GetTimestamp();
        TimeSpan cpu = _world.Cpu();
        work();
        _times.Add(new StageTime(stage, _world.Clock.GetElapsedTime(start).TotalSeconds, (_world.Cpu() - cpu).TotalSeconds));
    }

    public void Dispose()
    {
        foreach (ISource source in _sources.Values)
        {
            source.Dispose();
        }

        Bench.Dispose();
    }

    private IReadOnlyList<Step> Steps => [.. FlowOrder.Of(_flow).Select(n => _flow.Steps.FirstOrDefault(s => s.Name == n)).OfType<Step>()];

    /// <summary>Follows the columns through all steps, as far as they are known; after a sql step is done, again.</summary>
    private void CheckColumns()
    {
        ColumnReport columns = ColumnCheck.Check(_flow, _layouts.ToDictionary(l => l.Key, l => (TableLayout?)l.Value), _known);
        if (columns.Problems.Any(p => p.Kind != ProblemKind.Finding))
        {
            throw new ProblemException(columns.Problems);
        }

        Columns = columns.Tables;
    }

    private void Read(ScanStage stage, CancellationToken stop)
    {
        Read read = stage.Source;
        TableLayout layout = _layouts[read.Name];
        var setup = new ScanSetup(read.Name, layout.FieldCount, _hash, Bench.Fill, Column, Keys, _options.MemoryBytes / 2);
        var scan = new Scan(stage, layout, setup);
        var watch = new Watch(read, _refused, _world.Progress, scan);
        SourceReport report = _sources[read.Name].Read(scan.Take, watch, stop);
        ScanResult result = scan.Finish(read.Name);
        var account = new Account(read.Name, [new Movement(Reasons.Records, report.Records)], [], [new Movement(Reasons.Refused, watch.RefusedRows)], result.RootRows)
        {
            Fused = true,
            CountedOnly = !stage.Root.Lands,
            Beside = result.RootLanded is { } landed ? [new Movement(Landing.Landed, landed)] : [],
        };
        if (report.Refused != watch.RefusedRows || !account.Balances)
        {
            throw new ProblemException(new Problem(
                "run/source-miscounts", ProblemKind.Fault, $"{read.Name}: the source says it read {report.Records:N0} records and refused {report.Refused:N0}, but {result.RootRows:N0} rows and {watch.RefusedRows:N0} refusals arrived; nothing was written", read.Place));
        }

        RefusedRows += watch.RefusedRows;
        Accounts.Add(account);
        Accounts.AddRange(result.Accounts);
        Findings.AddRange(report.Findings);
        Findings.AddRange(result.Findings);
        Checks.AddRange(result.Checks);
        Figures.AddRange(result.Figures);
        Missed.AddRange(result.Missed);
        Inputs.AddRange(report.Inputs);
        Origins.Add(new TableOrigin(read.Name, [], [.. report.Inputs.Select(i => i.Path)]));
        foreach ((string table, LandingCount count) in result.Landings)
        {
            _landings[table] = count;
        }

        foreach (DataVersion changed in report.Inputs.Where(i => i.ChangedWhileRead))
        {
            Findings.Add(new Problem("run/changed-while-read", ProblemKind.Finding, $"{read.Name}: {changed.Path} changed while it was read; the hash is of the bytes that were read", read.Place));
        }
    }

    private void Shape(Step step, CancellationToken stop)
    {
        StepResult result = Bench.Run(step, _flow.Parameters, stop);
        Account account = JoinAccount.Whole(step, result.Account, _landings);
        if (!account.Balances)
        {
            throw new ProblemException(new Problem("run/step-miscounts", ProblemKind.Fault, $"{step.Name}: rows in and out do not balance; nothing was written", step.Place));
        }

        if (step.Head is SqlHead)
        {
            _known[step.Name] = Bench.Describe(step.Name).Columns;
            CheckColumns();
        }

        Accounts.Add(account);
        Findings.AddRange(result.Findings);
        Findings.AddRange(JoinAccount.Findings(step, account));
        Missed.AddRange(result.Missed);
        RefusedRows += account.Gone.Where(g => g.Reason == Reasons.NotConvertible).Sum(g => g.Rows);
    }

    private void Examine(Stage stage, FlowPlan plan, CancellationToken stop)
    {
        IEnumerable<string> tables = stage is ScanStage scan ? scan.Root.All().Select(b => b.Table) : [((BenchStage)stage).Step.Name];
        foreach (string table in tables)
        {
            IReadOnlyList<Expectation> checks = [.. (plan.BenchChecks.GetValueOrDefault(table) ?? []).Where(c => c is not ForeignKeyExpectation)];
            IReadOnlyList<Figure> figures = plan.BenchFigures.GetValueOrDefault(table) ?? [];
            if (checks.Count + figures.Count > 0)
            {
                TableResult result = Bench.Examine(table, checks, figures, stop);
                Checks.AddRange(result.Checks);
                Figures.AddRange(result.Figures);
                Missed.AddRange(result.Missed);
            }
        }
    }

    /// <summary>Foreign keys last: the table they point to may be made after the one they stand in.</summary>
    private void KeysElsewhere(FlowPlan plan, CancellationToken stop)
    {
        foreach ((string table, IReadOnlyList<Expectation> checks) in plan.BenchChecks)
        {
            IReadOnlyList<Expectation> keys = [.. checks.OfType<ForeignKeyExpectation>()];
            if (keys.Count > 0)
            {
                TableResult result = Bench.Examine(table, keys, [], stop);
                Checks.AddRange(result.Checks);
                Missed.AddRange(result.Missed);
            }
        }
    }

    private void Resolve(CancellationToken stop)
    {
        foreach (Step step in _flow.Steps)
        {
            foreach (ResolvesExpectation check in step.Checks.OfType<ResolvesExpectation>())
            {
                (CheckResult result, MissedRows? missed) = AddressCheck.Ask(step.Name, check, Figures, _world.Addresses, stop);
                Checks.Add(result);
                Missed.AddRange(missed is null ? [] : [missed]);
            }
        }

        Figures.RemoveAll(f => AddressCheck.IsAsking(f.Name));
    }

    private TableColumn Column(string table, string name) =>
        Columns.GetValueOrDefault(table)?.FirstOrDefault(c => c.Name == name) ?? new TableColumn(name, ColumnType.Text);

    private FingerprintSet Keys(KeyFilter filter)
    {
        var wanted = new FingerprintSet();
        using IRowReader keys = Bench.Keys(filter.Other, filter.OtherColumns, CancellationToken.None);
        while (keys.Next())
        {
            byte[][] values = [.. Enumerable.Range(0, filter.OtherColumns.Count).Select(c => keys.Text(c).ToArray())];
            wanted.Add(RowKey.Of(_hash, values));
        }

        return wanted;
    }

    /// <summary>Accounts, figures and origins in the file's order, whatever the order of work was.</summary>
    private void Order()
    {
        List<string> tables = [.. FlowOrder.Of(_flow)];
        Accounts.Sort((a, b) => tables.IndexOf(a.Table).CompareTo(tables.IndexOf(b.Table)));
        List<string> figures = [.. _flow.Figures.Select(f => f.Name)];
        Figures.Sort((a, b) => figures.IndexOf(a.Name).CompareTo(figures.IndexOf(b.Name)));
        Origins.AddRange(_flow.Steps.Select(s => new TableOrigin(s.Name, [.. s.Head.Inputs.Select(i => i.Name)], [])));
    }

    private sealed class Watch(Read read, Action<RefusedRow> refused, IProgressWatch progress, Scan scan) : IReadWatch
    {
        private readonly long? _limit = read.Refused.Limit;

        public long RefusedRows { get; private set; }

        public void Refused(RefusedRow row)
        {
            RefusedRows++;
            refused(row);
            if (RefusedRows > _limit)
            {
                throw new ProblemException(new Problem(
                    "run/rows-refused", ProblemKind.Refused, $"{read.Name}: {(_limit == 0 ? "a row was refused" : $"more than {_limit:N0} rows were refused")}; the flow says to stop, nothing was written",
                    new RowPlace(row.Table, row.Row, File: row.File, Line: row.Line), "`refused: list` under the read goes on and lists such rows")
                {
                    Details = [$"{row.Reason}: {row.Text}"],
                });
            }
        }

        public void Progress(long bytesDone, long? bytesTotal) => progress.At(bytesDone, bytesTotal, scan.Rows);
    }
}
