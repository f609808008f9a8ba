using System.Runtime.ExceptionServices;

namespace Cairn.Adapters.DelimitedText;

/// <summary>A piece of a file's text, with room before it for the row that the piece before left unfinished, and behind it for wide reads.</summary>
internal sealed class TextBlock(int headroom, int size)
{
    /// <summary>Bytes past the text that may be read (a vector at the end) or written (a closing line end).</summary>
    public const int Padding = 128;

    public readonly byte[] Text = GC.AllocateUninitializedArray<byte>(headroom + size + Padding);
    public readonly int Start = headroom;
    public int Length;
    public bool Last;

    /// <summary>Bytes as stored that were read when this piece was made.</summary>
    public long StoredDone;
}

/// <summary>
/// Makes blocks of text ahead of the one who scans them: a thread reads and decompresses into a few blocks that are used again and again.
/// A block is the scanner's from <see cref="Take"/> to <see cref="Release"/>; there is one scanner.
/// </summary>
internal sealed class TextBlocks : IDisposable
{
    private const int Ahead = 6;

    private readonly TextBytes text;
    private readonly StoredBytes stored;
    private readonly TextBlock[] blocks;
    private readonly SemaphoreSlim free = new(Ahead);
    private readonly SemaphoreSlim filled = new(0);
    private readonly CancellationTokenSource stop;
    private readonly Thread reader;
    private long taken;
    private long made;
    private ExceptionDispatchInfo? fault;

    public TextBlocks(TextBytes text, StoredBytes stored, int headroom, int size, CancellationTokenSource stop)
    {
        this.text = text;
        this.stored = stored;
        this.stop = stop;
        blocks = new TextBlock[Ahead];
        for (int i = 0; i < Ahead; i++)
        {
            blocks[i] = new TextBlock(headroom, size);
        }

        Size = size;
        reader = new Thread(Fill) { IsBackground = true, Name = "decompress" };
        reader.Start();
    }

    private int Size { get; }

    /// <summary>The next block. Throws what the reading threw, once the blocks before it are taken.</summary>
    public TextBlock Take()
    {
        filled.Wait(stop.Token);
        if (taken == made)
        {
            fault!.Throw();
        }

        return blocks[taken++ % Ahead];
    }

    public void Release() => free.Release();

    public void Dispose()
    {
        stop.Cancel();
        reader.Join();
        free.Dispose();
        filled.Dispose();
    }

    private void Fill()
    {
        try
        {
            while (true)
            {
                free.Wait(stop.Token);
                TextBlock block = blocks[made % Ahead];
                block.Length = text.Read(block.Text.AsSpan(block.Start, Size));
                block.Last = block.Length < Size;
                block.StoredDone = stored.Done;
                bool last = block.Last;
                Interlocked.Increment(ref made);
                filled.Release();
                if (last)
                {
                    return;
                }
            }
        }
        catch (Exception e)
        {
            fault = ExceptionDispatchInfo.Capture(e);
            filled.Release();
        }
    }
}
