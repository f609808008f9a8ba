using System.Buffers.Text;
using System.Globalization;

namespace Cairn.Core.Expressions.Native;

/// <summary>
/// A number as text: the fewest digits that give the same number back, whole numbers without a point, with an exponent from 1e+16 and below 1e-04. This is
/// DuckDB's form but for its ".0"; .NET's own has changed its limits between versions, so only its digits are taken.
/// </summary>
internal static class NumberForm
{
    /// <summary>In bytes: sign, 17 digits, point, zeros of 0.0001 and exponent fit.</summary>
    public const int Longest = 32;

    private const int ExponentFrom = 16;
    private const int ExponentBelow = -4;

    /// <summary>Writes a finite number; returns how many bytes.</summary>
    public static int Write(double number, Span<byte> room)
    {
        Span<byte> digits = stackalloc byte[Longest];
        int count = Digits(Math.Abs(number), digits, out int exponent);
        digits = digits[..count];
        int at = 0;
        if (double.IsNegative(number))
        {
            room[at++] = (byte)'-';
        }

        if (exponent is < ExponentBelow or >= ExponentFrom)
        {
            at += Fraction(room[at..], digits, 1);
            room[at++] = (byte)'e';
            room[at++] = (byte)(exponent < 0 ? '-' : '+');
            Utf8Formatter.TryFormat(Math.Abs(exponent), room[at..], out int written, new('D', 2));
            return at + written;
        }

        if (exponent < 0)
        {
            "0.000"u8[..(1 - exponent)].CopyTo(room[at..]);
            at += 1 - exponent;
            digits.CopyTo(room[at..]);
            return at + count;
        }

        room.Slice(at, exponent + 1).Fill((byte)'0');
        return at + Fraction(room[at..], digits, exponent + 1);
    }

    // Writes the digits with a point after so many of them; zeros up to the point are there already.
    private static int Fraction(Span<byte> room, ReadOnlySpan<byte> digits, int whole)
    {
        if (digits.Length <= whole)
        {
            digits.CopyTo(room);
            return whole;
        }

        digits[..whole].CopyTo(room);
        room[whole] = (byte)'.';
        digits[whole..].CopyTo(room[(whole + 1)..]);
        return digits.Length + 1;
    }

    // The shortest digits d of a number d.ddd x 10^exponent, without zeros at the end.
    private static int Digits(double number, Span<byte> digits, out int exponent)
    {
        Span<byte> text = stackalloc byte[Longest];
        number.TryFormat(text, out int length, "R", CultureInfo.InvariantCulture);
        int count = 0;
        int point = -1;
        exponent = 0;
        for (int i = 0; i < length; i++)
        {
            if (text[i] == 'E')
            {
                Utf8Parser.TryParse(text[(i + 1)..length], out exponent, out _);
                break;
            }

            if (text[i] == '.')
            {
                point = count;
            }
            else
            {
                digits[count++] = text[i];
            }
        }

        exponent += (point < 0 ? count : point) - 1;
        int zeros = digits[..count].IndexOfAnyExcept((byte)'0');
        if (zeros < 0)
        {
            exponent = 0;
            return 1;
        }

        exponent -= zeros;
        ReadOnlySpan<byte> kept = digits[zeros..count].TrimEnd((byte)'0');
        kept.CopyTo(digits);
        return kept.Length;
    }
}
