using System.Buffers;

namespace Cairn.Core.Expressions.Native;

/// <summary>The characters of Unicode's property White_Space, in UTF-8.</summary>
internal static class WhiteSpace
{
    /// <summary>The same characters, as the inside of a character class of RE2.</summary>
    public const string Class = @"\t-\r \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}";

    private const int ShortWord = 16;

    // What a white space can begin with: the six of ASCII, and the lead bytes of the others.
    private static readonly SearchValues<byte> Beginnings = SearchValues.Create([(byte)'\t', (byte)'\n', 0x0B, 0x0C, (byte)'\r', (byte)' ', 0xC2, 0xE1, 0xE2, 0xE3]);

    /// <summary>The length of the white space that begins here; 0 when none does.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text, int at)
    {
        byte first = text[at];
        if (first < 0x80)
        {
            return IsAscii(first) ? 1 : 0;
        }

        return first switch
        {
            0xC2 => text[at + 1] is 0x85 or 0xA0 ? 2 : 0,
            0xE1 or 0xE2 or 0xE3 => IsThreeByte(first, text[at + 1], text[at + 2]) ? 3 : 0,
            _ => 0,
        };
    }

    /// <summary>The length of the white space that ends just before this offset; 0 when none does.</summary>
    public static int LengthBefore(ReadOnlySpan<byte> text, int end)
    {
        byte last = text[end - 1];
        if (last < 0x80)
        {
            return IsAscii(last) ? 1 : 0;
        }

        if (end >= 2 && text[end - 2] == 0xC2)
        {
            return last is 0x85 or 0xA0 ? 2 : 0;
        }

        return end >= 3 && IsThreeByte(text[end - 3], text[end - 2], last) ? 3 : 0;
    }

    /// <summary>The offset of the first white space from here, or the text's end.</summary>
    public static int Next(ReadOnlySpan<byte> text, int from)
    {
        // Most words are short: these are passed over before a search that takes time to begin.
        for (int limit = Math.Min(text.Length, from + ShortWord); from < limit && (uint)(text[from] - '!') <= '~' - '!';)
        {
            from++;
        }

        while (from < text.Length)
        {
            if (LengthAt(text, from) > 0)
            {
                return from;
            }

            from++;
            int found = text[from..].IndexOfAny(Beginnings);
            if (found < 0)
            {
                return text.Length;
            }

            from += found;
        }

        return text.Length;
    }

    /// <summary>The offset of the first character from here that is no white space, or the text's end.</summary>
    public static int Skip(ReadOnlySpan<byte> text, int from)
    {
        while (from < text.Length && LengthAt(text, from) is > 0 and int length)
        {
            from += length;
        }

        return from;
    }

    public static bool IsIn(ReadOnlySpan<byte> text) => Next(text, 0) < text.Length;

    private static bool IsAscii(byte b) => b == ' ' || (uint)(b - '\t') <= '\r' - '\t';

    // U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000.
    private static bool IsThreeByte(byte a, byte b, byte c) => (a, b) switch
    {
        (0xE1, 0x9A) => c == 0x80,
        (0xE2, 0x80) => c is <= 0x8A or 0xA8 or 0xA9 or 0xAF,
        (0xE2, 0x81) => c == 0x9F,
        (0xE3, 0x80) => c == 0x80,
        _ => false,
    };
}
