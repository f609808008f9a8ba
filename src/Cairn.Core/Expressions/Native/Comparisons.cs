using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

/// <summary>Compares two values of one type; unknown when either is NULL.</summary>
internal abstract class ComparisonOf<T>(BinaryOperator operation, Node<T> left, Node<T> right) : TruthNode
    where T : allows ref struct
{
    public sealed override bool TryEval(RowView row, Scratch scratch, out bool value)
    {
        if (!left.TryEval(row, scratch, out T a) || !right.TryEval(row, scratch, out T b))
        {
            value = false;
            return false;
        }

        value = operation switch
        {
            BinaryOperator.Equal => Order(a, b) == 0,
            BinaryOperator.NotEqual => Order(a, b) != 0,
            BinaryOperator.Less => Order(a, b) < 0,
            BinaryOperator.LessOrEqual => Order(a, b) <= 0,
            BinaryOperator.Greater => Order(a, b) > 0,
            _ => Order(a, b) >= 0,
        };
        return true;
    }

    protected abstract int Order(T a, T b);
}

/// <summary>By bytes, which in UTF-8 is the order of code points.</summary>
internal sealed class TextComparison(BinaryOperator operation, Node<ReadOnlySpan<byte>> left, Node<ReadOnlySpan<byte>> right)
    : ComparisonOf<ReadOnlySpan<byte>>(operation, left, right)
{
    protected override int Order(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => a.SequenceCompareTo(b);
}

internal sealed class IntegerComparison(BinaryOperator operation, Node<long> left, Node<long> right) : ComparisonOf<long>(operation, left, right)
{
    protected override int Order(long a, long b) => a.CompareTo(b);
}

/// <summary>Numbers are finite, so that there is an order between any two.</summary>
internal sealed class NumberComparison(BinaryOperator operation, Node<double> left, Node<double> right) : ComparisonOf<double>(operation, left, right)
{
    protected override int Order(double a, double b) => a.CompareTo(b);
}

internal sealed class TruthComparison(BinaryOperator operation, Node<bool> left, Node<bool> right) : ComparisonOf<bool>(operation, left, right)
{
    protected override int Order(bool a, bool b) => a.CompareTo(b);
}

/// <summary>The commonest condition, a text against a fixed text, without the order.</summary>
internal sealed class TextIs(Node<ReadOnlySpan<byte>> text, byte[] wanted, bool equal) : TruthNode
{
    public override bool TryEval(RowView row, Scratch scratch, out bool value)
    {
        bool known = text.TryEval(row, scratch, out ReadOnlySpan<byte> found);
        value = found.SequenceEqual(wanted) == equal;
        return known;
    }
}
