namespace Cairn.Core.Provenance;

/// <summary>Which runs may go. A run goes only if every rule given says so, and never the last good run of a flow.</summary>
/// <param name="Keep">The latest so many of each flow stay.</param>
/// <param name="OlderThan">Younger ones stay.</param>
public sealed record PruneRules(int? Keep, TimeSpan? OlderThan);

/// <summary>What pruning removes.</summary>
/// <param name="Spared">Runs the rules would remove but that are the last good run of their flow.</param>
/// <param name="Freed">Versions in the archive that no remaining run read or wrote, with their size on disk.</param>
/// <param name="Why">Why nothing in the archive was freed, when that is so.</param>
public sealed record Pruned(IReadOnlyList<RunSummary> Removed, IReadOnlyList<RunSummary> Spared, IReadOnlyList<StoredVersion> Freed, string? Why);

/// <summary>A version in the archive.</summary>
/// <param name="Stored">Bytes on disk.</param>
public sealed record StoredVersion(string Sha256, long Stored);

public static class Pruning
{
    /// <param name="runs">Latest first.</param>
    public static (IReadOnlyList<RunSummary> Remove, IReadOnlyList<RunSummary> Spared) Choose(IReadOnlyList<RunSummary> runs, PruneRules rules, DateTimeOffset now)
    {
        if (rules.Keep is null && rules.OlderThan is null)
        {
            return ([], []);
        }

        var remove = new List<RunSummary>();
        var spared = new List<RunSummary>();
        foreach (IGrouping<(string Kind, string Name), RunSummary> flow in runs.GroupBy(r => (r.Kind, r.Name)))
        {
            RunSummary? lastGood = flow.FirstOrDefault(r => r.IsGood && r.Outputs > 0) ?? flow.FirstOrDefault(r => r.IsGood);
            int place = 0;
            foreach (RunSummary run in flow)
            {
                bool beyond = rules.Keep is not { } keep || place >= keep, old = rules.OlderThan is not { } age || run.Opened < now - age;
                place++;
                if (beyond && old && run.State != RunState.Running)
                {
                    (run == lastGood ? spared : remove).Add(run);
                }
            }
        }

        return ([.. remove.OrderBy(r => r.Opened).ThenBy(r => r.Run, StringComparer.Ordinal)], spared);
    }
}
