using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

/// <summary>in (...) over texts. A NULL in the list makes what is not found unknown, as in SQL.</summary>
internal sealed class TextIn : TruthNode
{
    private readonly Node<ReadOnlySpan<byte>> _operand;
    private readonly HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>> _items;
    private readonly bool _negated;
    private readonly bool _hasNull;

    public TextIn(Node<ReadOnlySpan<byte>> operand, IEnumerable<byte[]> items, bool hasNull, bool negated)
    {
        _operand = operand;
        _items = new HashSet<byte[]>(items, ByteOrder.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();
        _hasNull = hasNull;
        _negated = negated;
    }

    public override bool TryEval(RowView row, Scratch scratch, out bool value)
    {
        bool known = _operand.TryEval(row, scratch, out ReadOnlySpan<byte> found);
        bool met = known && _items.Contains(found);
        value = met != _negated;
        return known && (met || !_hasNull);
    }
}

/// <summary>in (...) over integers or numbers.</summary>
internal sealed class ValueIn<T>(Node<T> operand, HashSet<T> items, bool hasNull, bool negated) : TruthNode
    where T : struct
{
    public override bool TryEval(RowView row, Scratch scratch, out bool value)
    {
        bool known = operand.TryEval(row, scratch, out T found);
        bool met = known && items.Contains(found);
        value = met != negated;
        return known && (met || !hasNull);
    }
}

internal sealed class ByteOrder : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public static readonly ByteOrder Instance = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj) => GetHashCode((ReadOnlySpan<byte>)obj);

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = default(HashCode);
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
