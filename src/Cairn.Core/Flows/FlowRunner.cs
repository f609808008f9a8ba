using System.Globalization;
using System.Text;
using Cairn.Core.Flows.Scanning;
using Cairn.Core.Provenance;

namespace Cairn.Core.Flows;

/// <summary>
/// The story of a flow: open a run, open the sources, read and shape, check, plan, ask, write, close the run. Whatever happens, the run is closed
/// with what is known, and nothing is half written.
/// </summary>
public sealed class FlowRunner(FlowWorld world, IRunLedger ledger)
{
    private const int PreviewRows = 5;

    /// <param name="confirm">Shown the plan; false leaves everything as it is.</param>
    public FlowOutcome Run(Flow flow, FlowOptions options, RunOpening opening, Func<FlowReport, bool> confirm, CancellationToken stop)
    {
        using IOpenRun run = ledger.Open(opening);
        var story = new Story(flow, options, world, run);
        IReadOnlyList<Problem> problems = [];
        RunState state = RunState.Done;
        bool written = false;
        try
        {
            story.Tables(stop);
            story.Check();
            story.Plan(stop);
            run.Planned(story.Report);
            if (confirm(story.Report))
            {
                story.Write(stop);
                written = true;
            }
        }
        catch (ProblemException e)
        {
            problems = e.Problems;
            state = RunState.Failed;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Cairn's own fault: the run says so, and the exception goes on to the one place that reports faults.
            var fault = new Problem("run/fault", ProblemKind.Fault, $"{flow.Name} ended by a fault of Cairn; {(story.WritesBegun ? "some outputs may have been written whole, see the run" : "nothing was written")}");
            run.Log("fault", e.ToString());
            run.Close(new RunClosing(RunState.Failed, options.ExitCode(story.Report, [fault]), story.Report, [fault]), new Keep());
            throw;
        }
        catch (OperationCanceledException)
        {
            problems = [new Problem("run/stopped", ProblemKind.Stopped, $"{flow.Name} was stopped; {(story.WritesBegun ? "some outputs may have been written whole, see the run" : "nothing was written")}")];
            state = RunState.Stopped;
        }
        finally
        {
            story.Dispose();
        }

        problems = [.. problems, .. run.Close(new RunClosing(state, options.ExitCode(story.Report, problems), story.Report, problems), flow.Keep)];
        return new FlowOutcome(state, story.Report, problems, written, run.Id, run.Folder);
    }

    /// <summary>What happens between the opening and the closing of a run, and the report as far as it has come.</summary>
    private sealed class Story(Flow flow, FlowOptions options, FlowWorld world, IOpenRun run) : IDisposable
    {
        private readonly long _start = world.Clock.GetTimestamp();
        private readonly List<(Write Write, IDestination Destination)> _destinations = [];
        private FlowWork? _work;
        private long _refusalsKept;

        public FlowReport Report { get; private set; } = new(flow.Name);

        public bool WritesBegun { get; private set; }

        /// <summary>Reads and shapes. A step that remembers more than memory allows is done again on the workbench, which spills.</summary>
        public void Tables(CancellationToken stop)
        {
            var apart = new HashSet<string>();
            while (true)
            {
                long refusals = 0;
                _work = new FlowWork(flow, world, options, Fresh(apart.Count), row =>
                {
                    if (++refusals > _refusalsKept)
                    {
                        run.Refused(row);
                        _refusalsKept++;
                    }
                });
                try
                {
                    _work.Open(stop);
                    _work.Make(s => !apart.Contains(s.Name), stop);
                    Told();
                    return;
                }
                catch (ScanTooLargeException e)
                {
                    run.Log("info", $"{e.Step} remembers more rows than memory allows; read again, with the step on the workbench");
                    apart.Add(e.Step);
                    _work.Dispose();
                }
            }
        }

        /// <summary>Says which checks were not met; throws when one of them stops the run.</summary>
        public void Check()
        {
            var problems = new List<Problem>();
            foreach (CheckResult check in Report.Checks.Where(c => !c.Holds))
            {
                problems.Add(NotMet(check));
            }

            problems.AddRange(FigureComparison.Problems(Report.Figures, flow.Expected));
            Report = Report with { Findings = [.. Report.Findings, .. problems.Where(p => p.Kind == ProblemKind.Finding)] };
            foreach ((MissedRows missed, int at) in Numbered(_work!.Missed))
            {
                run.Rows("warned", at == 0 ? missed.Name : $"{missed.Name}-{at + 1}", missed.Rows);
            }

            if (problems.Any(p => p.Kind != ProblemKind.Finding))
            {
                throw new ProblemException([.. problems.Where(p => p.Kind != ProblemKind.Finding)]);
            }
        }

