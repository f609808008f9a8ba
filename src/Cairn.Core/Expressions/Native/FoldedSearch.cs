using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Cairn.Core.Expressions.Native;

/// <summary>
/// Finds a fixed text in lower(t) without making lower(t): an ASCII text in lower case, sought without regard to case. Two characters beyond ASCII have an
/// ASCII letter as their lower case, U+212A (k) and U+0130 (i); a sought text with these letters is looked for in lower(t) itself when t is not all ASCII.
/// </summary>
internal readonly struct FoldedSearch
{
    private const byte CaseBit = 0x20;
    private const int Block = sizeof(ulong);

    // A byte with the case bit set is a lower-case letter only where it was that letter in either case.
    private readonly byte[] _sought;
    private readonly byte[] _case;
    private readonly (ulong Sought, ulong Case, ulong Mask) _short;
    private readonly byte _firstCase;
    private readonly byte _lastCase;
    private readonly bool _meetsBeyondAscii;

    private FoldedSearch(byte[] sought)
    {
        _sought = sought;
        _case = [.. sought.Select(b => char.IsAsciiLetterLower((char)b) ? CaseBit : (byte)0)];
        _firstCase = _case[0];
        _lastCase = _case[^1];
        _short = sought.Length >= Block ? default : (Gather(sought), Gather(_case), (1UL << (8 * sought.Length)) - 1);
        _meetsBeyondAscii = sought.AsSpan().ContainsAny((byte)'k', (byte)'i');
    }

    public int Length => _sought.Length;

    /// <summary>Null when the text cannot be sought in this way.</summary>
    public static FoldedSearch? For(byte[] sought) =>
        sought.Length > 0 && Ascii.IsValid(sought) && !sought.AsSpan().ContainsAnyInRange((byte)'A', (byte)'Z') ? new FoldedSearch(sought) : null;

    /// <summary>False when only lower(t) itself can tell where the sought text stands in it.</summary>
    public bool Decides(ReadOnlySpan<byte> text) => !_meetsBeyondAscii || Ascii.IsValid(text);

    /// <summary>The offset from which lower(t) would hold the sought text, or -1.</summary>
    public int IndexOf(ReadOnlySpan<byte> text)
    {
        int candidates = text.Length - _sought.Length + 1;
        return candidates <= 0 ? -1
            : Vector256.IsHardwareAccelerated && candidates >= Vector256<byte>.Count ? ByVector256(text, candidates)
            : Vector128.IsHardwareAccelerated && candidates >= Vector128<byte>.Count ? ByVector128(text, candidates)
            : OneByOne(text, candidates);
    }

    // Looks at the first and the last byte of many candidates at once; where both fit, at the whole.
    private int ByVector256(ReadOnlySpan<byte> text, int candidates)
    {
        Vector256<byte> first = Vector256.Create(_sought[0]);
        Vector256<byte> last = Vector256.Create(_sought[^1]);
        Vector256<byte> firstCase = Vector256.Create(_firstCase);
        Vector256<byte> lastCase = Vector256.Create(_lastCase);
        ref byte start = ref MemoryMarshal.GetReference(text);
        int final = candidates - Vector256<byte>.Count;
        for (int at = 0; ; at = Math.Min(at + Vector256<byte>.Count, final))
        {
            Vector256<byte> heads = Vector256.LoadUnsafe(ref start, (nuint)at) | firstCase;
            Vector256<byte> tails = Vector256.LoadUnsafe(ref start, (nuint)(at + _sought.Length - 1)) | lastCase;
            uint fits = (Vector256.Equals(heads, first) & Vector256.Equals(tails, last)).ExtractMostSignificantBits();
            if (fits != 0 && FirstOf(text, at, fits) is >= 0 and int found)
            {
                return found;
            }

            if (at == final)
            {
                return -1;
            }
        }
    }

    private int ByVector128(ReadOnlySpan<byte> text, int candidates)
    {
        Vector128<byte> first = Vector128.Create(_sought[0]);
        Vector128<byte> last = Vector128.Create(_sought[^1]);
        Vector128<byte> firstCase = Vector128.Create(_firstCase);
        Vector128<byte> lastCase = Vector128.Create(_lastCase);
        ref byte start = ref MemoryMarshal.GetReference(text);
        int final = candidates - Vector128<byte>.Count;
        for (int at = 0; ; at = Math.Min(at + Vector128<byte>.Count, final))
        {
            Vector128<byte> heads = Vector128.LoadUnsafe(ref start, (nuint)at) | firstCase;
            Vector128<byte> tails = Vector128.LoadUnsafe(ref start, (nuint)(at + _sought.Length - 1)) | lastCase;
            uint fits = (Vector128.Equals(heads, first) & Vector128.Equals(tails, last)).ExtractMostSignificantBits();
            if (fits != 0 && FirstOf(text, at, fits) is >= 0 and int found)
            {
                return found;
            }

            if (at == final)
            {
                return -1;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FirstOf(ReadOnlySpan<byte> text, int at, uint fits)
    {
        for (; fits != 0; fits &= fits - 1)
        {
            int candidate = at + BitOperations.TrailingZeroCount(fits);
            if (IsAt(text, candidate))
            {
                return candidate;
            }
        }

        return -1;
    }

    private int OneByOne(ReadOnlySpan<byte> text, int candidates)
    {
        for (int at = 0; at < candidates; at++)
        {
            if (IsAt(text, at))
            {
                return at;
            }
        }

        return -1;
    }

    // Eight bytes at a time, the last eight overlapping those before; a text of less than eight bytes within the eight that hold it.
    private bool IsAt(ReadOnlySpan<byte> text, int at)
    {
        int length = _sought.Length;
        if (length >= Block)
        {
            for (int i = 0; i < length - Block; i += Block)
            {
                if ((Read(text, at + i) | Read(_case, i)) != Read(_sought, i))
                {
                    return false;
                }
            }

            return (Read(text, at + length - Block) | Read(_case, length - Block)) == Read(_sought, length - Block);
        }

        ulong found = at + Block <= text.Length ? Read(text, at)
            : text.Length >= Block ? Read(text, text.Length - Block) >> (8 * (at + Block - text.Length))
            : Gather(text[at..]);
        return (found & _short.Mask | _short.Case) == _short.Sought;
    }

    private static ulong Read(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private static ulong Gather(ReadOnlySpan<byte> bytes)
    {
        ulong gathered = 0;
        for (int i = Math.Min(bytes.Length, Block) - 1; i >= 0; i--)
        {
            gathered = (gathered << 8) | bytes[i];
        }

        return gathered;
    }
}
