using Cairn.Core.Flows;

namespace Cairn.Core.Provenance;

public enum RunState
{
    /// <summary>Begun, not closed. If its process is gone, it is shown as interrupted.</summary>
    Running,
    Done,

    /// <summary>A check said no, or input could not be read: nothing was written.</summary>
    Failed,
    Stopped,

    /// <summary>Shown for a run that was never closed and whose process is gone (never stored).</summary>
    Interrupted,
}

/// <summary>What is known when a run begins.</summary>
/// <param name="Kind">"flow" or "plan" (a recording later).</param>
/// <param name="Name">The flow's name.</param>
/// <param name="FlowFile">Absolute path of the flow file.</param>
/// <param name="FlowText">The file as it was.</param>
/// <param name="Settings">Parameters and settings in force, with their origin; never a secret.</param>
public sealed record RunOpening(string Kind, string Name, string FlowFile, string FlowText, IReadOnlyList<SettingInForce> Settings, Surroundings Surroundings);

public sealed record SettingInForce(string Name, string Value, string Origin);

/// <summary>Who ran it, where, with what. Secrets and the full environment stay out: only variables on an allow-list.</summary>
public sealed record Surroundings(
    string User, string Host, string OperatingSystem, string Runtime, string CairnVersion, int ProcessId, IReadOnlyList<string> CommandLine,
    string WorkingFolder, IReadOnlyDictionary<string, string> Variables);

/// <summary>How a run ended.</summary>
public sealed record RunClosing(RunState State, int ExitCode, FlowReport Report, IReadOnlyList<Problem> Problems);

/// <summary>Keeps runs: a folder each. A run that is opened leaves a folder that says so even when the process is killed at once.</summary>
public interface IRunLedger
{
    /// <summary>Makes the run's folder and commits its manifest in state Running. Throws <see cref="ProblemException"/> when it cannot be written.</summary>
    IOpenRun Open(RunOpening opening);
}

/// <summary>A run under way. Dispose without Close leaves it as Running (shown as interrupted once the process is gone).</summary>
public interface IOpenRun : IDisposable
{
    /// <summary>Short and unique in the project, such as <c>7f3a</c> at the end of the folder's name; commands take it.</summary>
    string Id { get; }

    /// <summary>Absolute path of the run's folder.</summary>
    string Folder { get; }

    /// <summary>A folder for working tables and temporary files; removed by Close.</summary>
    string Work { get; }

    void Log(string level, string message);

    /// <summary>Commits <c>plan.json</c>: what is about to be written. Called before anything is, so that a run killed while writing says what it was at.</summary>
    void Planned(FlowReport plan);

    /// <summary>Appends a refused row to <c>refused.tsv</c>.</summary>
    void Refused(RefusedRow row);

    /// <summary>Writes rows as <c>name.tsv</c> (gz when large) under the given sub-folder: rows that missed a warning, the sources of written rows.</summary>
    void Rows(string folder, string name, ITableRows rows);

    /// <summary>
    /// Archives what keep says, writes the W3C PROV of it all and the manifest for good (fsync and rename), chains it into the journal.
    /// Returns what keeping found: a file over the limit, one that changed since it was read; they stand among the manifest's problems too.
    /// </summary>
    IReadOnlyList<Problem> Close(RunClosing closing, Keep keep);
}
