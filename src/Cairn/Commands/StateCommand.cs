using Cairn.Adapters.Stores;
using Cairn.Core;
using Cairn.Core.Provenance;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary>Bare <c>cairn</c>: where you are, what is there, what was done last, and the next sensible command.</summary>
internal static class StateCommand
{
    private const int RunsShown = 3;
    private const int FlowsShown = 5;

    public static ExitCode Show(Composition cairn)
    {
        Project project = cairn.Project;
        IReadOnlyList<string> flows = FlowsIn(project.Folder);
        IReadOnlyList<RunManifest> runs = LastRuns(cairn);
        string next = Next(cairn, project, flows, runs);
        if (cairn.Asked.Json)
        {
            Write(cairn, project, flows, runs, next);
            return ExitCode.Done;
        }

        TextWriter to = cairn.Screen.Out;
        to.WriteLine(project.IsMarked ? $"project   {Printable.Of(project.Folder)}" : $"no project here: {Printable.Of(project.Folder)} has no {Project.FileName}");
        if (flows.Count > 0)
        {
            to.WriteLine($"flows     {string.Join(", ", flows.Take(FlowsShown).Select(f => Printable.Of(cairn.Shown(f))))}{(flows.Count > FlowsShown ? $" and {flows.Count - FlowsShown} more" : "")}");
        }

        foreach (RunManifest run in runs)
        {
            to.WriteLine($"{(run == runs[0] ? "runs" : ""),-10}{run.Id}  {Printable.Of(run.Name)}  {Word(run)}  {run.Opened.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        }

        to.WriteLine($"next      {cairn.Screen.OutInk.Strong(Printable.Of(next))}");
        to.WriteLine("help      cairn --help");
        return ExitCode.Done;
    }

    private static string Next(Composition cairn, Project project, IReadOnlyList<string> flows, IReadOnlyList<RunManifest> runs) =>
        runs is [{ State: not RunState.Done } last, ..] ? $"cairn runs show {last.Id}"
        : flows.Count > 0 ? $"cairn run {cairn.Shown(flows[0])}"
        : project.IsMarked ? "cairn help flow-files"
        : "cairn init herbarium --template herbarium-sheets";

    private static string Word(RunManifest run) => (run.Kind == "plan" ? "plan " : "") + run.State switch
    {
        RunState.Running => "under way",
        RunState.Interrupted => "interrupted",
        RunState.Failed => "failed",
        RunState.Stopped => "stopped",
        _ => "done",
    };

    /// <summary>Newest first. What cannot be read is the business of <c>cairn runs</c> and <c>cairn verify</c>.</summary>
    private static IReadOnlyList<RunManifest> LastRuns(Composition cairn)
    {
        try
        {
            if (!Directory.Exists(cairn.Store))
            {
                return [];
            }

            var history = new RunHistory(cairn.Store);

            // Names go by the second; of runs that began within one, the manifests tell which came first.
            return [.. history.Names.TakeLast(RunsShown * 3).Select(history.Read).OrderByDescending(r => r.Opened).Take(RunsShown)];
        }
        catch (Exception cause) when (cause is ProblemException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Flow files of the folder and of its flows folder: where people keep them, without walking through their data.</summary>
    private static IReadOnlyList<string> FlowsIn(string folder)
    {
        IEnumerable<string> In(string at) => Directory.Exists(at) ? Directory.EnumerateFiles(at, "*.flow.yaml") : [];
        try
        {
            return [.. In(folder).Concat(In(Path.Combine(folder, "flows"))).Order(StringComparer.Ordinal)];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static void Write(Composition cairn, Project project, IReadOnlyList<string> flows, IReadOnlyList<RunManifest> runs, string next) => Json.Write(cairn.Screen.Out, json =>
    {
        json.WriteBoolean("ok", true);
        json.WriteString("folder", project.Folder);
        json.WriteBoolean("project", project.IsMarked);
        json.WriteStartArray("flows");
        foreach (string flow in flows)
        {
            json.WriteStringValue(flow);
        }

        json.WriteEndArray();
        json.WriteStartArray("runs");
        foreach (RunManifest run in runs)
        {
            json.WriteStartObject();
            json.WriteString("run", run.Id);
            json.WriteString("flow", run.Name);
            json.WriteString("kind", run.Kind);
            json.WriteString("state", Word(run));
            json.WriteString("opened", run.Opened.UtcDateTime);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("next", next);
        ProblemJson.Write(json, []);
    });
}
