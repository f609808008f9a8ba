namespace Cairn.Adapters.DelimitedText;

/// <summary>
/// The row that a block leaves unfinished. It is copied into the room before the next block; one that does not fit there gets a buffer of its own,
/// to which blocks are added until it ends.
/// </summary>
internal sealed class Unfinished
{
    private const int KeptLength = 8 << 20;

    private byte[] own = [];
    private byte[] text = [];
    private int start;
    private int length;

    /// <summary>Gives the text to be scanned next: what was unfinished and the block behind it, in one piece.</summary>
    /// <param name="room">Where the block's text begins: so many bytes before it are free.</param>
    /// <param name="added">How long the block's text is.</param>
    public void Join(byte[] block, int room, int added, out byte[] joined, out int from, out int to)
    {
        if (length <= room)
        {
            text.AsSpan(start, length).CopyTo(block.AsSpan(room - length));
            joined = block;
            from = room - length;
            to = room + added;
            return;
        }

        int needed = checked(length + added + TextBlock.Padding);
        if (own.Length < needed)
        {
            byte[] larger = GC.AllocateUninitializedArray<byte>((int)Math.Min((long)needed * 2, Array.MaxLength));
            text.AsSpan(start, length).CopyTo(larger);
            own = larger;
        }
        else
        {
            text.AsSpan(start, length).CopyTo(own);
        }

        block.AsSpan(room, added).CopyTo(own.AsSpan(length));
        joined = own;
        from = 0;
        to = length + added;
    }

    /// <summary>Remembers what is left; the text must stay until the next Join.</summary>
    public void Keep(byte[] left, int from, int to)
    {
        text = left;
        start = from;
        length = to - from;
        if (own.Length > KeptLength && text != own)
        {
            own = [];
        }
    }
}
