using Cairn.Core.Expressions.Native;
using Cairn.Core.Tables;

namespace Cairn.Core.Expressions;

/// <summary>
/// A value compiled for the rows of one table, as the text of a cell. It holds no state of a row: several threads may use it, each with its own scratch.
/// </summary>
public sealed class RowText
{
    private readonly Node<ReadOnlySpan<byte>> _node;

    internal RowText(Node<ReadOnlySpan<byte>> node) => _node = node;

    /// <summary>False, and an empty value, for NULL. A value is never empty otherwise.</summary>
    /// <param name="value">UTF-8, valid until the scratch is reset or the view moves on.</param>
    public bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value) => _node.TryEval(row, scratch, out value);
}
