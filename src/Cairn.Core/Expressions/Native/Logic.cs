using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

/// <summary>False when either side is false, unknown or not; the right side is not looked at when the left decides.</summary>
internal sealed class And(Node<bool> left, Node<bool> right) : TruthNode
{
    public override bool TryEval(RowView row, Scratch scratch, out bool value)
    {
        bool known = left.TryEval(row, scratch, out value);
        if (known && !value)
        {
            return true;
        }

        bool rightKnown = right.TryEval(row, scratch, out value);
        return rightKnown && (!value || known);
    }
}

/// <summary>True when either side is true, unknown or not.</summary>
internal sealed class Or(Node<bool> left, Node<bool> right) : TruthNode
{
    public override bool TryEval(RowView row, Scratch scratch, out bool value)
    {
        bool known = left.TryEval(row, scratch, out value);
        if (known && value)
        {
            return true;
        }

        bool rightKnown = right.TryEval(row, scratch, out value);
        return rightKnown && (value || known);
    }
}

internal sealed class Not(Node<bool> operand) : TruthNode
{
    public override bool TryEval(RowView row, Scratch scratch, out bool value)
    {
        bool known = operand.TryEval(row, scratch, out value);
        value = !value;
        return known;
    }
}

internal sealed class NullTest(Node operand, bool whenNull) : TruthNode
{
    public override bool TryEval(RowView row, Scratch scratch, out bool value)
    {
        value = operand.IsNull(row, scratch) == whenNull;
        return true;
    }
}
