using Cairn.Core.Expressions;

namespace Cairn.Core.Flows.Scanning;

/// <summary>A check counted while reading, with the first rows that miss it.</summary>
internal abstract class CheckTally(Expectation check, ScanRow row) : Tally
{
    /// <summary>So many of the rows that miss a check are kept to be listed.</summary>
    public const int Listed = 10_000;
    private readonly MemoryRows _missed = new([new TableColumn("_row", ColumnType.Integer), .. row.Cells.Select(c => new TableColumn(c.Name, ColumnType.Text))]);

    protected long Met { get; private set; }
    protected long Of { get; private set; }

    public ITableRows Missed => _missed;

    public abstract bool Holds { get; }

    public CheckResult Result(string table) => new(table, check.Text, check.Stops, Holds, Met, Of, check.Place);

    protected void Count(bool met)
    {
        Of++;
        if (met)
        {
            Met++;
        }
        else if (_missed.Count < Listed)
        {
            byte[][] cells = new byte[row.Cells.Count + 1][];
            cells[0] = System.Text.Encoding.ASCII.GetBytes(row.Row.ToString());
            for (int i = 1; i < cells.Length; i++)
            {
                cells[i] = row.Text(i - 1).ToArray();
            }

            _missed.Add(cells);
        }
    }

    public static CheckTally? For(Expectation check, ScanRow row, RowHash hash, int fields) => check switch
    {
        ConditionExpectation condition => new ConditionTally(condition, row),
        UniqueExpectation unique => new UniqueTally(unique, row, new RowKey(hash, row, FigureTally.Columns(row, unique.Columns), fields)),
        RowsExpectation rows => new RowCountTally(rows, row),
        _ => null,
    };
}

internal sealed class ConditionTally(ConditionExpectation check, ScanRow row) : CheckTally(check, row)
{
    private readonly ScanCondition _condition = ScanCondition.Of(check.Condition, row);

    public override bool Holds => check.Share.Holds(Met, Of);

    public override void Add() => Count(_condition.IsTrue());
}

internal sealed class UniqueTally(UniqueExpectation check, ScanRow row, RowKey key) : CheckTally(check, row)
{
    private readonly FingerprintSet _seen = new();

    public override bool Holds => Met == Of;

    public override void Add() => Count(_seen.Add(key.Current()));
}

internal sealed class RowCountTally(RowsExpectation check, ScanRow row) : CheckTally(check, row)
{
    public override bool Holds => check.Rows.Holds(Of);

    public override void Add() => Count(true);
}
