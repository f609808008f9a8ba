using System.Text;
using Cairn.Adapters.Tables;
using Cairn.Core;
using Cairn.Core.Tables;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>
/// Looks at rows on their way: cells that are <c>\N</c>, a MySQL export's null, are told (and stay); the values a flow names under <c>nulls</c> become blank.
/// </summary>
internal sealed class CellWatch(string table, IReadOnlyList<string> nulls, int columns, Action<RowBatch> rows)
{
    private static ReadOnlySpan<byte> BackslashN => "\\N"u8;

    private readonly byte[][] _nulls = [.. nulls.Select(Encoding.UTF8.GetBytes)];
    private readonly RowBatchBuilder? _builder = nulls.Count == 0 ? null : new RowBatchBuilder(columns, rows, identify: false);
    private readonly List<string> _first = [];
    private long _seen;

    public IEnumerable<Problem> Findings => _seen == 0 ? [] :
    [
        new Problem("darwin-core/backslash-n", ProblemKind.Finding, $"{table}: {(_seen == 1 ? "1 cell is" : $"{_seen:N0} cells are")} \\N, as a MySQL export writes a missing value; left as written", new RowPlace(table),
            "to make them blank: nulls: [\"\\\\N\"]") { Details = _first },
    ];

    public void Take(RowBatch batch)
    {
        if (_builder is not null)
        {
            Blank(batch);
            return;
        }

        if (batch.Rows > 0)
        {
            Look(batch);
        }

        rows(batch);
    }

    public void End() => _builder?.Flush();

    private void Blank(RowBatch batch)
    {
        for (int r = 0; r < batch.Rows; r++)
        {
            _builder!.Row(batch.Numbers[r]);
            for (int c = 0; c < columns; c++)
            {
                ReadOnlySpan<byte> cell = batch.Field(r, c);
                _builder.Cell(IsNull(cell) ? default : cell);
            }
        }
    }

    private bool IsNull(ReadOnlySpan<byte> cell)
    {
        foreach (byte[] text in _nulls)
        {
            if (cell.SequenceEqual(text))
            {
                return true;
            }
        }

        return false;
    }

    // One search over the batch's text; only where it finds something is it asked whether that is a cell.
    private void Look(RowBatch batch)
    {
        int last = batch.Rows - 1;
        int end = batch.Ends[batch.FirstField[last] + columns - 1];
        int row = 0;
        for (int at = batch.RowStarts[0]; ;)
        {
            int found = at >= end ? -1 : batch.Text.AsSpan(at, end - at).IndexOf(BackslashN);
            if (found < 0)
            {
                return;
            }

            at += found;
            while (row < last && batch.RowStarts[row + 1] <= at)
            {
                row++;
            }

            for (int c = 0; c < columns; c++)
            {
                int k = batch.FirstField[row] + c;
                if (batch.Ends[k] >= at + BackslashN.Length)
                {
                    int start = c == 0 ? batch.RowStarts[row] : batch.Ends[k - 1] + 1;
                    if (start == at && batch.Ends[k] == at + BackslashN.Length)
                    {
                        Tell(batch.Numbers[row], c);
                    }

                    break;
                }
            }

            at += BackslashN.Length;
        }
    }

    private void Tell(long number, int column)
    {
        if (_seen++ < 5)
        {
            _first.Add($"row {number}, column {column}");
        }
    }
}