        /// <summary>Looks at every destination and says what would be written.</summary>
        public void Plan(CancellationToken stop)
        {
            var problems = new List<Problem>();
            var writes = new List<PlannedWrite>();
            foreach (Write write in flow.Writes.Where(w => options.Only?.Contains(w.Name) ?? true))
            {
                try
                {
                    IDestination destination = world.Destination(write.Connector).OpenDestination(
                        new DestinationRequest(write.Name, write.Settings, flow.Folder, run.Work, [.. Report.Inputs.Select(i => i.Path)], write.Place));
                    _destinations.Add((write, destination));
                    writes.Add(Planned(write, destination.Look(stop), stop));
                    destination.Fit(Rows(write));
                }
                catch (ProblemException e)
                {
                    problems.AddRange(e.Problems);
                }
            }

            foreach (IGrouping<string, PlannedWrite> twice in writes.GroupBy(w => w.Path).Where(g => g.Count() > 1))
            {
                problems.Add(new Problem("write/same-path", ProblemKind.Usage, $"{string.Join(" and ", twice.Select(w => w.Name))} would be written to one path, {twice.Key}", flow.Writes.First(w => w.Name == twice.Last().Name).Place));
            }

            Report = Report with { Writes = writes, Seconds = Elapsed() };
            if (options.Plan is { } plan)
            {
                problems.AddRange(PlanComparison.Moved(plan, Report));
            }

            if (problems.Count > 0)
            {
                throw new ProblemException(problems);
            }
        }

        /// <summary>Writes each destination whole, and keeps which source rows each written row came from.</summary>
        public void Write(CancellationToken stop)
        {
            WritesBegun = true;
            var outputs = new List<DataVersion>();
            foreach ((Write write, IDestination destination) in _destinations)
            {
                stop.ThrowIfCancellationRequested();
                DestinationReport? report = null;
                _work!.Timed("write " + write.Name, () => report = destination.Write(Rows(write), stop));
                outputs.AddRange(report!.Outputs);
                Report = Report with { Outputs = [.. outputs], Findings = [.. Report.Findings, .. report.Findings], Times = _work.Times, Seconds = Elapsed() };
                foreach (NameAt table in write.Tables)
                {
                    Account? account = Report.Accounts.FirstOrDefault(a => a.Table == table.Name);
                    if (report.Rows.GetValueOrDefault(table.Name) != account?.Out)
                    {
                        throw new ProblemException(new Problem("run/destination-miscounts", ProblemKind.Fault, $"{table.Name} has {account?.Out:N0} rows, but {report.Rows.GetValueOrDefault(table.Name):N0} were written to {write.Name}", write.Place));
                    }

                    run.Rows("rows", table.Name, _work.Bench.SourceRows(table.Name));
                }
            }

            Report = Report with { Times = [.. _work!.Times], Seconds = Elapsed() };
        }

        public void Dispose()
        {
            foreach ((_, IDestination destination) in _destinations)
            {
                destination.Dispose();
            }

            _work?.Dispose();
        }

        private void Told()
        {
            FlowWork work = _work!;
            Report = Report with
            {
                Accounts = work.Accounts,
                Origins = work.Origins,
                Figures = FigureComparison.Compared(work.Figures, flow.Expected),
                Findings = work.Findings,
                Checks = work.Checks,
                Inputs = work.Inputs,
                RefusedRows = work.RefusedRows,
                Times = [.. work.Times],
                Balanced = work.Accounts.All(a => a.Balances),
                Seconds = Elapsed(),
            };
        }

        private Dictionary<string, ITableRows> Rows(Write write) => write.Tables.ToDictionary(t => t.Name, t => _work!.Bench.Rows(t.Name));

        private PlannedWrite Planned(Write write, DestinationState state, CancellationToken stop)
        {
            ITableRows first = _work!.Bench.Rows(write.Tables[0].Name);
            var preview = new List<IReadOnlyList<string?>>();
            using (IRowReader rows = first.Open(stop))
            {
                while (preview.Count < PreviewRows && rows.Next())
                {
                    preview.Add([.. first.Columns.Select((_, c) => rows.Text(c) is { IsEmpty: false } text ? Encoding.UTF8.GetString(text) : null)]);
                }
            }

            long count = write.Tables.Sum(t => _work.Bench.Describe(t.Name).Count);
            return new PlannedWrite(write.Name, write.Connector, state.Path, count, [.. first.Columns.Select(c => c.Name)], preview, state.Current) { Tables = [.. write.Tables.Select(t => t.Name)] };
        }

        private Problem NotMet(CheckResult check)
        {
            string share = check.Of == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({(decimal)check.Met / check.Of * 100m:0.###} %)");
            string what = check.Met == check.Of
                ? string.Create(CultureInfo.InvariantCulture, $"{check.Table}: {check.Text} is not met, there are {check.Of:N0} rows")
                : string.Create(CultureInfo.InvariantCulture, $"{check.Table}: {check.Text} holds for {check.Met:N0} of {check.Of:N0} rows{share}");
            return check.Stops
                ? new Problem("check/not-met", ProblemKind.Refused, what + "; nothing was written", check.Place, $"cairn runs show {run.Id} --warned {check.Table}")
                : new Problem("check/below", ProblemKind.Finding, what, check.Place, check.Met < check.Of ? $"cairn runs show {run.Id} --warned {check.Table}" : null);
        }

        /// <summary>Each time a folder of its own, since a workbench that was given up may still hold its files.</summary>
        private string Fresh(int time) => time == 0 ? run.Work : Path.Join(run.Work, "again-" + time);

        private double Elapsed() => world.Clock.GetElapsedTime(_start).TotalSeconds;

        private static IEnumerable<(MissedRows Missed, int At)> Numbered(IReadOnlyList<MissedRows> missed) =>
            missed.GroupBy(m => m.Name).SelectMany(g => g.Select((m, at) => (m, at)));
    }
}
