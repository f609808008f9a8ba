using Cairn.Adapters.Yaml;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Settings;

namespace Cairn.Adapters.FlowFiles;

/// <summary>A flow file found and read.</summary>
/// <param name="Path">Absolute; null when none was found. Paths in the flow start at its folder.</param>
/// <param name="Flow">Null when any of the problems is more than a finding.</param>
/// <param name="Problems">In the order of the file.</param>
public sealed record FlowFile(string? Path, Flow? Flow, IReadOnlyList<Problem> Problems)
{
    /// <summary>Finds what the user named and reads it with the connectors of this program.</summary>
    /// <param name="named">A flow file, a folder with one flow file, or a flow's name (<c>share</c> is <c>share.flow.yaml</c>).</param>
    /// <param name="currentFolder">Absolute.</param>
    /// <param name="projectFolder">Absolute; flows are looked for by name here and in its <c>flows</c> folder.</param>
    /// <param name="set">The values given with <c>--set</c>.</param>
    public static FlowFile Read(string named, string currentFolder, string? projectFolder, IReadOnlyList<KeyValuePair<string, string>> set)
    {
        FlowFileSearch found = FlowFileSearch.For(named, currentFolder, projectFolder);
        return found.Problem is Problem problem ? new FlowFile(null, null, [problem]) : At(found.Path!, found.Shown!, currentFolder, set);
    }

    /// <summary>Reads a flow file at a known path, such as one of another flow's <c>flows</c>.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="shown">The path as messages show it.</param>
    public static FlowFile At(string path, string shown, string currentFolder, IReadOnlyList<KeyValuePair<string, string>> set)
    {
        return SettingsFile.Read(path, shown) is SettingReading settings ? Bound(settings, path, shown, currentFolder, set) : new FlowFile(path, null, [FlowFileSearch.NotThere(shown, [])]);
    }

    /// <summary>Reads a copy of a flow file, such as the one a run kept, as if it stood where the flow file was: its paths start there.</summary>
    public static FlowFile Copy(string copy, string path, string currentFolder, IReadOnlyList<KeyValuePair<string, string>> set) =>
        SettingsFile.Read(copy, path) is SettingReading settings ? Bound(settings, path, path, currentFolder, set) : new FlowFile(path, null, [FlowFileSearch.NotThere(path, [])]);

    internal static FlowFile Bound(SettingReading settings, string path, string shown, string currentFolder, IReadOnlyList<KeyValuePair<string, string>> set)
    {
        var request = new FlowRequest(
            shown,
            System.IO.Path.GetDirectoryName(path)!,
            currentFolder,
            set,
            Discovery.Sources,
            Discovery.Destinations,
            expected => SettingsFile.Read(expected, FlowFileSearch.Show(expected, currentFolder)));
        FlowReading reading = FlowReader.Read(settings, request);
        return new FlowFile(path, reading.Flow, reading.Problems);
    }
}
