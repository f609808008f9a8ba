using Cairn.Core.Flows;

namespace Cairn.Core.Provenance;

/// <summary>Everything on record of one run: the content of its <c>run.json</c>.</summary>
/// <param name="Id">Hex digits, unique in the project; commands take it.</param>
/// <param name="Folder">The run's full name: its folder below <c>.cairn/runs</c>, month first, with slashes.</param>
/// <param name="Opened">UTC.</param>
public sealed record RunManifest(string Id, string Folder, string Kind, string Name, RunState State, DateTimeOffset Opened)
{
    /// <summary>Changes when a reader of older manifests would misread a newer one.</summary>
    public int Format { get; init; } = 1;
    public DateTimeOffset? Closed { get; init; }
    public int? ExitCode { get; init; }

    /// <summary>Absolute path of the flow file; its text as it was lies in the run's folder, as <see cref="FlowCopy"/>.</summary>
    public string FlowFile { get; init; } = "";
    public string FlowCopy { get; init; } = "";
    public Surroundings? Surroundings { get; init; }

    /// <summary>When the process began: with its id, this tells it from a later process of the same id.</summary>
    public DateTimeOffset? ProcessStarted { get; init; }
    public IReadOnlyList<SettingInForce> Settings { get; init; } = [];

    /// <summary>Null until the run is closed.</summary>
    public FlowReport? Report { get; init; }
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>What became of each file version that the flow asked to keep.</summary>
    public IReadOnlyList<KeptVersion> Kept { get; init; } = [];

    /// <summary>The other files of the run's folder, so that the hash of the manifest stands for all of them.</summary>
    public IReadOnlyList<RunFile> Files { get; init; } = [];

    /// <summary>The line of the journal that this run follows.</summary>
    public JournalHead? Follows { get; init; }

    public IReadOnlyList<DataVersion> Inputs => Report?.Inputs ?? [];

    public IReadOnlyList<DataVersion> Outputs => Report?.Outputs ?? [];
}

/// <param name="Path">Below the run's folder, with slashes.</param>
public sealed record RunFile(string Path, string Sha256, long Bytes);

public enum KeptState
{
    /// <summary>In the archive, under its SHA-256.</summary>
    Kept,

    /// <summary>Larger than the flow's size limit.</summary>
    TooLarge,

    /// <summary>Its bytes were no longer those recorded.</summary>
    Changed,

    /// <summary>It could not be read any more, or the archive could not be written.</summary>
    NotReadable,
}

public sealed record KeptVersion(string Path, string Sha256, long Bytes, KeptState State);
