using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>What a flow file is read with; the core opens no files itself.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Folder">The flow file's folder, absolute: paths in the file start here.</param>
/// <param name="CurrentFolder">Absolute: paths given with <c>--set</c> start here.</param>
/// <param name="Set">The values given with <c>--set name=value</c>, in order; of one name the last holds. A name the flow does not declare is a problem.</param>
/// <param name="ExpectedFigures">Reads the file of expected figures at an absolute path; null when there is none.</param>
public sealed record FlowRequest(
    string File,
    string Folder,
    string CurrentFolder,
    IReadOnlyList<KeyValuePair<string, string>> Set,
    IReadOnlyList<ISourceConnector> Sources,
    IReadOnlyList<IDestinationConnector> Destinations,
    Func<string, SettingReading?> ExpectedFigures);

/// <summary>What came of reading a flow file.</summary>
/// <param name="Flow">Null when any of the problems is more than a finding.</param>
/// <param name="Problems">Everything wrong and everything worth a look, in the order of the file.</param>
public sealed record FlowReading(Flow? Flow, IReadOnlyList<Problem> Problems);
