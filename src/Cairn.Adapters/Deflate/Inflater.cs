using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cairn.Adapters.Deflate;

/// <summary>What the bytes of a deflate stream come from.</summary>
internal unsafe interface IDeflateInput
{
    /// <summary>How many bytes before a piece may be written to, and how many behind it read.</summary>
    const int Around = 64;

    /// <summary>The next bytes, which stay where they are until the next call; false at the end. <see cref="Around"/> bytes before them are free, as many behind them are readable.</summary>
    bool Next(out byte* at, out int length);
}

/// <summary>The stream breaks the rules of deflate, or ends too early.</summary>
internal sealed class DeflateException(string message, bool truncated = false) : Exception(message)
{
    public bool Truncated => truncated;
}

/// <summary>
/// Decompresses deflate (RFC 1951), and hands out single bytes before and after it, as the wrapping formats need. Made for long texts: 64 bits of the
/// stream are held at once, up to three symbols are taken between two refills, repeats are copied 32 bytes at a time; only the last few hundred
/// bytes of each buffer, and the end of the stream, are done with care for single bytes.
/// </summary>
internal sealed unsafe class Inflater : IDisposable
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

    private void BlockHeader()
    {
        if (lastBlock)
        {
            Drop(bitCount & 7);
            part = Part.End;
            return;
        }

        lastBlock = Bits(1) == 1;
        switch (Bits(2))
        {
            case 0:
                Drop(bitCount & 7);
                int length = TwoBytes();
                if (TwoBytes() != (length ^ 0xffff))
                {
                    throw new DeflateException("the length of a stored block does not agree with its complement");
                }

                stored = length;
                part = length > 0 ? Part.Stored : Part.Header;
                break;
            case 1:
                FixedCodes();
                packed.Make(lengths);
                part = Part.Codes;
                break;
            case 2:
                DynamicCodes();
                packed.Make(lengths);
                part = Part.Codes;
                break;
            default:
                throw new DeflateException("a block is of no known type");
        }
    }

    private int TwoBytes()
    {
        int low = NextByte();
        int high = NextByte();
        return high >= 0 ? low | (high << 8) : throw Truncated();
    }

    private int Stored(byte* output, int wanted)
    {
        int done = 0;
        while (done < wanted && bitCount >= 8)
        {
            int next = NextByte();
            output[done++] = next >= 0 ? (byte)next : throw Truncated();
        }

        if (done < wanted)
        {
            bits = 0;
            if (input == inputEnd && !Pull())
            {
                throw Truncated();
            }

            int length = (int)Math.Min(wanted - done, inputEnd - input);
            Buffer.MemoryCopy(input, output + done, length, length);
            input += length;
            done += length;
        }

        stored -= done;
        part = stored > 0 ? Part.Stored : Part.Header;
        return done;
    }

    /// <summary>RFC 1951, 3.2.6.</summary>
    private void FixedCodes()
    {
        Span<byte> of = stackalloc byte[288];
        of[..144].Fill(8);
        of[144..256].Fill(9);
        of[256..280].Fill(7);
        of[280..].Fill(8);
        lengths.Make(of, DeflateCode.LengthMeanings, mayBeSingle: false);
        of[..32].Fill(5);
        distances.Make(of[..32], DeflateCode.DistanceMeanings, mayBeSingle: false);
    }

    /// <summary>RFC 1951, 3.2.7.</summary>
    private void DynamicCodes()
    {
        ReadOnlySpan<byte> order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        int lengthCount = (int)Bits(5) + 257;
        int distanceCount = (int)Bits(5) + 1;
        int plainCount = (int)Bits(4) + 4;
        if (lengthCount > 286 || distanceCount > 30)
        {
            throw new DeflateException("a block has more codes than there are symbols");
        }

        Span<byte> of = stackalloc byte[286 + 30];
        of[..19].Clear();
        for (int i = 0; i < plainCount; i++)
        {
            of[order[i]] = (byte)Bits(3);
        }

        if (!plain.Make(of[..19], DeflateCode.PlainMeanings, mayBeSingle: false))
        {
            throw new DeflateException("the code of a block's codes is none");
        }

        int total = lengthCount + distanceCount;
        for (int i = 0; i < total;)
        {
            Refill(15);
            uint entry = plain.Table[bits & 127];
            Take((int)(entry & 63));
            int symbol = (int)(entry >> 16);
            if (symbol < 16)
            {
                of[i++] = (byte)symbol;
                continue;
            }

            int count = symbol switch { 16 => 3 + (int)Bits(2), 17 => 3 + (int)Bits(3), _ => 11 + (int)Bits(7) };
            if (i + count > total || (symbol == 16 && i == 0))
            {
                throw new DeflateException("the lengths of a block's codes run on");
            }

            of.Slice(i, count).Fill(symbol == 16 ? of[i - 1] : (byte)0);
            i += count;
        }

        if (of[256] == 0)
        {
            throw new DeflateException("a block has no code for its end");
        }

        if (!lengths.Make(of[..lengthCount], DeflateCode.LengthMeanings, mayBeSingle: true)
            || !distances.Make(of.Slice(lengthCount, distanceCount), DeflateCode.DistanceMeanings, mayBeSingle: true))
        {
            throw new DeflateException("the lengths of a block's codes make no code");
        }
    }

    /// <summary>Decodes until the block or the buffer ends.</summary>
    private void Codes(byte* start, ref byte* output, byte* end)
    {
        while (true)
        {
            if (repeatLength > 0)
            {
                output += CopyRepeat(start, output, (int)Math.Min(repeatLength, end - output));
                if (repeatLength > 0)
                {
                    return;
                }
            }

            if (inputEnd - input < InputMargin && !inputEnded)
            {
                Pull();
            }

            if (end - output > OutputMargin && inputEnd - input >= InputMargin)
            {
                if (Fast(start, ref output, end - OutputMargin))
                {
                    part = Part.Header;
                    return;
                }

                continue;
            }

            if (output == end)
            {
                return;
            }

            if (OneSymbol(ref output))
            {
                part = Part.Header;
                return;
            }
        }
    }

    /// <summary>One literal, or the beginning of one repeat. True at the end of the block.</summary>
    private bool OneSymbol(ref byte* output)
    {
        Refill(48);
        uint entry = lengths.Table[bits & LengthMask];
        if ((entry & DeflateCode.Second) != 0)
        {
            Take(LengthIndexBits);
            entry = lengths.Table[((entry >> 16) & 0x7fff) + (bits & ((1u << (int)((entry >> 8) & 15)) - 1))];
        }

        ulong before = bits;
        Take((int)(entry & 63));
        if ((entry & DeflateCode.Literal) != 0)
        {
            *output++ = (byte)(entry >> 16);
            return false;
        }

        if ((entry & DeflateCode.Exceptional) != 0)
        {
            return (entry & DeflateCode.EndOfBlock) != 0 ? true : throw new DeflateException("a code stands for nothing");
        }

        repeatLength = (int)((entry >> 16) + Extra(before, entry & 63, (entry >> 8) & 15));
        entry = distances.Table[bits & DistanceMask];
        if ((entry & DeflateCode.Second) != 0)
        {
            Take(DistanceIndexBits);
            entry = distances.Table[((entry >> 16) & 0x7fff) + (bits & ((1u << (int)((entry >> 8) & 15)) - 1))];
        }

        if ((entry & DeflateCode.Exceptional) != 0)
        {
            throw new DeflateException("a code stands for nothing");
        }

        before = bits;
        Take((int)(entry & 63));
        repeatDistance = (int)((entry >> 16) + Extra(before, entry & 63, (entry >> 8) & 15));
        return false;
    }

    /// <summary>Many symbols, while input and output are far from their ends. True at the end of the block.</summary>
    private bool Fast(byte* start, ref byte* outputAt, byte* outputEnd)
    {
        byte* read = input;
        byte* readEnd = inputEnd - InputMargin;
        byte* output = outputAt;
        ulong hold = bits;
        nuint held = (nuint)bitCount;
        uint* lengthTable = packed.Table;
        uint* distanceTable = distances.Table;
        bool ended = false;
        while (read <= readEnd && output < outputEnd)
        {
            hold |= *(ulong*)read << (int)held;
            read += (held ^ 63) >> 3;
            held |= 56;

            uint entry = lengthTable[hold & LengthMask];
            if ((int)entry < 0)
            {
                hold >>= (int)entry;
                held -= entry & 63;
                *(ushort*)output = (ushort)(entry >> 8);
                output += (entry >> 6) & 3;
                entry = lengthTable[hold & LengthMask];
                if ((int)entry < 0)
                {
                    hold >>= (int)entry;
                    held -= entry & 63;
                    *(ushort*)output = (ushort)(entry >> 8);
                    output += (entry >> 6) & 3;
                    entry = lengthTable[hold & LengthMask];
                    if ((int)entry < 0)
                    {
                        hold >>= (int)entry;
                        held -= entry & 63;
                        *(ushort*)output = (ushort)(entry >> 8);
                        output += (entry >> 6) & 3;
                        continue;
                    }
                }
            }

            nint length;
            if ((entry & PackedCode.Other) == 0)
            {
                *output = (byte)(entry >> 11);
                output += (entry >> 10) & 1;
                length = (nint)((entry >> 19) + Extra(hold, entry & 63, (entry >> 6) & 15));
                hold >>= (int)entry;
                held -= entry & 63;
            }
            else
            {
                entry = lengths.Table[hold & LengthMask];
                if ((entry & DeflateCode.Second) != 0)
                {
                    hold >>= LengthIndexBits;
                    held -= LengthIndexBits;
                    entry = lengths.Table[((entry >> 16) & 0x7fff) + (hold & ((1u << (int)((entry >> 8) & 15)) - 1))];
                }

                length = (nint)(((entry >> 16) & 0x7fff) + Extra(hold, entry & 63, (entry >> 8) & 15));
                hold >>= (int)entry;
                held -= entry & 63;
                if ((entry & DeflateCode.Literal) != 0)
                {
                    *output++ = (byte)(entry >> 16);
                    continue;
                }

                if ((entry & DeflateCode.Exceptional) != 0)
                {
                    ended = (entry & DeflateCode.EndOfBlock) != 0 ? true : throw new DeflateException("a code stands for nothing");
                    break;
                }
            }

            hold |= *(ulong*)read << (int)held;
            read += (held ^ 63) >> 3;
            held |= 56;

            entry = distanceTable[hold & DistanceMask];
            if ((entry & DeflateCode.Exceptional) != 0)
            {
                if ((entry & DeflateCode.Second) == 0)
                {
                    throw new DeflateException("a code stands for nothing");
                }

                hold >>= DistanceIndexBits;
                held -= DistanceIndexBits;
                entry = distanceTable[((entry >> 16) & 0x7fff) + (hold & ((1u << (int)((entry >> 8) & 15)) - 1))];
                if ((entry & DeflateCode.Exceptional) != 0)
                {
                    throw new DeflateException("a code stands for nothing");
                }
            }

            nint distance = (nint)((entry >> 16) + Extra(hold, entry & 63, (entry >> 8) & 15));
            hold >>= (int)entry;
            held -= entry & 63;

            if (distance > output - start)
            {
                repeatLength = (int)length;
                repeatDistance = (int)distance;
                output += CopyRepeat(start, output, (int)length);
                continue;
            }

            byte* to = output;
            byte* from = output - distance;
            output += length;
            if (distance >= 32)
            {
                do
                {
                    Vector256.Store(Vector256.Load(from), to);
                    from += 32;
                    to += 32;
                }
                while (to < output);
            }
            else
            {
                CopyNear(from, to, output, (int)distance);
            }
        }

        input = read;
        bits = hold;
        bitCount = (int)held;
        outputAt = output;
        return ended;
    }

    /// <summary>Copies a repeat that overlaps itself, writing up to 32 bytes beyond its end.</summary>
    private static void CopyNear(byte* from, byte* to, byte* end, int distance)
    {
        if (distance >= 16)
        {
            do
            {
                Vector128.Store(Vector128.Load(from), to);
                from += 16;
                to += 16;
            }
            while (to < end);
        }
        else if (distance == 1)
        {
            Vector256<byte> same = Vector256.Create(*from);
            do
            {
                Vector256.Store(same, to);
                to += 32;
            }
            while (to < end);
        }
        else if (distance >= 8)
        {
            do
            {
                *(ulong*)to = *(ulong*)from;
                from += 8;
                to += 8;
            }
            while (to < end);
        }
        else
        {
            // Each step writes 8 bytes of which only the first ones, as many as the distance, are final.
            do
            {
                *(ulong*)to = *(ulong*)from;
                from += distance;
                to += distance;
            }
            while (to < end);
        }
    }

    /// <summary>Copies so much of the repeat at hand, which may begin before this buffer.</summary>
    private int CopyRepeat(byte* start, byte* output, int count)
    {
        int before = repeatDistance - (int)(output - start);
        if (before > windowLength)
        {
            throw new DeflateException("a repeat begins before the data");
        }

        for (int i = 0; i < count; i++)
        {
            output[i] = before > 0 ? window[windowLength - before--] : output[i - repeatDistance];
        }

        repeatLength -= count;
        return count;
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

    /// <summary>The extra bits behind a code.</summary>
    /// <param name="total">Bits of code and extra bits together.</param>
    /// <param name="code">Bits of the code.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Extra(ulong before, uint total, uint code) => Bmi2.X64.IsSupported
        ? (uint)(Bmi2.X64.ZeroHighBits(before, total) >> (int)code)
        : (uint)((before & ((1ul << (int)total) - 1)) >> (int)code);

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
