using System.Globalization;
using System.Text;

namespace Cairn.Terminal;

/// <summary>
/// Data as it may be shown: control characters, and characters that change the direction or hide, are written out (<c>\t</c>, <c>\x1b</c>,
/// <c>\u202e</c>), so that a cell can neither drive the terminal nor pose as something else.
/// </summary>
internal static class Printable
{
    public static string Of(string text)
    {
        int first = FirstToEscape(text);
        if (first < 0)
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16).Append(text, 0, first);
        for (int i = first; i < text.Length; i++)
        {
            if (MustEscape(text, i))
            {
                Escape(shown, text[i]);
            }
            else
            {
                shown.Append(text[i]);
            }
        }

        return shown.ToString();
    }

    private static int FirstToEscape(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (MustEscape(text, i))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool MustEscape(string text, int i)
    {
        char c = text[i];
        if (c < 0x20 || (c >= 0x7f && c < 0xa0))
        {
            return true;
        }

        if (c < 0x200b)
        {
            return false;
        }

        return c is (>= '\u200b' and <= '\u200f') or (>= '\u2028' and <= '\u202e') or (>= '\u2060' and <= '\u206f') or '\ufeff'
            || (char.IsHighSurrogate(c) && (i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])))
            || (char.IsLowSurrogate(c) && (i == 0 || !char.IsHighSurrogate(text[i - 1])));
    }

    private static void Escape(StringBuilder shown, char c) => _ = c switch
    {
        '\t' => shown.Append("\\t"),
        '\n' => shown.Append("\\n"),
        '\r' => shown.Append("\\r"),
        < (char)0x100 => shown.Append("\\x").Append(((int)c).ToString("x2", CultureInfo.InvariantCulture)),
        _ => shown.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
    };
}
