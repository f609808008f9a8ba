using System.Text;
using Cairn.Core.Flows;

namespace Cairn.Tests.Stores;

/// <summary>A finished table of texts.</summary>
internal sealed class TestRows(string[] columns, params string[][] rows) : ITableRows
{
    public IReadOnlyList<TableColumn> Columns { get; } = [.. columns.Select(c => new TableColumn(c, ColumnType.Text))];

    public long Count => rows.Length;

    public IRowReader Open(CancellationToken stop) => new Reader(rows);

    private sealed class Reader(string[][] rows) : IRowReader
    {
        private int _at = -1;

        public bool Next() => ++_at < rows.Length;

        public ReadOnlySpan<byte> Text(int column) => Encoding.UTF8.GetBytes(rows[_at][column]);

        public void Dispose()
        {
        }
    }
}
