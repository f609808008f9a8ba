using System.Globalization;

namespace Cairn.RedcapServer.Logic;

/// <summary>When a text is a number, and how a number is written.</summary>
internal static class NumberText
{
    // Above this neighbouring whole numbers are the same double.
    internal const double Exact = 9007199254740992;

    private const int FastDigits = 15;

    /// <summary>
    /// Sign, digits with a decimal point, exponent; white space around it does no harm. What is too large, infinite or in another notation is text.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> text, out double number)
    {
        number = 0;
        if (text.Length == 0)
        {
            return false;
        }

        if (IsSpace(text[0]) || IsSpace(text[^1]))
        {
            text = text.Trim(" \t\n\r\v\f");
            if (text.Length == 0)
            {
                return false;
            }
        }

        if (TryReadDigits(text, out number))
        {
            return true;
        }

        // A number has a digit after its sign and point and at its end: this keeps out names and what else double.TryParse would take.
        int first = text[0] is '+' or '-' ? 1 : 0;
        if (first == text.Length || !(char.IsAsciiDigit(text[first]) || text[first] == '.') || !(char.IsAsciiDigit(text[^1]) || text[^1] == '.'))
        {
            return false;
        }

        const NumberStyles Allowed = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Allowed, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    /// <summary>Without exponent and needless zeros, to 14 significant digits; whole numbers whole.</summary>
    public static string Of(double number)
    {
        if (Math.Abs(number) < Exact && Math.Truncate(number) == number)
        {
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        }

        // -1.2345678901234E+004: sign, 14 digits of which the first stands before the point, exponent.
        string shown = number.ToString("E13", CultureInfo.InvariantCulture);
        int sign = number < 0 ? 1 : 0;
        int exponent = int.Parse(shown.AsSpan(sign + 16), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string digits = string.Concat(shown.AsSpan(sign, 1), shown.AsSpan(sign + 2, 13)).TrimEnd('0');
        string minus = sign == 1 ? "-" : "";
        if (exponent < 0)
        {
            return minus + "0." + new string('0', -exponent - 1) + digits;
        }

        int whole = exponent + 1;
        return digits.Length <= whole ? minus + digits + new string('0', whole - digits.Length) : minus + digits[..whole] + "." + digits[whole..];
    }

    private static bool TryReadDigits(ReadOnlySpan<char> text, out double number)
    {
        long read = 0;
        number = 0;
        if (text.Length > FastDigits)
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            read = (read * 10) + (c - '0');
        }

        number = read;
        return true;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\v' or '\f';
}
