using Cairn.Adapters.Stores;
using Cairn.Core;
using Cairn.Core.Provenance;
using Cairn.Terminal;

namespace Cairn.Runs;

/// <summary>Says which old runs would go, asks, and removes them.</summary>
internal static class RunRemoval
{
    public static ExitCode Do(PruneRules rules, bool dryRun, bool yes, Composition cairn)
    {
        if (rules.Keep is null && rules.OlderThan is null)
        {
            throw new ProblemException(new Problem("usage/no-rule", ProblemKind.Usage, "nothing says which runs may go; nothing was removed", Help: "cairn runs prune --keep 20 --dry-run, or --older-than 90d"));
        }

        var pruning = new RunPruning(cairn.Store, cairn.Clock);
        Pruned plan = pruning.Plan(rules);
        bool remove = !dryRun && plan.Removed.Count > 0 && (yes || Agreed(plan, cairn));
        Pruned done = remove ? pruning.Apply(rules) : plan;
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteBoolean("removed", remove);
                RunsJson.List(json, "runs", done.Removed, r => RunsJson.Write(json, r));
                RunsJson.List(json, "spared", done.Spared, r => RunsJson.Write(json, r));
                RunsJson.List(json, "freed", done.Freed, f =>
                {
                    json.WriteString("sha256", f.Sha256);
                    json.WriteNumber("stored", f.Stored);
                });
                json.WriteString("not_freed_because", done.Why);
                ProblemJson.Write(json, []);
            });
        }
        else if (remove || dryRun || plan.Removed.Count == 0)
        {
            Print(done, remove, cairn);
        }

        return ExitCode.Done;
    }

    /// <summary>On a terminal the person is asked; elsewhere <c>--yes</c> has to say it.</summary>
    private static bool Agreed(Pruned plan, Composition cairn)
    {
        if (!cairn.Screen.CanAsk || cairn.Asked.Json)
        {
            throw new ProblemException(new Problem("run/needs-yes", ProblemKind.Usage, $"{Amount.Of(plan.Removed.Count, "run")} would be removed, and there is no terminal to ask on; nothing was removed", Help: "add --yes, or --dry-run to see which"));
        }

        Print(plan, false, cairn);
        cairn.Screen.Out.Flush();
        return cairn.Screen.Ask($"\nRemove {Amount.Of(plan.Removed.Count, "run")}? [y/N] ", cairn.Stop)?.Trim().ToUpperInvariant() is "Y" or "YES"
            ? true
            : throw new ProblemException(new Problem("run/declined", ProblemKind.Stopped, "nothing was removed, as you said"));
    }

    private static void Print(Pruned pruned, bool removed, Composition cairn)
    {
        TextWriter to = cairn.Screen.Out;
        string freed = Amount.Bytes(pruned.Freed.Sum(f => f.Stored));
        to.WriteLine(pruned.Removed.Count == 0 ? "no run is to go by these rules"
            : $"{(removed ? "removed" : "would remove")} {Amount.Of(pruned.Removed.Count, "run")} and {Amount.Of(pruned.Freed.Count, "version")} in the archive ({freed})");
        if (pruned.Removed.Count > 0 && !removed)
        {
            var grid = new Grid("run", "flow", "begun (UTC)", "state") { Indent = "  " };
            foreach (RunSummary run in pruned.Removed)
            {
                grid.Add(run.Id, run.Name, RunWords.Time(run.Opened), RunWords.State(run.State));
            }

            grid.Print(to, cairn.Screen.OutInk, cairn.Screen.Width);
        }

        foreach (RunSummary spared in pruned.Spared)
        {
            to.WriteLine($"{spared.Id} stays: it is the last good run of {Printable.Of(spared.Name)}");
        }

        if (pruned.Why is not null)
        {
            to.WriteLine(Printable.Of(pruned.Why));
        }
    }
}
