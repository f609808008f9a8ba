using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cairn.Adapters.Deflate;

/// <content>The symbols of a block: literals and repeats.</content>
internal sealed unsafe partial class Inflater
{
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

    /// <summary>The extra bits behind a code.</summary>
    /// <param name="total">Bits of code and extra bits together.</param>
    /// <param name="code">Bits of the code.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Extra(ulong before, uint total, uint code) => Bmi2.X64.IsSupported
        ? (uint)(Bmi2.X64.ZeroHighBits(before, total) >> (int)code)
        : (uint)((before & ((1ul << (int)total) - 1)) >> (int)code);
}
