using Cairn.Adapters.Stores;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Running;

/// <summary>
/// Does what a plan would write stand there already? It does when an earlier run of the same flow text read the same bytes and its outputs are
/// still as it left them: the same input gives the same bytes.
/// </summary>
internal static class Standing
{
    public static bool Already(IReadOnlyList<RanFlow> planned, Composition cairn)
    {
        var history = new RunHistory(cairn.Store);
        string[] names = [.. history.Names.Reverse()];

        // A run's folder carries its flow's name, so only those of this flow are opened.
        return planned.All(p => names.Where(n => n.Contains($"-{p.Flow.Name}-", StringComparison.Ordinal)).Select(history.Read).Any(run => Same(run, p.Outcome.Report, p.Flow, history)));
    }

    private static bool Same(RunManifest run, FlowReport plan, Flow flow, RunHistory history) =>
        run is { Kind: "flow", State: RunState.Done, Report: { } report }
            && run.Name == flow.Name
            && Versions(report.Inputs).SetEquals(Versions(plan.Inputs))
            && plan.Writes.All(w => w.Replaces is not null)
            && Versions(plan.Writes.Select(w => w.Replaces!)).IsSubsetOf(Versions(report.Outputs))
            && Parameters(run, flow)
            && File.ReadAllText(Path.Combine(history.FolderOf(run.Folder), run.FlowCopy)) == flow.Text;

    private static bool Parameters(RunManifest run, Flow flow) =>
        flow.Parameters.All(p => run.Settings.Any(s => s.Name == p.Name && s.Value == p.Value));

    private static HashSet<(string, string)> Versions(IEnumerable<DataVersion> versions) => [.. versions.Select(v => (v.Path, v.Sha256))];
}
