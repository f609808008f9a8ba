using Microsoft.Win32.SafeHandles;

namespace Cairn.Adapters.Archives;

/// <summary>The stored bytes of one zip member, read where they lie.</summary>
internal sealed class StoredPart(SafeFileHandle file, long at, long length) : ForwardStream
{
    private long _done;

    public override int Read(Span<byte> buffer)
    {
        int read = RandomAccess.Read(file, buffer[..(int)Math.Min(buffer.Length, length - _done)], at + _done);
        _done += read;
        return read;
    }
}
