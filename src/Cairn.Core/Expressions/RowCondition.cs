using Cairn.Core.Expressions.Native;
using Cairn.Core.Tables;

namespace Cairn.Core.Expressions;

/// <summary>A condition compiled for the rows of one table. It holds no state of a row: several threads may use it, each with its own scratch.</summary>
public sealed class RowCondition
{
    private readonly Node<bool> _node;

    internal RowCondition(Node<bool> node) => _node = node;

    /// <summary>True when the condition is true: neither false nor unknown.</summary>
    public bool Holds(RowView row, Scratch scratch) => _node.TryEval(row, scratch, out bool value) && value;

    public Truth Eval(RowView row, Scratch scratch) => !_node.TryEval(row, scratch, out bool value) ? Truth.Unknown : value ? Truth.True : Truth.False;
}
