using Cairn.Core.Tables;

namespace Cairn.Core.Flows.Scanning;

/// <summary>The fingerprint of some columns of a row, such that equal values give equal fingerprints and the boundary between values counts.</summary>
internal sealed class RowKey
{
    private readonly RowHash _hash;
    private readonly ScanRow _row;
    private readonly int[] _columns;

    /// <summary>All fields of the source, each once and as it stands: then the row's own bytes will do, where the batch allows.</summary>
    private readonly bool _wholeRow;
    private byte[] _joined = new byte[256];

    /// <param name="fields">How many fields a row of the source has.</param>
    public RowKey(RowHash hash, ScanRow row, IReadOnlyList<int> columns, int fields)
    {
        _hash = hash;
        _row = row;
        _columns = [.. columns];
        _wholeRow = columns.Count == fields && columns.All(c => row.Cells[c].IsPlainField)
            && columns.Select(c => row.Cells[c].Field).Order().SequenceEqual(Enumerable.Range(0, fields));
    }

    public Fingerprint Current()
    {
        ScanCursor cursor = _row.Cursor;
        return _wholeRow && cursor.Batch.RowBytesIdentify ? _hash.Of(cursor.Batch.WholeRow(cursor.Row)) : _hash.Of(Joined());
    }

    /// <summary>The fingerprint of another row of the batch at hand; only where the row's own bytes are enough.</summary>
    public bool TryOf(RowBatch batch, int row, out Fingerprint fingerprint)
    {
        bool enough = _wholeRow && batch.RowBytesIdentify;
        fingerprint = enough ? _hash.Of(batch.WholeRow(row)) : default;
        return enough;
    }

    /// <summary>True when every column of the key is filled.</summary>
    public bool Filled()
    {
        foreach (int column in _columns)
        {
            if (_row.Text(column).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The values with the byte FF between them, which no UTF-8 text holds.</summary>
    private ReadOnlySpan<byte> Joined()
    {
        if (_columns.Length == 1)
        {
            return _row.Text(_columns[0]);
        }

        int length = 0;
        foreach (int column in _columns)
        {
            ReadOnlySpan<byte> text = _row.Text(column);
            if (length + text.Length + 1 > _joined.Length)
            {
                Array.Resize(ref _joined, (length + text.Length + 1) * 2);
            }

            text.CopyTo(_joined.AsSpan(length));
            length += text.Length;
            _joined[length++] = 0xFF;
        }

        return _joined.AsSpan(0, length);
    }

    /// <summary>The fingerprint that a row with these values has.</summary>
    public static Fingerprint Of(RowHash hash, IReadOnlyList<byte[]> values)
    {
        if (values.Count == 1)
        {
            return hash.Of(values[0]);
        }

        return hash.Of([.. values.SelectMany(v => v.Append((byte)0xFF))]);
    }
}
