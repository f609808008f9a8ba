using Cairn.Core.Provenance;

namespace Cairn.Core.Flows;

/// <summary>What a flow did or would do, as one value: printed, saved as the plan, put in the run's manifest, given as JSON.</summary>
public sealed record FlowReport(string Flow)
{
    public IReadOnlyList<Account> Accounts { get; init; } = [];

    /// <summary>What each table was made of: lineage follows it from a written row to the file it was read from.</summary>
    public IReadOnlyList<TableOrigin> Origins { get; init; } = [];

    /// <summary>Values: long, string, null, IReadOnlyDictionary&lt;string, long&gt;, or a list of IReadOnlyDictionary&lt;string, string?&gt;; in the flow's order.</summary>
    public IReadOnlyList<FigureValue> Figures { get; init; } = [];

    /// <summary>What Cairn noticed by itself, and the warnings asked for that were not met (Problem.Kind is Finding).</summary>
    public IReadOnlyList<Problem> Findings { get; init; } = [];
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];
    public IReadOnlyList<PlannedWrite> Writes { get; init; } = [];
    public IReadOnlyList<DataVersion> Inputs { get; init; } = [];

    /// <summary>Empty in a plan.</summary>
    public IReadOnlyList<DataVersion> Outputs { get; init; } = [];
    public long RefusedRows { get; init; }
    public IReadOnlyList<StageTime> Times { get; init; } = [];

    /// <summary>Does every account balance, and do sources and destinations agree with the runner's own counts?</summary>
    public bool Balanced { get; init; } = true;
    public double Seconds { get; init; }
}

public sealed record FigureValue(string Name, string Table, object? Value, object? Expected = null, bool? Met = null);

/// <param name="Met">Rows (or cases) that met it.</param>
public sealed record CheckResult(string Table, string Text, bool Stops, bool Holds, long Met, long Of, FilePlace Place);

/// <summary>What a write puts where.</summary>
/// <param name="Preview">The first rows, columns in order, each cell as text.</param>
public sealed record PlannedWrite(string Name, string Connector, string Path, long Rows, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Preview, DataVersion? Replaces)
{
    /// <summary>The flow's tables that go into it.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];
}

/// <summary>What a table was made of.</summary>
/// <param name="Tables">The tables its step took, in the order written; empty for a table that is read.</param>
/// <param name="Files">The paths it was read from, as in <see cref="FlowReport.Inputs"/>, in the order of its rows; empty for a shaped table.</param>
public sealed record TableOrigin(string Table, IReadOnlyList<string> Tables, IReadOnlyList<string> Files);

/// <param name="Stage">"read media", "join matched", "write result".</param>
public sealed record StageTime(string Stage, double Seconds, double CpuSeconds);
