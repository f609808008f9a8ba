namespace Cairn.Core.Flows.Scanning;

/// <summary>A few rows held in memory, such as those that missed a check.</summary>
public sealed class MemoryRows(IReadOnlyList<TableColumn> columns) : ITableRows
{
    private readonly List<byte[][]> _rows = [];

    public IReadOnlyList<TableColumn> Columns => columns;
    public long Count => _rows.Count;

    public void Add(params byte[][] cells) => _rows.Add(cells);

    public IRowReader Open(CancellationToken stop) => new Reader(_rows);

    private sealed class Reader(List<byte[][]> rows) : IRowReader
    {
        private int _at = -1;

        public bool Next() => ++_at < rows.Count;

        public ReadOnlySpan<byte> Text(int column) => rows[_at][column];

        public void Dispose()
        {
        }
    }
}
