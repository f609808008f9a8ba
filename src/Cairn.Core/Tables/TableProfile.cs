namespace Cairn.Core.Tables;

/// <summary>A <see cref="ColumnProfile"/> for each column of a table, filled from batches as they are read.</summary>
public sealed class TableProfile(TableLayout layout)
{
    private readonly CellReader _cells = new(layout);

    public IReadOnlyList<ColumnProfile> Columns { get; } = [.. layout.Columns.Select(c => new ColumnProfile(c.Name))];
    public long Rows { get; private set; }

    public void Add(RowBatch batch)
    {
        for (int row = 0; row < batch.Rows; row++)
        {
            for (int column = 0; column < Columns.Count; column++)
            {
                Columns[column].Add(_cells.Cell(batch, row, column));
            }
        }

        Rows += batch.Rows;
    }
}
