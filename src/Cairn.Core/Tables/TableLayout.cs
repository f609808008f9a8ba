namespace Cairn.Core.Tables;

/// <summary>The columns of a table as a source offers them.</summary>
/// <param name="Columns">In order; names are unique (a source that meets a name twice renames the later one and says so in Findings).</param>
/// <param name="FieldCount">How many fields each row of its batches has.</param>
public sealed record TableLayout(IReadOnlyList<SourceColumn> Columns, int FieldCount)
{
    /// <summary>What was seen while finding the columns: two columns of one name, columns not mapped.</summary>
    public IReadOnlyList<Problem> Findings { get; init; } = [];

    /// <summary>The tables that lie in the same place, this one among them, for a person who looks; empty where there is only this one.</summary>
    public IReadOnlyList<TableOffer> Tables { get; init; } = [];
}

/// <summary>A table that lies beside others in one source, such as an extension of a Darwin Core archive.</summary>
/// <param name="Key">What the source's setting <c>table</c> calls it.</param>
/// <param name="About">What it is, in a few words.</param>
public sealed record TableOffer(string Key, string About);

/// <summary>A column of a source.</summary>
/// <param name="Name">As flows call it.</param>
/// <param name="Field">Which field of the row, from 0; null for a constant column.</param>
/// <param name="Default">Fills empty cells (with a field), or every cell (without).</param>
/// <param name="Term">The full name where there is one, such as a Darwin Core term's URI.</param>
/// <param name="DelimitedBy">Separator of lists inside a value (Darwin Core text guide, delimitedBy); kept, not acted on.</param>
public sealed record SourceColumn(string Name, int? Field, string? Default = null, string? Term = null, string? DelimitedBy = null, string? Vocabulary = null);
