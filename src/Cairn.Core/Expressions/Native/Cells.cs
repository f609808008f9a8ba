using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

internal sealed class Cell(int column) : TextNode
{
    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value)
    {
        value = row.Text(column);
        return !value.IsEmpty;
    }
}

/// <summary>row()</summary>
internal sealed class RowNumber : IntegerNode
{
    public override bool TryEval(RowView row, Scratch scratch, out long value)
    {
        value = row.Row;
        return true;
    }
}
