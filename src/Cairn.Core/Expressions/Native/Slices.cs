using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

/// <summary>before(t, mark) and after(t, mark): what stands before or after the first mark; NULL when the mark is not there.</summary>
internal sealed class BesideMark(Node<ReadOnlySpan<byte>> operand, Node<ReadOnlySpan<byte>> mark, bool after) : TextNode
{
    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value)
    {
        if (operand.TryEval(row, scratch, out value) && mark.TryEval(row, scratch, out ReadOnlySpan<byte> sought) && value.IndexOf(sought) is >= 0 and int at)
        {
            value = after ? value[(at + sought.Length)..] : value[..at];
            return !value.IsEmpty;
        }

        value = default;
        return false;
    }
}

/// <summary>part(t, separator, n): the n-th piece, from 1; NULL past the end.</summary>
internal sealed class Piece(Node<ReadOnlySpan<byte>> operand, Node<ReadOnlySpan<byte>> separator, Node<long> number) : TextNode
{
    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value)
    {
        if (!operand.TryEval(row, scratch, out value) || !separator.TryEval(row, scratch, out ReadOnlySpan<byte> between)
            || !number.TryEval(row, scratch, out long wanted) || wanted < 1)
        {
            value = default;
            return false;
        }

        int end = value.IndexOf(between);
        for (; wanted > 1 && end >= 0; wanted--)
        {
            value = value[(end + between.Length)..];
            end = value.IndexOf(between);
        }

        value = wanted > 1 ? default : end >= 0 ? value[..end] : value;
        return !value.IsEmpty;
    }
}

/// <summary>substr(t, start, length): by code points, from 1; NULL when the start is below 1.</summary>
internal sealed class Substring(Node<ReadOnlySpan<byte>> operand, Node<long> start, Node<long>? length) : TextNode
{
    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value)
    {
        long points = long.MaxValue;
        if (!operand.TryEval(row, scratch, out value) || !start.TryEval(row, scratch, out long first) || first < 1
            || (length is not null && !length.TryEval(row, scratch, out points)))
        {
            value = default;
            return false;
        }

        value = value[Utf8.Advance(value, 0, first - 1)..];
        value = value[..Utf8.Advance(value, 0, points)];
        return !value.IsEmpty;
    }
}
