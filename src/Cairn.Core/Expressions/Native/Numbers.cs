using System.Globalization;
using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

/// <summary>integer(t): a sign and 1 to 18 digits, nothing else; otherwise NULL.</summary>
internal sealed class ParseInteger(Node<ReadOnlySpan<byte>> operand) : IntegerNode
{
    private const int MostDigits = 18;

    public override bool TryEval(RowView row, Scratch scratch, out long value)
    {
        value = 0;
        if (!operand.TryEval(row, scratch, out ReadOnlySpan<byte> text))
        {
            return false;
        }

        int sign = text[0] is (byte)'+' or (byte)'-' ? 1 : 0;
        ReadOnlySpan<byte> digits = text[sign..];
        if (digits.Length is 0 or > MostDigits)
        {
            return false;
        }

        foreach (byte digit in digits)
        {
            if ((uint)(digit - '0') > 9)
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        value = text[0] == '-' ? -value : value;
        return true;
    }
}

/// <summary>number(t): a sign, digits, a point with digits, an exponent; nothing else. NULL otherwise, and beyond the largest finite number.</summary>
internal sealed class ParseNumber(Node<ReadOnlySpan<byte>> operand) : NumberNode
{
    public override bool TryEval(RowView row, Scratch scratch, out double value)
    {
        value = 0;
        return operand.TryEval(row, scratch, out ReadOnlySpan<byte> text) && IsNumber(text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        int at = text[0] is (byte)'+' or (byte)'-' ? 1 : 0;
        if (!Digits(text, ref at))
        {
            return false;
        }

        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (!Digits(text, ref at))
            {
                return false;
            }
        }

        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            at++;
            at += at < text.Length && text[at] is (byte)'+' or (byte)'-' ? 1 : 0;
            if (!Digits(text, ref at))
            {
                return false;
            }
        }

        return at == text.Length;
    }

    private static bool Digits(ReadOnlySpan<byte> text, ref int at)
    {
        int start = at;
        while (at < text.Length && (uint)(text[at] - '0') <= 9)
        {
            at++;
        }

        return at > start;
    }
}
