using System.Globalization;
using System.Text;

namespace Cairn.Terminal;

/// <summary>How many columns of a terminal a text takes: 2 for the wide letters of East Asia and for emoji, 0 for marks that combine.</summary>
internal static class TextWidth
{
    public static int Of(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += Of(rune);
        }

        return width;
    }

    /// <summary>The text cut to a width, with … where something is left out.</summary>
    public static string Cut(string text, int width)
    {
        if (text.Length <= width && Of(text) <= width)
        {
            return text;
        }

        var kept = new StringBuilder();
        int used = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int more = Of(rune);
            if (used + more > width - 1)
            {
                break;
            }

            kept.Append(rune);
            used += more;
        }

        return kept.Append('…').ToString();
    }

    /// <summary>As <see cref="Cut"/>, leaving out the middle: for paths, whose ends say most.</summary>
    public static string CutMiddle(string text, int width)
    {
        if (Of(text) <= width || width < 5)
        {
            return Cut(text, width);
        }

        int tail = (width - 1) * 2 / 3;
        int head = width - 1 - tail;
        return string.Concat(text.AsSpan(0, head), "…", text.AsSpan(text.Length - tail));
    }

    public static string PadRight(string text, int width) => text + new string(' ', Math.Max(0, width - Of(text)));

    public static string PadLeft(string text, int width) => new string(' ', Math.Max(0, width - Of(text))) + text;

    private static int Of(Rune rune)
    {
        int c = rune.Value;
        if (c < 0x300)
        {
            return 1;
        }

        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
        {
            return 0;
        }

        return c is (>= 0x1100 and <= 0x115f) or (>= 0x2e80 and <= 0xa4cf) or (>= 0xac00 and <= 0xd7a3) or (>= 0xf900 and <= 0xfaff)
            or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60) or (>= 0xffe0 and <= 0xffe6) or (>= 0x1f300 and <= 0x1faff) or (>= 0x20000 and <= 0x3fffd)
            ? 2
            : 1;
    }
}
