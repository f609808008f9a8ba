using Cairn.Core.Expressions;

namespace Cairn.Core.Flows;

/// <summary>
/// One entry under <c>shape</c>: a head (where the rows come from) and the changes that follow it, always in this order:
/// where, derive, set, rename, drop, select, types.
/// </summary>
public sealed record Step(string Name, StepHead Head, IReadOnlyList<ColumnChange> Changes, FilePlace Place)
{
    public IReadOnlyList<Expectation> Checks { get; init; } = [];
}

/// <summary>Where a step's rows come from.</summary>
public abstract record StepHead
{
    /// <summary>The tables it reads, in the order written.</summary>
    public abstract IReadOnlyList<NameAt> Inputs { get; }
}

/// <summary>The rows of another table, in their order.</summary>
public sealed record FromHead(NameAt Table) : StepHead
{
    public override IReadOnlyList<NameAt> Inputs => [Table];
}

/// <summary>The first row of each set of rows that are equal in the given columns (all of them when null). Blanks equal blanks.</summary>
public sealed record DistinctHead(NameAt Table, IReadOnlyList<NameAt>? By) : StepHead
{
    public override IReadOnlyList<NameAt> Inputs => [Table];
}

/// <summary>Only the rows whose key occurs once in the table: of a repeated key, all rows go. Rows with a blank in the key count as a key like any other.</summary>
public sealed record OnlyOnceHead(NameAt Table, IReadOnlyList<NameAt> By) : StepHead
{
    public override IReadOnlyList<NameAt> Inputs => [Table];
}

public enum JoinKind
{
    /// <summary>Every left row; once for each right row with its key, once with blanks when there is none.</summary>
    Left,

    /// <summary>Each pair of rows with equal keys.</summary>
    Inner,

    /// <summary>As Left, then the right rows that met no left row.</summary>
    Full,
}

/// <summary>
/// Columns of the left table, then those of the right without its keys. Rows in left order, within it in right order. A blank key meets nothing.
/// </summary>
public sealed record JoinHead(NameAt Left, NameAt Right, IReadOnlyList<KeyPair> By, JoinKind Kind) : StepHead
{
    public override IReadOnlyList<NameAt> Inputs => [Left, Right];
}

/// <summary>The column of the left table and the column of the right table that must be equal.</summary>
public sealed record KeyPair(NameAt Left, NameAt Right);

/// <summary>The rows of all tables one after the other. All must have the same column names; the order is the first's.</summary>
public sealed record UnionHead(IReadOnlyList<NameAt> Tables) : StepHead
{
    public override IReadOnlyList<NameAt> Inputs => Tables;
}

/// <summary>The rows of a table whose key is not in the other table (rows with a blank key stay).</summary>
public sealed record AntiJoinHead(NameAt Table, NameAt Against, IReadOnlyList<KeyPair> By) : StepHead
{
    public override IReadOnlyList<NameAt> Inputs => [Table, Against];
}

/// <summary>One row for each key, in the order of each key's first row: the key columns, then the aggregates.</summary>
public sealed record GroupHead(NameAt Table, IReadOnlyList<NameAt> By, IReadOnlyList<Aggregate> Aggregates) : StepHead
{
    public override IReadOnlyList<NameAt> Inputs => [Table];
}

public enum AggregateKind
{
    /// <summary>Rows (without an argument), or rows where the column is not blank.</summary>
    Count,
    Distinct,
    Min,
    Max,
    First,
    Last,
    Sum,
}

/// <summary>One column of a <see cref="GroupHead"/>. Min and Max compare as text (byte order) unless the column is typed; Sum reads numbers.</summary>
public sealed record Aggregate(string Name, AggregateKind Kind, NameAt? Column, FilePlace Place);

/// <summary>
/// SQL of one workbench's dialect over the tables it names. It must give <c>_row</c> or state an ORDER BY at its end; otherwise the order is not defined
/// and <c>check</c> says so. Parameters stand as <c>$name</c> and are bound, never pasted.
/// </summary>
public sealed record SqlHead(string Text, string Dialect, IReadOnlyList<NameAt> Tables, FilePlace Place) : StepHead
{
    public override IReadOnlyList<NameAt> Inputs => Tables;
}

/// <summary>A change of a table's rows or columns.</summary>
public abstract record ColumnChange;

/// <summary>Keeps the rows for which the condition is true (not false, not unknown).</summary>
public sealed record WhereChange(Expression Condition) : ColumnChange;

/// <summary>Adds a column, or replaces the one of that name in its position.</summary>
public sealed record DeriveChange(NameAt Column, Expression Value) : ColumnChange;

/// <summary>As derive, with a fixed value.</summary>
public sealed record SetChange(NameAt Column, string Value) : ColumnChange;

public sealed record RenameChange(NameAt From, NameAt To) : ColumnChange;

public sealed record DropChange(IReadOnlyList<NameAt> Columns) : ColumnChange;

/// <summary>Keeps these columns, in this order.</summary>
public sealed record SelectChange(IReadOnlyList<NameAt> Columns) : ColumnChange;

/// <summary>Declares types; a row with a value that is not of its column's type is refused.</summary>
public sealed record TypesChange(IReadOnlyList<TypedColumn> Columns) : ColumnChange;

public sealed record TypedColumn(NameAt Column, ColumnType Type);

/// <summary>Text until a flow says otherwise.</summary>
public enum ColumnType
{
    Text,
    Integer,
    Decimal,
    Boolean,
    Date,
    Timestamp,
}
