namespace Cairn.RedcapServer.Logic;

/// <summary>Functions of texts. Places and lengths are counted in characters, of which one beyond 16 bits is one.</summary>
internal static class TextFunctions
{
    // No field holds a longer text. Without a limit nested replacements could make a text of any length out of a short one; a longer one is no result.
    private const int MostCharacters = 262_144;

    public static LogicValue Contains(LogicNode[] a, ILogicContext c) =>
        LogicValue.OfTruth(Text(a[0], c).Contains(Text(a[1], c), StringComparison.OrdinalIgnoreCase));

    public static LogicValue NotContain(LogicNode[] a, ILogicContext c) =>
        LogicValue.OfTruth(!Text(a[0], c).Contains(Text(a[1], c), StringComparison.OrdinalIgnoreCase));

    public static LogicValue StartsWith(LogicNode[] a, ILogicContext c) =>
        LogicValue.OfTruth(Text(a[0], c).StartsWith(Text(a[1], c), StringComparison.OrdinalIgnoreCase));

    public static LogicValue EndsWith(LogicNode[] a, ILogicContext c) =>
        LogicValue.OfTruth(Text(a[0], c).EndsWith(Text(a[1], c), StringComparison.OrdinalIgnoreCase));

    public static LogicValue Find(LogicNode[] a, ILogicContext c)
    {
        string text = Text(a[1], c);
        int at = text.IndexOf(Text(a[0], c), StringComparison.OrdinalIgnoreCase);
        return LogicValue.OfNumber(at < 0 ? 0 : Count(text.AsSpan(0, at)) + 1);
    }

    public static LogicValue Left(LogicNode[] a, ILogicContext c) => Part(Text(a[0], c), 0, Number(a[1], c));

    public static LogicValue Right(LogicNode[] a, ILogicContext c)
    {
        string text = Text(a[0], c);
        double count = Math.Max(Number(a[1], c), 0);
        return Part(text, Math.Max(Count(text) - count, 0), count);
    }

    public static LogicValue Middle(LogicNode[] a, ILogicContext c) => Part(Text(a[0], c), Math.Max(Number(a[1], c) - 1, 0), Number(a[2], c));

    public static LogicValue Length(LogicNode[] a, ILogicContext c) => LogicValue.OfNumber(Count(Text(a[0], c)));

    public static LogicValue Trim(LogicNode[] a, ILogicContext c) => LogicValue.OfText(Text(a[0], c).Trim());

    public static LogicValue Upper(LogicNode[] a, ILogicContext c) => LogicValue.OfText(Text(a[0], c).ToUpperInvariant());

    public static LogicValue Lower(LogicNode[] a, ILogicContext c) => LogicValue.OfText(Text(a[0], c).ToLowerInvariant());

    public static LogicValue Replace(LogicNode[] a, ILogicContext c)
    {
        string text = Text(a[0], c);
        string part = Text(a[1], c);
        string replacement = Text(a[2], c);
        if (part.Length == 0)
        {
            return LogicValue.OfText(text);
        }

        long longest = replacement.Length <= part.Length ? text.Length : text.Length + ((long)text.AsSpan().Count(part) * (replacement.Length - part.Length));
        return longest > MostCharacters ? LogicValue.NoResult : LogicValue.OfText(text.Replace(part, replacement, StringComparison.Ordinal));
    }

    public static LogicValue Concatenate(LogicNode[] a, ILogicContext c) => Join(a, c, 0, "");

    public static LogicValue ConcatenateSeparated(LogicNode[] a, ILogicContext c) => Join(a, c, 1, Text(a[0], c));

    private static LogicValue Join(LogicNode[] a, ILogicContext c, int from, string separator)
    {
        var texts = new List<string>(a.Length - from);
        long length = 0;
        for (int i = from; i < a.Length; i++)
        {
            string text = Text(a[i], c);
            if (text.Length > 0)
            {
                texts.Add(text);
                length += text.Length + separator.Length;
                if (length - separator.Length > MostCharacters)
                {
                    return LogicValue.NoResult;
                }
            }
        }

        return LogicValue.OfText(string.Join(separator, texts));
    }

    private static string Text(LogicNode node, ILogicContext c) => node.Evaluate(c).Text;

    // What is no number counts as 0, so that there is nothing to take.
    private static double Number(LogicNode node, ILogicContext c) => node.TryNumber(c, out double number) ? Math.Truncate(number) : 0;

    private static int Count(ReadOnlySpan<char> text)
    {
        int count = text.Length;
        for (int i = text.IndexOfAnyInRange('\uD800', '\uDBFF'); i >= 0 && i + 1 < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i], text[i + 1]))
            {
                count--;
                i++;
            }
        }

        return count;
    }

    private static LogicValue Part(string text, double start, double count)
    {
        if (count <= 0 || start >= text.Length)
        {
            return LogicValue.Blank;
        }

        int from = Index(text, 0, start);
        return LogicValue.OfText(text[from..Index(text, from, count)]);
    }

    // So many characters after a place.
    private static int Index(string text, int from, double characters)
    {
        int at = from;
        for (; characters > 0 && at < text.Length; characters--)
        {
            at += at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        }

        return at;
    }
}
