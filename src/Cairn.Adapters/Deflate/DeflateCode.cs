using System.Numerics;
using System.Runtime.InteropServices;

namespace Cairn.Adapters.Deflate;

/// <summary>
/// A prefix code of deflate (RFC 1951, 3.2.2) as a table to decode with: indexed by the next bits of the stream it gives what they stand for and how
/// many bits to take. Codes longer than the index lead to a second table.
/// </summary>
/// <remarks>
/// An entry, from its lowest bit: 0-7 bits to take, extra bits included; 8-11 bits of the code alone (in a second table, of what is left of it);
/// 13 end of block; 14 leads to a second table, then 8-11 are its index bits and 16-30 its place; 15 set with 13 or 14, and alone for a code that
/// stands for nothing; 16-30 the literal, or the base of the length or distance; 31 a literal.
/// </remarks>
internal sealed unsafe class DeflateCode : IDisposable
{
    public const uint Literal = 1u << 31;
    public const uint Exceptional = 1u << 15;
    public const uint Second = 1u << 14;
    public const uint EndOfBlock = 1u << 13;

    private const int LongestCode = 15;

    private readonly int indexBits;
    private readonly int capacity;
    private readonly int[] counts = new int[LongestCode + 1];
    private readonly int[] next = new int[LongestCode + 1];

    /// <param name="indexBits">Bits of the first index.</param>
    /// <param name="capacity">Entries of the first and all second tables; second tables of a complete code fit in what is given by its users.</param>
    public DeflateCode(int indexBits, int capacity)
    {
        this.indexBits = indexBits;
        this.capacity = capacity;
        Table = (uint*)NativeMemory.AlignedAlloc((nuint)(capacity * sizeof(uint)), 64);
    }

    public uint* Table { get; private set; }

    /// <summary>What a symbol of each alphabet means, without the length of its code: the base above, the extra bits below.</summary>
    public static uint[] LengthMeanings { get; } = Lengths();
    public static uint[] DistanceMeanings { get; } = Distances();
    public static uint[] PlainMeanings { get; } = [.. Enumerable.Range(0, 19).Select(i => (uint)i << 16)];

    public void Dispose()
    {
        NativeMemory.AlignedFree(Table);
        Table = null;
    }

    /// <summary>
    /// Makes the table of a code given by its lengths (0: not used). False when the lengths make no code: too many, or too few to be complete, where
    /// only a code of a single symbol of one bit, and one of no symbols, are let through as other decoders do.
    /// </summary>
    public bool Make(ReadOnlySpan<byte> lengths, ReadOnlySpan<uint> meanings, bool mayBeSingle)
    {
        Array.Clear(counts);
        foreach (byte length in lengths)
        {
            counts[length]++;
        }

        counts[0] = 0;
        int longest = LongestCode;
        while (longest > 0 && counts[longest] == 0)
        {
            longest--;
        }

        int left = 1;
        int code = 0;
        for (int length = 1; length <= LongestCode; length++)
        {
            left = (left << 1) - counts[length];
            if (left < 0)
            {
                return false;
            }

            code = (code + counts[length - 1]) << 1;
            next[length] = code;
        }

        if (left > 0 && !(mayBeSingle && longest <= 1))
        {
            return false;
        }

        return Fill(lengths, meanings, longest);
    }

    private bool Fill(ReadOnlySpan<byte> lengths, ReadOnlySpan<uint> meanings, int longest)
    {
        // The symbols, those of short codes first.
        Span<ushort> ordered = stackalloc ushort[lengths.Length];
        Span<int> place = stackalloc int[LongestCode + 2];
        for (int length = 1; length <= LongestCode; length++)
        {
            place[length + 1] = place[length] + counts[length];
        }

        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] > 0)
            {
                ordered[place[lengths[symbol]]++] = (ushort)symbol;
            }
        }

        // A table for codes of a length, twice, with the codes one longer put in, is the table for those: a code's first bit is the lowest of the index.
        uint* table = Table;
        table[0] = Exceptional | 1;
        int done = 0;
        for (int length = 1; length <= indexBits; length++)
        {
            int size = 1 << length;
            new ReadOnlySpan<uint>(table, size / 2).CopyTo(new Span<uint>(table + (size / 2), size / 2));
            for (int end = done + counts[length]; done < end; done++)
            {
                table[Reversed(next[length]++, length)] = Entry(meanings[ordered[done]], length);
            }
        }

        return longest <= indexBits || FillSecond(ordered[done..place[longest]], lengths, meanings);
    }

    /// <summary>The codes longer than the index. In their order, those that begin the same come together, the longest last.</summary>
    private bool FillSecond(ReadOnlySpan<ushort> ordered, ReadOnlySpan<byte> lengths, ReadOnlySpan<uint> meanings)
    {
        int mask = (1 << indexBits) - 1;
        int used = 1 << indexBits;
        Span<ushort> codes = stackalloc ushort[ordered.Length];
        int count = 0;
        for (; count < ordered.Length && lengths[ordered[count]] > indexBits; count++)
        {
            int length = lengths[ordered[count]];
            codes[count] = (ushort)Reversed(next[length]++, length);
        }

        for (int from = 0; from < count;)
        {
            int to = from + 1;
            while (to < count && (codes[to] & mask) == (codes[from] & mask))
            {
                to++;
            }

            int bits = lengths[ordered[to - 1]] - indexBits;
            if (used + (1 << bits) > capacity)
            {
                return false;
            }

            Table[codes[from] & mask] = ((uint)used << 16) | Exceptional | Second | ((uint)bits << 8) | (uint)indexBits;
            for (; from < to; from++)
            {
                int length = lengths[ordered[from]] - indexBits;
                uint entry = Entry(meanings[ordered[from]], length);
                for (int i = codes[from] >> indexBits; i < 1 << bits; i += 1 << length)
                {
                    Table[used + i] = entry;
                }
            }

            used += 1 << bits;
        }

        return true;
    }

    private static uint Reversed(int code, int length) => BitReverse((uint)code) >> (32 - length);

    private static uint Entry(uint meaning, int length) => meaning + ((uint)length << 8) + (uint)length;

    private static uint BitReverse(uint x)
    {
        x = ((x & 0x55555555) << 1) | ((x >> 1) & 0x55555555);
        x = ((x & 0x33333333) << 2) | ((x >> 2) & 0x33333333);
        x = ((x & 0x0f0f0f0f) << 4) | ((x >> 4) & 0x0f0f0f0f);
        return BitOperations.RotateLeft(((x & 0x00ff00ff) << 8) | ((x >> 8) & 0x00ff00ff), 16);
    }

    private static uint[] Lengths()
    {
        var meanings = new uint[288];
        for (uint i = 0; i < 256; i++)
        {
            meanings[i] = Literal | (i << 16);
        }

        meanings[256] = Exceptional | EndOfBlock;
        uint length = 3;
        for (int i = 0; i < 28; i++)
        {
            uint extra = i < 8 ? 0 : (uint)((i - 4) / 4);
            meanings[257 + i] = (length << 16) | extra;
            length += 1u << (int)extra;
        }

        meanings[285] = 258u << 16;
        meanings[286] = meanings[287] = Exceptional;
        return meanings;
    }

    private static uint[] Distances()
    {
        var meanings = new uint[32];
        uint distance = 1;
        for (int i = 0; i < 30; i++)
        {
            uint extra = i < 4 ? 0 : (uint)((i - 2) / 2);
            meanings[i] = (distance << 16) | extra;
            distance += 1u << (int)extra;
        }

        meanings[30] = meanings[31] = Exceptional;
        return meanings;
    }
}
