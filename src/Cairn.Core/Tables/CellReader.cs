using System.Text;

namespace Cairn.Core.Tables;

/// <summary>Cells as a table's layout gives them: a field of the row, its default where that is blank, or a constant.</summary>
public sealed class CellReader(TableLayout layout)
{
    private readonly byte[][] _defaults = [.. layout.Columns.Select(c => Encoding.UTF8.GetBytes(c.Default ?? ""))];
    private readonly int[] _fields = [.. layout.Columns.Select(c => c.Field ?? -1)];

    public int Columns => _fields.Length;

    /// <summary>UTF-8; empty when blank. Valid as long as the batch is.</summary>
    public ReadOnlySpan<byte> Cell(RowBatch batch, int row, int column)
    {
        ReadOnlySpan<byte> field = _fields[column] < 0 ? default : batch.Field(row, _fields[column]);
        return field.IsEmpty ? _defaults[column] : field;
    }

    /// <summary>A whole row as text; a blank cell is null.</summary>
    public string?[] Row(RowBatch batch, int row)
    {
        var cells = new string?[Columns];
        for (int column = 0; column < cells.Length; column++)
        {
            ReadOnlySpan<byte> cell = Cell(batch, row, column);
            cells[column] = cell.IsEmpty ? null : Encoding.UTF8.GetString(cell);
        }

        return cells;
    }
}
