using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

internal static class Constants
{
    /// <summary>For evaluating what depends on no row.</summary>
    public static readonly RowView NoRow = new Absent();

    public static bool All(ReadOnlySpan<Node> nodes)
    {
        foreach (Node node in nodes)
        {
            if (!node.IsConstant)
            {
                return false;
            }
        }

        return true;
    }

    private sealed class Absent : RowView
    {
        public override long Row => throw new InvalidOperationException("a constant asked for the row's number");

        public override ReadOnlySpan<byte> Text(int column) => throw new InvalidOperationException("a constant asked for a cell");
    }
}

/// <summary>A text that is the same for every row; empty for NULL.</summary>
internal sealed class ConstantText(byte[] text) : TextNode
{
    public byte[] Text => text;

    public override bool IsConstant => true;

    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value)
    {
        value = text;
        return text.Length > 0;
    }
}

internal sealed class ConstantInteger(long? number) : IntegerNode
{
    public override bool IsConstant => true;

    public override bool TryEval(RowView row, Scratch scratch, out long value)
    {
        value = number.GetValueOrDefault();
        return number.HasValue;
    }
}

internal sealed class ConstantNumber(double? number) : NumberNode
{
    public override bool IsConstant => true;

    public override bool TryEval(RowView row, Scratch scratch, out double value)
    {
        value = number.GetValueOrDefault();
        return number.HasValue;
    }
}

internal sealed class ConstantTruth(bool? truth) : TruthNode
{
    public override bool IsConstant => true;

    public override bool TryEval(RowView row, Scratch scratch, out bool value)
    {
        value = truth.GetValueOrDefault();
        return truth.HasValue;
    }
}

/// <summary>A bare NULL, which takes the type of what stands beside it.</summary>
internal sealed class NullNode : Node
{
    public override bool IsConstant => true;

    public override ValueType Type => ValueType.Unknown;

    public override bool IsNull(RowView row, Scratch scratch) => true;

    public override Node Folded(params ReadOnlySpan<Node> arguments) => this;
}
