using Cairn.Core.Provenance;
using Cairn.Core.Settings;
using Cairn.Core.Tables;

namespace Cairn.Core.Flows;

/// <summary>A kind of destination; the twin of <see cref="ISourceConnector"/>.</summary>
public interface IDestinationConnector
{
    string Name { get; }
    string About { get; }

    /// <summary>The settings it takes under <c>write: ... to:</c>.</summary>
    ObjectShape DestinationShape { get; }

    /// <summary>The tables a write takes: the entry's own name, or those its settings name.</summary>
    IReadOnlyList<NameAt> Tables(string name, MapSetting settings);

    IDestination OpenDestination(DestinationRequest request);
}

/// <param name="Inputs">Absolute paths of the run's input files: an output equal to one is refused.</param>
public sealed record DestinationRequest(string Name, MapSetting Settings, string Folder, string Work, IReadOnlyList<string> Inputs, FilePlace Place);

/// <summary>
/// A place that tables are written to, whole. Nothing shows under the final name before it is complete: written to a temporary name in the same
/// folder, flushed to disk, renamed.
/// </summary>
public interface IDestination : IDisposable
{
    /// <summary>What is there now. Throws <see cref="ProblemException"/> when it could not be written: no folder, no right, equal to an input.</summary>
    DestinationState Look(CancellationToken stop);

    /// <summary>
    /// Asked when the tables are there and nothing has been written anywhere. Throws <see cref="ProblemException"/> when their columns are not what it
    /// takes. Reads no rows.
    /// </summary>
    void Fit(IReadOnlyDictionary<string, ITableRows> tables)
    {
    }

    /// <summary>Writes all tables, or leaves what was there. Throws <see cref="ProblemException"/> (disk full, another run is writing it).</summary>
    DestinationReport Write(IReadOnlyDictionary<string, ITableRows> tables, CancellationToken stop);
}

/// <param name="Path">Where it will be, absolute.</param>
/// <param name="Current">The version there now; null when there is none.</param>
public sealed record DestinationState(string Path, DataVersion? Current);

/// <param name="Rows">Rows written for each table, by the destination's own counter.</param>
public sealed record DestinationReport(IReadOnlyList<DataVersion> Outputs, IReadOnlyDictionary<string, long> Rows)
{
    public IReadOnlyList<Problem> Findings { get; init; } = [];
}

/// <summary>A finished table, in order, read once from the first row to the last.</summary>
public interface ITableRows
{
    IReadOnlyList<TableColumn> Columns { get; }
    long Count { get; }

    /// <summary>Opens a reader before the first row.</summary>
    IRowReader Open(CancellationToken stop);
}

/// <param name="Term">The full name, where the source gave one.</param>
public sealed record TableColumn(string Name, ColumnType Type, string? Term = null)
{
    /// <summary>Separator of lists inside a value, kept from a Darwin Core Archive.</summary>
    public string? DelimitedBy { get; init; }
    public string? Vocabulary { get; init; }
}

/// <summary>One row at a time; cells as UTF-8 text in the form that is written (a date as YYYY-MM-DD). Cells are valid until Next.</summary>
public interface IRowReader : IDisposable
{
    bool Next();

    /// <summary>Empty when blank.</summary>
    ReadOnlySpan<byte> Text(int column);
}
