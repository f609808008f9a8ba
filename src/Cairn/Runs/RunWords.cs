using System.Globalization;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;
using Cairn.Terminal;

namespace Cairn.Runs;

/// <summary>Runs in words: states, times, and how one ended, in a sentence.</summary>
internal static class RunWords
{
    public static readonly string[] States = ["running", "done", "failed", "stopped", "interrupted"];

    public static string State(RunState state) => state switch
    {
        RunState.Running => "running",
        RunState.Done => "done",
        RunState.Failed => "failed",
        RunState.Stopped => "stopped",
        _ => "interrupted",
    };

    public static RunState StateOf(string word) => (RunState)Array.IndexOf(States, word);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>What a person asks first: did it work, what came of it, and why not.</summary>
    public static string Sentence(RunManifest run)
    {
        string began = $"Run {run.Id} of {run.Name}, begun {Time(run.Opened)} UTC, ";
        string after = run.Closed is { } closed ? $" after {Amount.Seconds((closed - run.Opened).TotalSeconds)}" : "";
        int findings = run.Problems.Concat(run.Report?.Findings ?? []).Count(p => p.Kind == ProblemKind.Finding);
        string found = findings == 0 ? "" : $"; {Amount.Of(findings, "finding")}";
        return began + run.State switch
        {
            RunState.Running => "is under way.",
            RunState.Interrupted => "was interrupted: its process is gone and it never said how it ended. Outputs are as they were before, or whole.",
            RunState.Done when run.Kind == RunSummary.PlanKind => $"was a plan{after}: {Reading(run)}, nothing was written{found}.",
            RunState.Done when run.Outputs.Count == 0 => $"ended well{after}: {Reading(run)}, nothing was written{found}.",
            RunState.Done => $"ended well{after}: {Reading(run)}, wrote {Written(run.Report!)}{found}.",
            RunState.Stopped => $"was stopped by a person{after}: {Outcome(run)}{found}.",
            _ => $"failed{after}: {Why(run)}; {Outcome(run)}{found}.",
        };
    }

    private static string Why(RunManifest run) => run.Problems.FirstOrDefault(p => p.Kind != ProblemKind.Finding)?.Message.TrimEnd('.') ?? "no reason is on record";

    private static string Outcome(RunManifest run) => run.Outputs.Count == 0 ? "nothing was written" : $"wrote {Written(run.Report!)}";

    private static string Reading(RunManifest run) => $"read {Amount.Of(run.Inputs.Count, "input")}";

    private static string Written(FlowReport report)
    {
        long rows = report.Writes.Where(w => report.Outputs.Any(o => o.Path == w.Path)).Sum(w => w.Rows);
        return $"{Amount.Of(rows, "row")} to {Amount.Of(report.Outputs.Count, "file")}";
    }
}
