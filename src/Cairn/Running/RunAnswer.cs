using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;
using Cairn.Terminal;

namespace Cairn.Running;

/// <summary>What <c>plan</c> and <c>run</c> say: the plan before the question, what was written after it, or one JSON object; and the code they give back.</summary>
internal sealed class RunAnswer(RunWish wish, Composition cairn, ProgressPrinter? progress)
{
    private readonly HashSet<FlowReport> _shown = [];
    private bool _unasked;
    private bool _declined;

    /// <summary>Shows a flow's plan, and asks when there is somebody to ask.</summary>
    public bool Decide(FlowReport plan)
    {
        progress?.Pause();
        if (!cairn.Asked.Json && !cairn.Asked.Quiet)
        {
            Printer().Plan(plan);
            cairn.Screen.Out.Flush();
        }

        _shown.Add(plan);
        if (wish.PlanOnly || plan.Writes.Count == 0)
        {
            return !wish.PlanOnly;
        }

        if (wish.Yes)
        {
            return true;
        }

        if (!cairn.Screen.CanAsk || cairn.Asked.Json)
        {
            _unasked = true;
            return false;
        }

        _declined = cairn.Screen.Ask($"\n{Question(plan)} [y/N] ", cairn.Stop)?.Trim().ToUpperInvariant() is not ("Y" or "YES");
        return !_declined;
    }

    /// <summary>Says how it ended, and gives the code.</summary>
    public ExitCode Tell(IReadOnlyList<RanFlow> ran)
    {
        progress?.Dispose();
        IReadOnlyList<Problem> problems = [.. ran.SelectMany(r => r.Outcome.Problems), .. Undecided()];
        IReadOnlyList<Problem> all = [.. ran.SelectMany(r => r.Findings), .. problems];
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json => RunAnswerJson.Write(json, ran, all));
        }
        else
        {
            foreach (RanFlow flow in ran)
            {
                Print(flow.Outcome);
            }

            cairn.Screen.Out.Flush();
            ProblemPrinter.Print(all, cairn.Screen.Error, cairn.Screen.ErrorInk, cairn.Asked.Short, cairn.Screen.Width);
            Next(ran, problems);
        }

        return ran.Select(r => Code(r.Outcome.Report, problems)).DefaultIfEmpty(ExitCodes.Of(problems)).Max();
    }

    /// <summary>Problems decide; else what was found: a check or a figure that is not as it should be, rows that could not be read.</summary>
    public ExitCode Code(FlowReport report, IReadOnlyList<Problem> problems)
    {
        ExitCode code = ExitCodes.Of([.. problems, .. Undecided()]);
        bool found = report.Checks.Any(c => !c.Holds) || report.Figures.Any(f => f.Met == false) || report.RefusedRows > 0;
        return code == ExitCode.Done && found ? ExitCode.Found : code;
    }

    private void Print(FlowOutcome outcome)
    {
        ReportPrinter printer = Printer();
        FlowReport? plan = _shown.FirstOrDefault(s => s.Flow == outcome.Report.Flow);
        if (plan is null && outcome.Report.Accounts.Count > 0 && !cairn.Asked.Quiet)
        {
            printer.Plan(outcome.Report);
        }

        if (outcome.Report.Outputs.Count > 0)
        {
            if (!cairn.Asked.Quiet)
            {
                cairn.Screen.Out.WriteLine();
            }

            printer.Written(outcome.Report, plan is null ? [] : [.. outcome.Report.Findings.Except(plan.Findings)]);
        }
    }

    private IEnumerable<Problem> Undecided()
    {
        if (_unasked)
        {
            yield return new Problem("run/needs-yes", ProblemKind.Usage, "nothing was written: there is no terminal to ask on", Help: $"cairn run {wish.Named} --yes");
        }
        else if (_declined)
        {
            yield return new Problem("run/declined", ProblemKind.Stopped, "nothing was written, as you said");
        }
    }

    private void Next(IReadOnlyList<RanFlow> ran, IReadOnlyList<Problem> problems)
    {
        if (ran.Count == 0 || cairn.Asked.Quiet)
        {
            return;
        }

        FlowOutcome last = ran[^1].Outcome;
        string what = last.State != RunState.Done ? "" : wish.PlanOnly ? $"nothing was written; cairn run {wish.Named} writes it" : problems.Any(p => p.Kind != ProblemKind.Finding) ? "" : $"done in {Amount.Seconds(last.Report.Seconds)}";
        cairn.Screen.Out.WriteLine();
        if (what.Length > 0)
        {
            cairn.Screen.Out.WriteLine(what);
        }

        cairn.Screen.Out.WriteLine($"run {last.RunId}   {cairn.Screen.OutInk.Strong($"cairn runs show {last.RunId}")}");
    }

    private string Question(FlowReport plan) =>
        "Write " + string.Join(" and ", plan.Writes.Select(w => $"{Amount.Of(w.Rows, "row")} to {Printable.Of(cairn.Shown(w.Path))}")) + "?";

    private ReportPrinter Printer() => new(cairn.Screen.Out, cairn.Screen.OutInk, cairn.Screen.Width, cairn.Shown) { Verbose = cairn.Asked.Verbose, Short = cairn.Asked.Short };
}
