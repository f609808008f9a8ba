using Cairn.Core.Provenance;
using Cairn.Core.Settings;
using Cairn.Core.Tables;

namespace Cairn.Core.Flows;

/// <summary>A kind of source: its name in flow files, what it takes, and how it is opened. Found by discovery; one folder under Connectors.</summary>
public interface ISourceConnector
{
    /// <summary>The key in a flow file, such as <c>delimited</c>.</summary>
    string Name { get; }

    /// <summary>One sentence for <c>cairn connectors</c>.</summary>
    string About { get; }

    /// <summary>The settings it takes under <c>read</c>.</summary>
    ObjectShape SourceShape { get; }

    /// <summary>Makes a source of checked settings. Touches nothing yet. Throws <see cref="ProblemException"/> for settings that contradict each other.</summary>
    ISource OpenSource(SourceRequest request);
}

/// <param name="Table">The table's name in the flow, for problems and refused rows.</param>
/// <param name="Settings">Checked against the shape; parameters filled in.</param>
/// <param name="Folder">Relative paths start here.</param>
/// <param name="Cache">Where downloads may be kept between runs.</param>
/// <param name="Work">A folder of this run for temporary files; removed with the run's working tables.</param>
/// <param name="Wanted">Columns the flow uses, or null for all: a hint, a source may give more.</param>
public sealed record SourceRequest(string Table, MapSetting Settings, string Folder, string Cache, string Work, IReadOnlyList<string>? Wanted, FilePlace Place);

/// <summary>
/// A source of one table. Layout is asked first and reads no more than headers and descriptors; Read is called once. Both throw
/// <see cref="ProblemException"/> when the source as a whole cannot be read, <see cref="OperationCanceledException"/> when asked to stop;
/// the flow runner handles both.
/// </summary>
public interface ISource : IDisposable
{
    TableLayout Layout(CancellationToken stop);

    /// <summary>Hands on every row, in order, once, on one thread at a time; each batch is valid during the call only.</summary>
    SourceReport Read(Action<RowBatch> rows, IReadWatch watch, CancellationToken stop);
}

/// <summary>What a source tells while it reads. May be called from any thread of the source, one at a time.</summary>
public interface IReadWatch
{
    /// <summary>A row that could not be read.</summary>
    void Refused(RefusedRow row);

    /// <summary>How far it is, in bytes as stored; total null when not known.</summary>
    void Progress(long bytesDone, long? bytesTotal);
}

/// <summary>A row that was not taken, with the reason in words and the code of the problem.</summary>
/// <param name="Row">Its number in the table's source, from 1.</param>
/// <param name="Line">The line in the file where it begins, from 1.</param>
/// <param name="Text">The beginning of the row as read, at most 200 characters, invalid bytes shown as U+FFFD.</param>
public sealed record RefusedRow(string Table, string File, long Line, long Row, string Code, string Reason, string Text);

/// <summary>What was read, by the source's own counters.</summary>
/// <param name="Records">Data records met: handed on + refused.</param>
/// <param name="Refused">Records refused.</param>
/// <param name="Inputs">Every file read, hashed while it was read.</param>
public sealed record SourceReport(long Records, long Refused, IReadOnlyList<DataVersion> Inputs)
{
    /// <summary>Short rows that were filled with blanks (also described in Findings).</summary>
    public long Filled { get; init; }

    /// <summary>Bytes of text after decompression.</summary>
    public long TextBytes { get; init; }
    public IReadOnlyList<Problem> Findings { get; init; } = [];
}
