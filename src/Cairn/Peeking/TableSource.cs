using Cairn.Core.Flows;
using Cairn.Core.Tables;

namespace Cairn.Peeking;

/// <summary>A finished table as a source, so that it is looked at in the same way as a file.</summary>
internal sealed class TableSource(ITableRows rows) : ISource
{
    private const int RowsInBatch = 256;

    public TableLayout Layout(CancellationToken stop) =>
        new([.. rows.Columns.Select((c, i) => new SourceColumn(c.Name, i, Term: c.Term))], rows.Columns.Count);

    public SourceReport Read(Action<RowBatch> take, IReadWatch watch, CancellationToken stop)
    {
        using IRowReader reader = rows.Open(stop);
        long number = 0;
        while (Fill(reader, number) is { Rows: > 0 } batch)
        {
            stop.ThrowIfCancellationRequested();
            number += batch.Rows;
            take(batch);
        }

        return new SourceReport(number, 0, []);
    }

    public void Dispose()
    {
    }

    private RowBatch Fill(IRowReader reader, long number)
    {
        var text = new List<byte>();
        var ends = new List<int>();
        var starts = new List<int>();
        var first = new List<int>();
        while (starts.Count < RowsInBatch && reader.Next())
        {
            starts.Add(text.Count);
            first.Add(ends.Count);
            for (int column = 0; column < rows.Columns.Count; column++)
            {
                text.AddRange(reader.Text(column));
                ends.Add(text.Count);
                text.Add((byte)'\t');
            }
        }

        return new RowBatch
        {
            Text = [.. text],
            Ends = [.. ends],
            FirstField = [.. first],
            RowStarts = [.. starts],
            Numbers = [.. Enumerable.Range(1, starts.Count).Select(i => number + i)],
            Rows = starts.Count,
            Columns = rows.Columns.Count,
        };
    }
}
