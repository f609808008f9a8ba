using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

/// <summary>Two texts one after the other: a || b is NULL when either is; concat(a, b) passes over a NULL.</summary>
internal sealed class Concatenation(Node<ReadOnlySpan<byte>> left, Node<ReadOnlySpan<byte>> right, bool overNull) : TextNode
{
    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value)
    {
        bool one = left.TryEval(row, scratch, out ReadOnlySpan<byte> a);
        if (!one && !overNull)
        {
            value = default;
            return false;
        }

        bool two = right.TryEval(row, scratch, out ReadOnlySpan<byte> b);
        if (one && two)
        {
            Span<byte> room = scratch.Take(checked(a.Length + b.Length));
            a.CopyTo(room);
            b.CopyTo(room[a.Length..]);
            value = room;
            return true;
        }

        value = !overNull ? default : one ? a : b;
        return !value.IsEmpty;
    }

    /// <summary>concat(...): joined in pairs, then pairs of pairs, so that no text is copied more often than need be.</summary>
    public static Node<ReadOnlySpan<byte>> Of(ReadOnlySpan<Node<ReadOnlySpan<byte>>> parts) => parts.Length switch
    {
        1 => parts[0],
        _ => new Concatenation(Of(parts[..(parts.Length / 2)]), Of(parts[(parts.Length / 2)..]), overNull: true),
    };
}

/// <summary>replace(t, from, to): every occurrence, from the left; a NULL in place of from changes nothing, in place of to removes.</summary>
internal sealed class Replacement(Node<ReadOnlySpan<byte>> operand, Node<ReadOnlySpan<byte>> from, Node<ReadOnlySpan<byte>> to) : TextNode
{
    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value)
    {
        if (!operand.TryEval(row, scratch, out value))
        {
            return false;
        }

        if (!from.TryEval(row, scratch, out ReadOnlySpan<byte> old) || value.IndexOf(old) is var first && first < 0)
        {
            return true;
        }

        to.TryEval(row, scratch, out ReadOnlySpan<byte> fresh);
        Span<byte> room = scratch.Take(checked(value.Length + (value.Count(old) * (fresh.Length - old.Length))));
        int length = 0;
        for (int at = first; at >= 0; at = value.IndexOf(old))
        {
            value[..at].CopyTo(room[length..]);
            fresh.CopyTo(room[(length + at)..]);
            length += at + fresh.Length;
            value = value[(at + old.Length)..];
        }

        value.CopyTo(room[length..]);
        value = room;
        return !value.IsEmpty;
    }
}
