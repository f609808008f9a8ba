using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

/// <summary>A part of a compiled expression.</summary>
internal abstract class Node
{
    /// <summary>True when its value is the same for every row.</summary>
    public virtual bool IsConstant => false;

    public abstract ValueType Type { get; }

    public abstract bool IsNull(RowView row, Scratch scratch);

    /// <summary>The node itself, or its value where that is the same for every row.</summary>
    public abstract Node Folded(params ReadOnlySpan<Node> arguments);
}

/// <summary>
/// A part with a value of type T: UTF-8 text, long, double or bool. A text is never empty: where it would be, the value is NULL, as a blank cell is.
/// </summary>
internal abstract class Node<T> : Node
    where T : allows ref struct
{
    /// <summary>False when the value is NULL.</summary>
    public abstract bool TryEval(RowView row, Scratch scratch, out T value);

    public sealed override bool IsNull(RowView row, Scratch scratch) => !TryEval(row, scratch, out _);
}

internal abstract class TextNode : Node<ReadOnlySpan<byte>>
{
    public override ValueType Type => ValueType.Text;

    public sealed override Node Folded(params ReadOnlySpan<Node> arguments) =>
        Constants.All(arguments) ? new ConstantText(TryEval(Constants.NoRow, new Scratch(), out ReadOnlySpan<byte> value) ? value.ToArray() : []) : this;
}

internal abstract class IntegerNode : Node<long>
{
    public override ValueType Type => ValueType.Integer;

    public sealed override Node Folded(params ReadOnlySpan<Node> arguments) =>
        Constants.All(arguments) ? new ConstantInteger(TryEval(Constants.NoRow, new Scratch(), out long value) ? value : null) : this;
}

internal abstract class NumberNode : Node<double>
{
    public override ValueType Type => ValueType.Number;

    public sealed override Node Folded(params ReadOnlySpan<Node> arguments) =>
        Constants.All(arguments) ? new ConstantNumber(TryEval(Constants.NoRow, new Scratch(), out double value) ? value : null) : this;
}

internal abstract class TruthNode : Node<bool>
{
    public override ValueType Type => ValueType.Boolean;

    public sealed override Node Folded(params ReadOnlySpan<Node> arguments) =>
        Constants.All(arguments) ? new ConstantTruth(TryEval(Constants.NoRow, new Scratch(), out bool value) ? value : null) : this;
}
