using Cairn.Core.Tables;

namespace Cairn.Core.Flows.Scanning;

/// <summary>Where a column of a branch has its cells: a field of the source's row (with a default for empty ones), a constant, or a derived value.</summary>
internal readonly record struct Cell(string Name, int Field, int Slot, byte[]? Fixed)
{
    public static Cell OfField(string name, int field, byte[]? fill) => new(name, field, -1, fill);

    public static Cell OfSlot(string name, int slot) => new(name, -1, slot, null);

    public static Cell OfConstant(string name, byte[] value) => new(name, -1, -1, value);

    /// <summary>A field as it stands, so that equal bytes mean equal cells.</summary>
    public bool IsPlainField => Field >= 0 && Fixed is null;
}

/// <summary>The row at hand, with the values derived for it. One for a scan; views of its branches look into it.</summary>
internal sealed class ScanCursor
{
    private readonly List<byte[]> _slots = [];
    private readonly List<int> _lengths = [];

    public RowBatch Batch { get; set; } = new();
    public int Row { get; set; }
    public long Number => Batch.Numbers[Row];

    public int AddSlot()
    {
        _slots.Add(new byte[64]);
        _lengths.Add(0);
        return _slots.Count - 1;
    }

    public void Put(int slot, ReadOnlySpan<byte> value)
    {
        if (value.Length > _slots[slot].Length)
        {
            _slots[slot] = new byte[value.Length * 2];
        }

        value.CopyTo(_slots[slot]);
        _lengths[slot] = value.Length;
    }

    public ReadOnlySpan<byte> Read(in Cell cell)
    {
        if (cell.Field >= 0)
        {
            ReadOnlySpan<byte> text = Batch.Field(Row, cell.Field);
            return text.IsEmpty && cell.Fixed is not null ? cell.Fixed : text;
        }

        return cell.Slot >= 0 ? _slots[cell.Slot].AsSpan(0, _lengths[cell.Slot]) : cell.Fixed;
    }
}

/// <summary>A branch's columns at one point of its changes, over the row at hand.</summary>
internal sealed class ScanRow(ScanCursor cursor, IReadOnlyList<Cell> cells) : RowView
{
    private readonly Cell[] _cells = [.. cells];

    public IReadOnlyList<Cell> Cells => _cells;
    public ScanCursor Cursor => cursor;
    public override long Row => cursor.Number;

    public override ReadOnlySpan<byte> Text(int column) => cursor.Read(_cells[column]);

    /// <summary>The column's index; throws when there is none, which ColumnCheck has ruled out.</summary>
    public int Index(string name)
    {
        int index = Array.FindIndex(_cells, c => c.Name == name);
        return index >= 0 ? index : throw new InvalidOperationException($"column {name} is not in the scan");
    }
}
