namespace Cairn.Core.Expressions;

/// <summary>
/// Memory for the texts an expression makes while it looks at one row. The caller resets it before each row; texts taken from it are valid
/// until then. It belongs to one thread. Once it has grown to what the largest row needs, it allocates no more.
/// </summary>
public sealed class Scratch
{
    private byte[] _buffer = new byte[4096];
    private int _used;

    /// <summary>Forgets all texts.</summary>
    public void Reset() => _used = 0;

    /// <summary>Room for so many bytes, with any content.</summary>
    internal Span<byte> Take(int length)
    {
        if (length > _buffer.Length - _used)
        {
            Grow(length);
        }

        Span<byte> room = _buffer.AsSpan(_used, length);
        _used += length;
        return room;
    }

    /// <summary>Returns the end of the room taken last.</summary>
    internal void GiveBack(int length) => _used -= length;

    // Spans into the old buffer stay valid: it lives as long as they do.
    private void Grow(int length)
    {
        _buffer = new byte[(int)Math.Min(Array.MaxLength, Math.Max(2L * _buffer.Length, 2L * length))];
        _used = 0;
    }
}
