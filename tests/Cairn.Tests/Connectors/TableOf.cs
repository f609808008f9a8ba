using System.Text;
using Cairn.Core.Flows;

namespace Cairn.Tests.Connectors;

/// <summary>A finished table of given rows.</summary>
internal sealed class TableOf(string[] columns, params string[][] rows) : ITableRows
{
    public IReadOnlyList<TableColumn> Columns { get; init; } = [.. columns.Select(c => new TableColumn(c, ColumnType.Text))];
    public long Count => rows.Length;

    /// <summary>Done when a reader is opened.</summary>
    public Action OnOpen { get; init; } = () => { };

    public IRowReader Open(CancellationToken stop)
    {
        OnOpen();
        return new Reader(rows);
    }

    private sealed class Reader(string[][] rows) : IRowReader
    {
        private int at = -1;

        public bool Next() => ++at < rows.Length;

        public ReadOnlySpan<byte> Text(int column) => Encoding.UTF8.GetBytes(rows[at][column]);

        public void Dispose()
        {
        }
    }
}
