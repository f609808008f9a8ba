using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cairn.Adapters.Deflate;

/// <summary>
/// The code of literals and lengths once more, packed: one look gives two literals, or a literal and the length that follows it, where their codes fit
/// the index together. That halves the looks at text, and the branches that nothing predicts.
/// </summary>
/// <remarks>
/// An entry, from its lowest bit: 0-5 bits to take. Only literals (31 set): 6-7 how many, 8-15 and 16-23 what they are. A length: 6-9 bits of all its
/// codes without the extra ones, 10 whether a literal stands before it, 11-18 that literal, 19-27 the length's base. Other (30 set): the code is to be
/// looked up in the plain table.
/// </remarks>
internal sealed unsafe class PackedCode : IDisposable
{
    public const int IndexBits = 11;
    public const uint Other = 1u << 30;

    private const uint Literals = 1u << 31;

    public uint* Table { get; private set; } = (uint*)NativeMemory.AlignedAlloc((1 << IndexBits) * sizeof(uint), 64);

    public void Make(DeflateCode code)
    {
        if (Avx2.IsSupported)
        {
            MakeWide((int*)code.Table);
        }
        else
        {
            MakeNarrow(code.Table);
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Table);
        Table = null;
    }

    internal void MakeNarrow(uint* single)
    {
        uint* table = Table;
        for (uint i = 0; i < 1 << IndexBits; i++)
        {
            uint first = single[i];
            if ((int)first >= 0)
            {
                table[i] = (first & DeflateCode.Exceptional) != 0 ? Other
                    : (first & 63) | ((first >> 2) & (15 << 6)) | ((first << 3) & (0x1ffu << 19));
                continue;
            }

            uint bits = first & 63;
            uint literal = (first >> 16) & 0xff;
            uint second = single[i >> (int)bits];
            uint codes = bits + ((second >> 8) & 15);
            if (codes > IndexBits || (second & DeflateCode.Exceptional) != 0)
            {
                table[i] = Literals | bits | (1 << 6) | (literal << 8);
            }
            else
            {
                table[i] = (int)second < 0
                    ? Literals | codes | (2 << 6) | (literal << 8) | (second & 0xff0000)
                    : (bits + (second & 63)) | (codes << 6) | (1 << 10) | (literal << 11) | ((second << 3) & (0x1ffu << 19));
            }
        }
    }

    /// <summary>The same for eight entries at once, without branches: blocks are short, and each has a table to be made.</summary>
    private void MakeWide(int* single)
    {
        Vector256<int> at = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);
        for (int i = 0; i < 1 << IndexBits; i += 8, at += Vector256.Create(8))
        {
            Vector256<int> first = Vector256.Load(single + i);
            Vector256<int> bits = first & Vector256.Create(63);
            Vector256<int> second = Avx2.GatherVector256(single, Avx2.ShiftRightLogicalVariable(at, bits.AsUInt32()), sizeof(int));
            Vector256<int> codes = bits + (Vector256.ShiftRightLogical(second, 8) & Vector256.Create(15));
            Vector256<int> literal = Vector256.ShiftRightLogical(first, 16) & Vector256.Create(0xff);
            Vector256<int> secondBase = Vector256.ShiftLeft(second, 3) & Vector256.Create(0x1ff << 19);
            Vector256<int> one = Vector256.Create(unchecked((int)Literals) | (1 << 6)) | bits | Vector256.ShiftLeft(literal, 8);
            Vector256<int> two = Vector256.Create(unchecked((int)Literals) | (2 << 6)) | codes | Vector256.ShiftLeft(literal, 8) | (second & Vector256.Create(0xff0000));
            Vector256<int> length = (bits + (second & Vector256.Create(63))) | Vector256.ShiftLeft(codes, 6) | Vector256.Create(1 << 10) | Vector256.ShiftLeft(literal, 11) | secondBase;
            Vector256<int> alone = Vector256.GreaterThan(codes, Vector256.Create(IndexBits)) | Flagged(second);
            Vector256<int> begun = Vector256.ConditionalSelect(alone, one, Vector256.ConditionalSelect(Negative(second), two, length));
            Vector256<int> plain = bits | (Vector256.ShiftRightLogical(first, 2) & Vector256.Create(15 << 6)) | (Vector256.ShiftLeft(first, 3) & Vector256.Create(0x1ff << 19));
            Vector256<int> unbegun = Vector256.ConditionalSelect(Flagged(first), Vector256.Create((int)Other), plain);
            Vector256.Store(Vector256.ConditionalSelect(Negative(first), begun, unbegun), (int*)Table + i);
        }

        static Vector256<int> Negative(Vector256<int> entry) => Vector256.ShiftRightArithmetic(entry, 31);

        static Vector256<int> Flagged(Vector256<int> entry) => Vector256.ShiftRightArithmetic(Vector256.ShiftLeft(entry, 16), 31);
    }
}
