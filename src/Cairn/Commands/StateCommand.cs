using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary>Bare <c>cairn</c>: where you are, what is there, and the next sensible command.</summary>
internal static class StateCommand
{
    public static ExitCode Show(Composition cairn)
    {
        Project project = cairn.Project;
        IReadOnlyList<string> flows = FlowsIn(project.Folder);
        string next = Next(cairn, project, flows);
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
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
                json.WriteString("next", next);
                ProblemJson.Write(json, []);
            });
            return ExitCode.Done;
        }

        TextWriter to = cairn.Screen.Out;
        to.WriteLine(project.IsMarked ? $"project   {Printable.Of(project.Folder)}" : $"no project here: {Printable.Of(project.Folder)} has no {Project.FileName}");
        if (flows.Count > 0)
        {
            to.WriteLine($"flows     {string.Join(", ", flows.Take(5).Select(f => Printable.Of(cairn.Shown(f))))}{(flows.Count > 5 ? $" and {flows.Count - 5} more" : "")}");
        }

        to.WriteLine($"next      {cairn.Screen.OutInk.Strong(Printable.Of(next))}");
        to.WriteLine("help      cairn --help");
        return ExitCode.Done;
    }

    private static string Next(Composition cairn, Project project, IReadOnlyList<string> flows) =>
        flows.Count > 0 ? $"cairn run {cairn.Shown(flows[0])}"
        : project.IsMarked ? "cairn help flow-files"
        : "cairn init herbarium --template herbarium-sheets";

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
}
