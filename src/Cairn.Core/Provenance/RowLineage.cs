namespace Cairn.Core.Provenance;

/// <summary>A row of a source that a written row came from.</summary>
/// <param name="Table">The table as the flow calls it.</param>
/// <param name="Row">Its number in that table's source: from 1, header not counted.</param>
/// <param name="Files">What the table was read from, one or several files read as one.</param>
public sealed record SourceRow(string Table, long Row, IReadOnlyList<DataVersion> Files);

/// <summary>Which source rows a written row came from.</summary>
/// <param name="Without">Source tables that gave this row nothing (a join that met no row).</param>
public sealed record RowLineage(string Run, string Table, long Row, DataVersion? Output, IReadOnlyList<SourceRow> Sources, IReadOnlyList<string> Without);
