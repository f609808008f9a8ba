namespace Cairn.Core.Provenance;

/// <summary>One line of a list of runs.</summary>
/// <param name="Run">The run's full name: its folder below <c>.cairn/runs</c>.</param>
/// <param name="Findings">Problems and findings together.</param>
public sealed record RunSummary(
    string Id, string Run, string Kind, string Name, RunState State, int? ExitCode, DateTimeOffset Opened, DateTimeOffset? Closed,
    int Inputs, int Outputs, long RefusedRows, int Findings)
{
    /// <summary>Kind of a run that only said what it would write.</summary>
    public const string PlanKind = "plan";

    /// <summary>Something was done, and it went well; a plan does nothing.</summary>
    public bool IsGood => Kind != PlanKind && State == RunState.Done;

    /// <summary>Null while it is under way, and for one that was interrupted.</summary>
    public TimeSpan? Took => Closed - Opened;

    public static RunSummary Of(RunManifest run) => new(
        run.Id, run.Folder, run.Kind, run.Name, run.State, run.ExitCode, run.Opened, run.Closed,
        run.Inputs.Count, run.Outputs.Count, run.Report?.RefusedRows ?? 0, run.Problems.Count + (run.Report?.Findings.Count ?? 0));
}

/// <summary>Which runs to list; null means any.</summary>
/// <param name="Since">Opened at this moment or later.</param>
/// <param name="Limit">At most so many, the latest.</param>
public sealed record RunFilter(string? Name = null, RunState? State = null, DateTimeOffset? Since = null, int? Limit = null);

/// <summary>A run read or wrote a version of a file.</summary>
public sealed record DataUse(string Run, bool Written, DataVersion Data);
