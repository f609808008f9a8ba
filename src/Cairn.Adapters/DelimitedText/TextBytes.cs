namespace Cairn.Adapters.DelimitedText;

/// <summary>The text of a file as bytes: decompressed where it was compressed, transcoded to UTF-8 where it was not.</summary>
internal abstract class TextBytes : IDisposable
{
    /// <summary>Fills the buffer as far as there is text; fewer bytes than it holds only at the end.</summary>
    public abstract int Read(Span<byte> buffer);

    public virtual void Dispose()
    {
    }
}

/// <summary>Bytes that are the text itself.</summary>
internal sealed class PlainBytes(StoredBytes stored, ReadOnlyMemory<byte> first) : TextBytes
{
    private ReadOnlyMemory<byte> rest = first;

    public override int Read(Span<byte> buffer)
    {
        int done = 0;
        while (done < buffer.Length)
        {
            if (rest.IsEmpty)
            {
                rest = stored.Next();
                if (rest.IsEmpty)
                {
                    break;
                }
            }

            int length = Math.Min(rest.Length, buffer.Length - done);
            rest.Span[..length].CopyTo(buffer[done..]);
            rest = rest[length..];
            done += length;
        }

        return done;
    }
}
