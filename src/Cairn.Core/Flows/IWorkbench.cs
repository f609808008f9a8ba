using Cairn.Core.Tables;

namespace Cairn.Core.Flows;

/// <summary>
/// Holds a run's working tables and does the steps that were not done while reading. Tables carry the row number <c>_row</c> and, for each source,
/// the number of the source row they came from (<c>_from_NAME</c>), through every short form.
/// </summary>
public interface IWorkbench : IDisposable
{
    /// <summary>Makes a table to be filled with rows as they are read.</summary>
    ITableFill Fill(WorkTable table);

    /// <summary>Does one step over tables that are there; returns its account and the findings.</summary>
    /// <param name="parameters">Values of <c>$name</c> in sql steps.</param>
    StepResult Run(Step step, IReadOnlyList<Parameter> parameters, CancellationToken stop);

    /// <summary>Evaluates checks and figures on a table that is there.</summary>
    TableResult Examine(string table, IReadOnlyList<Expectation> checks, IReadOnlyList<Figure> figures, CancellationToken stop);

    /// <summary>The table's rows in order: its columns, without the numbers it carries.</summary>
    ITableRows Rows(string table);

    /// <summary>For each row of the table in order, <c>row</c> (from 1) and the number of the row of each source it came from (blank for none).</summary>
    ITableRows SourceRows(string table);

    /// <summary>The different keys of the table, as text; keys with a blank are left out. In no order.</summary>
    IRowReader Keys(string table, IReadOnlyList<string> columns, CancellationToken stop);

    WorkTable Describe(string table);

    /// <summary>Frees a table that nothing later needs.</summary>
    void Drop(string table);
}

/// <param name="Sources">The source tables whose row numbers its rows carry.</param>
public sealed record WorkTable(string Name, IReadOnlyList<TableColumn> Columns, IReadOnlyList<string> Sources)
{
    public long Count { get; init; }
}

/// <summary>Fills a table: begin a row with its number and its source row numbers (0 for none), then each cell in order.</summary>
public interface ITableFill : IDisposable
{
    void Row(long number, ReadOnlySpan<long> sourceRows);

    /// <summary>An empty cell is blank.</summary>
    void Cell(ReadOnlySpan<byte> text);

    /// <summary>Ends the filling; returns the number of rows by the workbench's own count.</summary>
    long Finish();
}

public sealed record StepResult(Account Account, IReadOnlyList<Problem> Findings)
{
    /// <summary>Rows with a value that is not of its declared type.</summary>
    public IReadOnlyList<MissedRows> Missed { get; init; } = [];

    /// <summary>The statements that made the table, for a person to read.</summary>
    public IReadOnlyList<string> Statements { get; init; } = [];
}

/// <summary>Values of checks and figures, and for each check that has rows which miss it, those rows (to be listed in the run).</summary>
public sealed record TableResult(IReadOnlyList<CheckResult> Checks, IReadOnlyList<FigureValue> Figures, IReadOnlyList<MissedRows> Missed);

public sealed record MissedRows(string Name, ITableRows Rows);
