namespace Cairn.Core.Flows;

/// <summary>
/// The account of one table: rows in + rows added (by what) = rows out + rows gone (by what). Every number is counted where it happens, none is
/// found by subtraction.
/// </summary>
/// <param name="In">Rows of each table that came in. For a join, the left table; for a lookup on the right see Beside.</param>
public sealed record Account(string Table, IReadOnlyList<Movement> In, IReadOnlyList<Movement> Added, IReadOnlyList<Movement> Gone, long Out)
{
    /// <summary>Counts worth showing that are not part of the sum: right rows of a join, right rows that met nothing.</summary>
    public IReadOnlyList<Movement> Beside { get; init; } = [];

    /// <summary>True for a sql step: only rows in and rows out are known, so nothing can be balanced.</summary>
    public bool Opaque { get; init; }

    /// <summary>True when the step was done while its source was read.</summary>
    public bool Fused { get; init; }

    /// <summary>True when its rows never reached the workbench, because nothing after it needed more of them than its counts.</summary>
    public bool CountedOnly { get; init; }
    public double Seconds { get; init; }

    public bool Balances => Opaque || In.Sum(m => m.Rows) + Added.Sum(m => m.Rows) == Out + Gone.Sum(m => m.Rows);
}

/// <param name="Reason">A table's name, or a word of <see cref="Reasons"/>.</param>
public sealed record Movement(string Reason, long Rows);

/// <summary>The reasons rows come and go.</summary>
public static class Reasons
{
    public const string Records = "records";
    public const string Refused = "refused";
    public const string Duplicate = "exact duplicate";
    public const string Filtered = "filtered";
    public const string RepeatedKey = "repeated key";
    public const string Unmatched = "unmatched";
    public const string Matched = "matched";
    public const string Grouped = "grouped";
    public const string NotConvertible = "not of its type";
    public const string MoreMatches = "more matches";
    public const string OnlyRight = "only right";
    public const string RightRows = "right rows";
    public const string RightUnmatched = "right rows unmatched";
    public const string RightUnused = "right rows with no left row";
}
