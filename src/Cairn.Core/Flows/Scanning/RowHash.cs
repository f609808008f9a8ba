using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cairn.Core.Flows.Scanning;

/// <summary>A 122-bit fingerprint of some bytes; equal bytes give equal fingerprints.</summary>
public readonly record struct Fingerprint(ulong A, ulong B);

/// <summary>
/// Keyed fingerprints that let rows be compared without keeping them. Two different byte strings of up to 64 KiB get the same fingerprint with a
/// probability below 2^-113, whatever the strings are, because the key is drawn for each run and nobody who made the data knows it. Among 100 million
/// different rows the chance that any two are taken for equal is below 2^-60 (docs/decisions/equal-rows.md).
/// </summary>
/// <remarks>
/// Two independent lanes. Each is NH (Black, Halevi, Krawczyk, Krovetz, Rogaway: "UMAC", CRYPTO 1999, section 3: 2^-64 almost universal per block
/// of equal length), its 128-bit result reduced by a keyed linear function modulo the prime 2^61 - 1, and the blocks and the length combined by
/// polynomial evaluation over the same field (Carter and Wegman, 1979).
/// </remarks>
public sealed class RowHash
{
    /// <summary>Bytes of one NH block; longer strings are several blocks.</summary>
    private const int BlockBytes = 4096;
    private const int BlockWords = BlockBytes / 8;
    private const ulong Prime = (1UL << 61) - 1;

    private readonly ulong[] _key = new ulong[(BlockWords * 2) + 2];
    private readonly ulong[] _parts = new ulong[8];
    private readonly ulong _pointA;
    private readonly ulong _pointB;

    /// <param name="random">Fills a span with random bytes; called twice.</param>
    public RowHash(Action<Span<byte>> random)
    {
        random(MemoryMarshal.AsBytes(_key.AsSpan()));
        Span<ulong> rest = stackalloc ulong[10];
        random(MemoryMarshal.AsBytes(rest));
        for (int i = 0; i < 8; i++)
        {
            _parts[i] = rest[i] % Prime;
        }

        (_pointA, _pointB) = (rest[8] % Prime, rest[9] % Prime);
    }

    public Fingerprint Of(ReadOnlySpan<byte> bytes)
    {
        ulong a = (ulong)bytes.Length % Prime;
        ulong b = a;
        while (true)
        {
            int take = Math.Min(bytes.Length, BlockBytes);
            Block(bytes[..take], out UInt128 nhA, out UInt128 nhB);
            a = Step(a, _pointA, Reduce(nhA, _parts.AsSpan(0, 4)));
            b = Step(b, _pointB, Reduce(nhB, _parts.AsSpan(4, 4)));
            bytes = bytes[take..];
            if (bytes.IsEmpty)
            {
                return new Fingerprint(a, b);
            }
        }
    }

    /// <summary>NH of one block in both lanes; lane B uses the key shifted by a block's words, so the lanes are independent.</summary>
    private void Block(ReadOnlySpan<byte> bytes, out UInt128 a, out UInt128 b)
    {
        ref ulong key = ref MemoryMarshal.GetArrayDataReference(_key);
        ref byte text = ref MemoryMarshal.GetReference(bytes);
        ulong lowA = 0, highA = 0, lowB = 0, highB = 0;
        int word = 0;
        int end = bytes.Length & ~15;
        for (int i = 0; i < end; i += 16, word += 2)
        {
            ulong first = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, i));
            ulong second = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, i + 8));
            Add(ref lowA, ref highA, first + Unsafe.Add(ref key, word), second + Unsafe.Add(ref key, word + 1));
            Add(ref lowB, ref highB, first + Unsafe.Add(ref key, BlockWords + word), second + Unsafe.Add(ref key, BlockWords + word + 1));
        }

        if (end < bytes.Length)
        {
            Span<byte> last = stackalloc byte[16];
            last.Clear();
            bytes[end..].CopyTo(last);
            ulong first = BinaryPrimitives.ReadUInt64LittleEndian(last);
            ulong second = BinaryPrimitives.ReadUInt64LittleEndian(last[8..]);
            Add(ref lowA, ref highA, first + _key[word], second + _key[word + 1]);
            Add(ref lowB, ref highB, first + _key[BlockWords + word], second + _key[BlockWords + word + 1]);
        }

        a = new UInt128(highA, lowA);
        b = new UInt128(highB, lowB);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref ulong low, ref ulong high, ulong x, ulong y)
    {
        ulong h = Math.BigMul(x, y, out ulong l);
        low += l;
        high += h + (low < l ? 1UL : 0UL);
    }

    /// <summary>A keyed linear function of the four 32-bit parts, modulo 2^61 - 1: exactly 1/p universal.</summary>
    private static ulong Reduce(UInt128 value, ReadOnlySpan<ulong> keys)
    {
        ulong low = (ulong)value;
        ulong high = (ulong)(value >> 64);
        ulong sum = Multiply((uint)low, keys[0]) + Multiply(low >> 32, keys[1]) + Multiply((uint)high, keys[2]) + Multiply(high >> 32, keys[3]);
        return Fold(sum);
    }

    private static ulong Step(ulong sum, ulong point, ulong next) => Fold(Multiply(sum, point) + next);

    private static ulong Multiply(ulong x, ulong y)
    {
        ulong high = Math.BigMul(x, y, out ulong low);
        return Fold((low & Prime) + ((low >> 61) | (high << 3)));
    }

    private static ulong Fold(ulong x)
    {
        x = (x & Prime) + (x >> 61);
        return x >= Prime ? x - Prime : x;
    }
}
