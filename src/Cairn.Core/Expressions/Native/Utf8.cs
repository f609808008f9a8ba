using System.Numerics;

namespace Cairn.Core.Expressions.Native;

/// <summary>Code points of well-formed UTF-8.</summary>
internal static class Utf8
{
    /// <summary>How many code points: the bytes that do not continue one.</summary>
    public static int Count(ReadOnlySpan<byte> text)
    {
        int count = 0;
        int at = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var limit = new Vector<sbyte>(unchecked((sbyte)0xBF));
            int width = Vector<sbyte>.Count;
            for (; at + width <= text.Length; at += width)
            {
                // A comparison gives -1 in each byte for which it is true; 127 bytes fit in a signed byte, and no vector is that wide.
                Vector<sbyte> begins = Vector.GreaterThan(Vector.AsVectorSByte(new Vector<byte>(text.Slice(at, width))), limit);
                count -= Vector.Sum(begins);
            }
        }

        for (; at < text.Length; at++)
        {
            count += (text[at] & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    /// <summary>The length of the code point that begins with this byte.</summary>
    public static int LengthOf(byte first) => first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

    /// <summary>The offset after so many code points from here, or the text's end.</summary>
    public static int Advance(ReadOnlySpan<byte> text, int from, long points)
    {
        while (points > 0 && from < text.Length)
        {
            from += LengthOf(text[from]);
            points--;
        }

        return from;
    }
}
