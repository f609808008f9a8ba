namespace Cairn.Core.Tables;

/// <summary>One row as expressions see it: text cells by column index, and the row's number. A blank cell is NULL.</summary>
public abstract class RowView
{
    /// <summary>The row's number in the table at hand, from 1.</summary>
    public abstract long Row { get; }

    /// <summary>The cell as UTF-8; empty when blank. Valid until the view moves to another row.</summary>
    /// <param name="column">Index, as resolved when the expression was compiled.</param>
    public abstract ReadOnlySpan<byte> Text(int column);
}
