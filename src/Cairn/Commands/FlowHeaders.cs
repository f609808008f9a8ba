using Cairn.Adapters;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Tables;

namespace Cairn.Commands;

/// <summary>Looks at the headers of the sources that are there, and follows their columns through the flow.</summary>
internal static class FlowHeaders
{
    public static IReadOnlyList<Problem> Check(Flow flow, Composition cairn)
    {
        using var work = new TemporaryFolder();
        var layouts = new Dictionary<string, TableLayout?>();
        var problems = new List<Problem>();
        foreach (Read read in flow.Reads)
        {
            layouts[read.Name] = Layout(read, flow, work.Path, problems, cairn);
        }

        return [.. problems, .. ColumnCheck.Check(flow, layouts).Problems];
    }

    // A source that is not there yet, or cannot be read, is the run's business, and its columns stay unknown; settings that contradict each other
    // are the file's.
    private static TableLayout? Layout(Read read, Flow flow, string work, List<Problem> problems, Composition cairn)
    {
        if (OverNetwork(read) || Discovery.Sources.FirstOrDefault(s => s.Name == read.Connector) is not { } connector)
        {
            return null;
        }

        try
        {
            using ISource source = connector.OpenSource(new SourceRequest(read.Name, read.Settings, flow.Folder, cairn.Cache, work, null, read.Place));
            return source.Layout(cairn.Stop);
        }
        catch (ProblemException thrown)
        {
            problems.AddRange(thrown.Problems.Where(p => p.Kind == ProblemKind.Usage));
            return null;
        }
    }

    private static bool OverNetwork(Read read) => read.Settings.Entries.Any(e => e.Value is Core.Settings.ScalarSetting { Text: var text } && (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)));
}
