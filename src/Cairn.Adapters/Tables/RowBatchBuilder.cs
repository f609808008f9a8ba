using System.Text;
using Cairn.Core.Tables;

namespace Cairn.Adapters.Tables;

/// <summary>Makes row batches cell by cell, for sources that have no text to index. The cells are separated by NUL, which none of them may hold.</summary>
/// <param name="columns">Cells of each row.</param>
/// <param name="rows">Takes each full batch.</param>
/// <param name="identify">Every cell is free of NUL, so that a row's bytes tell it from others.</param>
public sealed class RowBatchBuilder(int columns, Action<RowBatch> rows, bool identify = true)
{
    private const int MostRows = 4096;
    private const int MostText = 1 << 20;

    private readonly RowBatch _batch = new()
    {
        Columns = columns,
        RowBytesIdentify = identify,
        Text = new byte[1 << 16],
        Ends = new int[MostRows * columns],
        FirstField = new int[MostRows],
        RowStarts = new int[MostRows],
        Numbers = new long[MostRows],
    };

    private int _text;
    private int _cells;

    public void Row(long number)
    {
        if (_batch.Rows == MostRows || _text > MostText)
        {
            Flush();
        }

        _batch.FirstField[_batch.Rows] = _cells;
        _batch.RowStarts[_batch.Rows] = _text;
        _batch.Numbers[_batch.Rows++] = number;
    }

    public void Cell(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_batch.Text.AsSpan(_text));
        End(text.Length);
    }

    public void Cell(string text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        End(Encoding.UTF8.GetBytes(text, _batch.Text.AsSpan(_text)));
    }

    /// <summary>Hands on what is there.</summary>
    public void Flush()
    {
        if (_batch.Rows > 0)
        {
            rows(_batch);
        }

        (_batch.Rows, _text, _cells) = (0, 0, 0);
    }

    private void Reserve(int bytes)
    {
        if (_batch.Text.Length - _text <= bytes)
        {
            Array.Resize(ref _batch.Text, Math.Max(_batch.Text.Length * 2, _text + bytes + 1));
        }
    }

    private void End(int length)
    {
        _batch.Ends[_cells++] = _text + length;
        _batch.Text[_text + length] = 0;
        _text += length + 1;
    }
}
