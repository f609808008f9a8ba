using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

/// <summary>Whole numbers; NULL where the result does not fit in 64 bits.</summary>
internal sealed class IntegerArithmetic(BinaryOperator operation, Node<long> left, Node<long> right) : IntegerNode
{
    public override bool TryEval(RowView row, Scratch scratch, out long value)
    {
        value = 0;
        if (!left.TryEval(row, scratch, out long a) || !right.TryEval(row, scratch, out long b))
        {
            return false;
        }

        Int128 result = operation switch
        {
            BinaryOperator.Add => (Int128)a + b,
            BinaryOperator.Subtract => (Int128)a - b,
            _ => (Int128)a * b,
        };
        if (result < long.MinValue || result > long.MaxValue)
        {
            return false;
        }

        value = (long)result;
        return true;
    }
}

/// <summary>64-bit IEEE numbers; NULL where the result is not finite.</summary>
internal sealed class NumberArithmetic(BinaryOperator operation, Node<double> left, Node<double> right) : NumberNode
{
    public override bool TryEval(RowView row, Scratch scratch, out double value)
    {
        value = 0;
        if (!left.TryEval(row, scratch, out double a) || !right.TryEval(row, scratch, out double b))
        {
            return false;
        }

        value = operation switch
        {
            BinaryOperator.Add => a + b,
            BinaryOperator.Subtract => a - b,
            _ => a * b,
        };
        return double.IsFinite(value);
    }
}

internal sealed class NumberNegation(Node<double> operand) : NumberNode
{
    public override bool TryEval(RowView row, Scratch scratch, out double value)
    {
        bool known = operand.TryEval(row, scratch, out value);
        value = -value;
        return known;
    }
}

/// <summary>A whole number where a number with a point is wanted.</summary>
internal sealed class IntegerAsNumber(Node<long> operand) : NumberNode
{
    public override bool TryEval(RowView row, Scratch scratch, out double value)
    {
        bool known = operand.TryEval(row, scratch, out long whole);
        value = whole;
        return known;
    }
}
