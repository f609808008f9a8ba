namespace Cairn.Adapters.Deflate;

/// <summary>
/// Decompresses deflate (RFC 1951), and hands out single bytes before and after it, as the wrapping formats need. Made for long texts: 64 bits of the
/// stream are held at once, up to three symbols are taken between two refills, repeats are copied 32 bytes at a time; only the last few hundred
/// bytes of each buffer, and the end of the stream, are done with care for single bytes.
/// </summary>
internal sealed unsafe partial class Inflater : IDisposable
{
    private const int WindowBytes = 32 << 10;
    private const int LengthIndexBits = PackedCode.IndexBits;
    private const int DistanceIndexBits = 9;
    private const uint LengthMask = (1 << LengthIndexBits) - 1;
    private const uint DistanceMask = (1 << DistanceIndexBits) - 1;

    /// <summary>The longest repeat, the literals before it and what a wide copy writes beyond it.</summary>
    private const int OutputMargin = 258 + 4 + 64;

    /// <summary>What three refills may read.</summary>
    private const int InputMargin = 32;

    private readonly IDeflateInput source;
    private readonly DeflateCode lengths = new(LengthIndexBits, 1 << 13);
    private readonly PackedCode packed = new();
    private readonly DeflateCode distances = new(DistanceIndexBits, 1 << 12);
    private readonly DeflateCode plain = new(7, 1 << 7);
    private readonly byte[] window = new byte[WindowBytes];
    private int windowLength;

    private byte* input;
    private byte* inputEnd;
    private bool inputEnded;
    private ulong bits;
    private int bitCount;

    /// <summary>Zero bits that were put behind the end of the input, so that the last codes can be looked up.</summary>
    private int paddingBits;

    private Part part = Part.Header;
    private bool lastBlock;
    private int stored;
    private int repeatLength;
    private int repeatDistance;

    public Inflater(IDeflateInput source) => this.source = source;

    private enum Part
    {
        Header,
        Stored,
        Codes,
        End,
    }

    /// <summary>The stream has ended; what follows it is got by <see cref="NextByte"/>.</summary>
    public bool Ended => part == Part.End;

    /// <summary>Bytes of all pieces that were got from the source.</summary>
    public long Received { get; private set; }

    /// <summary>Bytes used so far; of a byte used in part, the next.</summary>
    public long Used => Received - (inputEnd - input) - (Math.Max(bitCount - paddingBits, 0) / 8);

    /// <summary>A stream begins at the next byte.</summary>
    public void Begin()
    {
        part = Part.Header;
        lastBlock = false;
        windowLength = 0;
        repeatLength = 0;
    }

    /// <summary>The next whole byte, where a byte begins; -1 at the end of the input.</summary>
    public int NextByte()
    {
        if (bitCount >= 8)
        {
            if (bitCount - 8 < paddingBits)
            {
                return -1;
            }

            int held = (int)(bits & 0xff);
            Drop(8);
            return held;
        }

        bits = 0;
        return input < inputEnd || Pull() ? *input++ : -1;
    }

    /// <summary>Fills the buffer as far as the stream goes; fewer bytes only when it has ended. Throws <see cref="DeflateException"/>.</summary>
    public int Inflate(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            byte* output = start;
            byte* end = start + buffer.Length;
            while (output < end && part != Part.End)
            {
                switch (part)
                {
                    case Part.Header:
                        BlockHeader();
                        break;
                    case Part.Stored:
                        output += Stored(output, (int)Math.Min(stored, end - output));
                        break;
                    default:
                        Codes(start, ref output, end);
                        break;
                }
            }

            int made = (int)(output - start);
            KeepWindow(start, made);
            return made;
        }
    }

    public void Dispose()
    {
        lengths.Dispose();
        packed.Dispose();
        distances.Dispose();
        plain.Dispose();
    }

    /// <summary>Remembers the last 32 KB made, which repeats in the next buffer may begin in.</summary>
    private void KeepWindow(byte* made, int length)
    {
        if (length >= WindowBytes)
        {
            new ReadOnlySpan<byte>(made + length - WindowBytes, WindowBytes).CopyTo(window);
            windowLength = WindowBytes;
            return;
        }

        int kept = Math.Min(windowLength, WindowBytes - length);
        window.AsSpan(windowLength - kept, kept).CopyTo(window);
        new ReadOnlySpan<byte>(made, length).CopyTo(window.AsSpan(kept));
        windowLength = kept + length;
    }

    private uint Bits(int count)
    {
        Refill(count);
        uint value = (uint)(bits & ((1u << count) - 1));
        Take(count);
        return value;
    }

    /// <summary>Makes sure that so many bits can be looked at; behind the end of the input they are zeros.</summary>
    private void Refill(int count)
    {
        while (bitCount < count)
        {
            if (input < inputEnd || Pull())
            {
                bits |= (ulong)*input++ << bitCount;
            }
            else
            {
                paddingBits += 8;
            }

            bitCount += 8;
        }
    }

    private void Take(int count)
    {
        Drop(count);
        if (bitCount < paddingBits)
        {
            throw Truncated();
        }
    }

    private void Drop(int count)
    {
        bits >>= count;
        bitCount -= count;
    }

    /// <summary>Gets the next piece; what is left of the last one, if anything, is put before it.</summary>
    private bool Pull()
    {
        if (inputEnded)
        {
            return false;
        }

        Span<byte> left = stackalloc byte[IDeflateInput.Around];
        int length = (int)(inputEnd - input);
        new ReadOnlySpan<byte>(input, length).CopyTo(left);
        if (!source.Next(out byte* at, out int next))
        {
            inputEnded = true;
            return false;
        }

        left[..length].CopyTo(new Span<byte>(at - length, length));
        input = at - length;
        inputEnd = at + next;
        Received += next;
        return true;
    }

    private static DeflateException Truncated() => new("the stream ends too early", truncated: true);
}
