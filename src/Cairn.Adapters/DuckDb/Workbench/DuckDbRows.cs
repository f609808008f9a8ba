using Cairn.Core.Flows;

namespace Cairn.Adapters.DuckDb.Workbench;

/// <summary>The rows of a query whose columns are all text, streamed on a connection of their own.</summary>
internal sealed class DuckDbRows(DuckDbDatabase database, IReadOnlyList<TableColumn> columns, string sql, long count, params object?[] values) : ITableRows
{
    public IReadOnlyList<TableColumn> Columns => columns;
    public long Count => count;

    public IRowReader Open(CancellationToken stop) => new Reader(database.Connect(), sql, values, stop);

    private sealed class Reader : IRowReader
    {
        private readonly DuckDbConnection _connection;
        private readonly DuckDbResult _result;
        private int _row = -1;

        public Reader(DuckDbConnection connection, string sql, object?[] values, CancellationToken stop)
        {
            _connection = connection;
            _result = DuckDbWorkbench.Translated(() => connection.Stream(sql, stop, values));
        }

        public bool Next()
        {
            if (++_row < _result.RowCount)
            {
                return true;
            }

            _row = 0;
            return DuckDbWorkbench.Translated(_result.NextChunk);
        }

        public ReadOnlySpan<byte> Text(int column) => _result.IsNull(_row, column) ? default : _result.Utf8(_row, column);

        public void Dispose()
        {
            _result.Dispose();
            _connection.Dispose();
        }
    }
}
