using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cairn.Adapters.Files;

/// <summary>
/// The check sum of gz and zip (CRC-32, reversed polynomial EDB88320, RFC 1952 section 8), taken piece by piece. The framework has none to
/// call. Where the processor multiplies without carries, 64 bytes are folded at a time (V. Gopal and others, "Fast CRC Computation for
/// Generic Polynomials Using PCLMULQDQ Instruction", 2009); otherwise eight tables take eight bytes at a time.
/// </summary>
public struct Crc32
{
    private static readonly uint[] Tables = MakeTables();

    // Not inverted, so that a new value begins at the sum of nothing.
    private uint _sum;

    /// <summary>The sum of all bytes so far.</summary>
    public readonly uint Value => _sum;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        Crc32 sum = default;
        sum.Add(bytes);
        return sum.Value;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint state = ~_sum;
        if (Pclmulqdq.IsSupported && Sse2.IsSupported && bytes.Length >= 64)
        {
            int whole = bytes.Length & ~15;
            state = Fold(state, bytes[..whole]);
            bytes = bytes[whole..];
        }

        _sum = ~ByTables(state, bytes);
    }

    internal static uint ByTables(uint state, ReadOnlySpan<byte> bytes)
    {
        uint[] t = Tables;
        while (bytes.Length >= 8)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ state;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            state = t[0x700 + (low & 0xFF)] ^ t[0x600 + ((low >> 8) & 0xFF)] ^ t[0x500 + ((low >> 16) & 0xFF)] ^ t[0x400 + (low >> 24)]
                ^ t[0x300 + (high & 0xFF)] ^ t[0x200 + ((high >> 8) & 0xFF)] ^ t[0x100 + ((high >> 16) & 0xFF)] ^ t[high >> 24];
            bytes = bytes[8..];
        }

        foreach (byte b in bytes)
        {
            state = t[(state ^ b) & 0xFF] ^ (state >> 8);
        }

        return state;
    }

    /// <summary>The paper's steps: fold by 512 bits, by 128, down to 64, then Barrett's reduction. At least 64 bytes, a multiple of 16.</summary>
    private static uint Fold(uint state, ReadOnlySpan<byte> bytes)
    {
        Vector128<ulong> by512 = Vector128.Create(0x0154442bd4UL, 0x01c6e41596UL);
        Vector128<ulong> by128 = Vector128.Create(0x01751997d0UL, 0x00ccaa009eUL);
        Vector128<ulong> by64 = Vector128.Create(0x0163cd6124UL, 0UL);
        Vector128<ulong> polynomial = Vector128.Create(0x01db710641UL, 0x01f7011641UL);
        Vector128<ulong> low32 = Vector128.Create(0xFFFFFFFFUL, 0xFFFFFFFFUL);

        Vector128<ulong> a = Load(bytes) ^ Vector128.CreateScalar((ulong)state);
        Vector128<ulong> b = Load(bytes[16..]);
        Vector128<ulong> c = Load(bytes[32..]);
        Vector128<ulong> d = Load(bytes[48..]);
        bytes = bytes[64..];
        while (bytes.Length >= 64)
        {
            a = Step(a, by512) ^ Load(bytes);
            b = Step(b, by512) ^ Load(bytes[16..]);
            c = Step(c, by512) ^ Load(bytes[32..]);
            d = Step(d, by512) ^ Load(bytes[48..]);
            bytes = bytes[64..];
        }

        a = Step(a, by128) ^ b;
        a = Step(a, by128) ^ c;
        a = Step(a, by128) ^ d;
        while (bytes.Length >= 16)
        {
            a = Step(a, by128) ^ Load(bytes);
            bytes = bytes[16..];
        }

        a = Sse2.ShiftRightLogical128BitLane(a, 8) ^ Pclmulqdq.CarrylessMultiply(a, by128, 0x10);
        a = Sse2.ShiftRightLogical128BitLane(a, 4) ^ Pclmulqdq.CarrylessMultiply(a & low32, by64, 0x00);
        Vector128<ulong> quotient = Pclmulqdq.CarrylessMultiply(a & low32, polynomial, 0x10) & low32;
        return (a ^ Pclmulqdq.CarrylessMultiply(quotient, polynomial, 0x00)).AsUInt32().GetElement(1);
    }

    private static Vector128<ulong> Step(Vector128<ulong> x, Vector128<ulong> k) =>
        Pclmulqdq.CarrylessMultiply(x, k, 0x00) ^ Pclmulqdq.CarrylessMultiply(x, k, 0x11);

    private static Vector128<ulong> Load(ReadOnlySpan<byte> bytes) => Vector128.Create(bytes[..16]).AsUInt64();

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (uint n = 0; n < 256; n++)
        {
            uint sum = n;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) != 0 ? (sum >> 1) ^ 0xEDB88320 : sum >> 1;
            }

            tables[n] = sum;
        }

        for (int n = 256; n < tables.Length; n++)
        {
            tables[n] = (tables[n - 256] >> 8) ^ tables[tables[n - 256] & 0xFF];
        }

        return tables;
    }
}
