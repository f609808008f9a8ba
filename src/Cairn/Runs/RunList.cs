using Cairn.Adapters.Stores;
using Cairn.Core.Provenance;
using Cairn.Terminal;

namespace Cairn.Runs;

/// <summary>The list of runs, a line each.</summary>
internal static class RunList
{
    /// <summary>How many are listed when nobody says.</summary>
    public const int Few = 20;

    public static ExitCode Print(RunFilter filter, Composition cairn)
    {
        using RunIndex index = cairn.Index();
        IReadOnlyList<RunSummary> runs = index.List(filter);
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                RunsJson.List(json, "runs", runs, r => RunsJson.Write(json, r));
                ProblemJson.Write(json, []);
            });
            return ExitCode.Done;
        }

        if (runs.Count == 0)
        {
            cairn.Screen.Out.WriteLine(filter == new RunFilter(Limit: Few) ? "no runs yet" : "no such runs");
            return ExitCode.Done;
        }

        var grid = new Grid("run", "flow", "begun (UTC)", "state", ">took", ">read", ">wrote", ">refused", ">findings");
        foreach (RunSummary run in runs)
        {
            string name = run.Kind == RunSummary.PlanKind ? run.Name + " (plan)" : run.Name;
            grid.Add(run.Id, name, RunWords.Time(run.Opened), RunWords.State(run.State), run.Took is { } took ? Amount.Seconds(took.TotalSeconds) : "",
                Amount.Count(run.Inputs), Amount.Count(run.Outputs), Blank(run.RefusedRows), Blank(run.Findings));
        }

        grid.Print(cairn.Screen.Out, cairn.Screen.OutInk, cairn.Screen.Width);
        if (runs.Count == filter.Limit && !cairn.Asked.Quiet)
        {
            cairn.Screen.Out.WriteLine(cairn.Screen.OutInk.Faint($"the latest {runs.Count}; cairn runs list --limit 0 lists all"));
        }

        return ExitCode.Done;
    }

    private static string Blank(long number) => number == 0 ? "" : Amount.Count(number);
}
