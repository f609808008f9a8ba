using System.Text.RegularExpressions;

namespace Cairn.EndToEnd.Docs;

/// <summary>
/// Two outputs compared as a reader would: durations, the clock, this machine's name and the width of columns do not count, and a line <c>...</c> on the page
/// stands for any lines.
/// </summary>
internal static partial class Seen
{
    private const string Elision = "...";

    public static bool Same(IReadOnlyList<string> shown, IReadOnlyList<string> printed)
    {
        string[] lines = [.. printed.Select(Plain)];
        IReadOnlyList<string[]> parts = Parts(shown);
        int at = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            string[] part = [.. parts[i].Select(Plain)];
            bool first = i == 0;
            bool last = i == parts.Count - 1;
            int found = last && !first ? lines.Length - part.Length : first ? 0 : Find(lines, part, at);
            if (found < at || found + part.Length > lines.Length || !lines.AsSpan(found, part.Length).SequenceEqual(part) || (first && last && part.Length != lines.Length))
            {
                return false;
            }

            at = found + part.Length;
        }

        return true;
    }

    /// <summary>
    /// What the page is to show now: the same parts as before, where each still begins and ends with the same lines; otherwise everything printed.
    /// </summary>
    public static IReadOnlyList<string> Renewed(IReadOnlyList<string> shown, IReadOnlyList<string> printed)
    {
        List<string> lines = [.. printed.Select(Plain)];
        IReadOnlyList<string[]> parts = Parts(shown);
        if (parts.Count == 1)
        {
            return printed;
        }

        var renewed = new List<string>();
        int at = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            renewed.AddRange(i == 0 ? [] : [Elision]);
            if (parts[i].Length == 0)
            {
                continue;
            }

            int from = i == 0 ? 0 : lines.IndexOf(Plain(parts[i][0]), at);
            int to = i == parts.Count - 1 ? lines.Count - 1 : from < 0 ? -1 : lines.IndexOf(Plain(parts[i][^1]), from);
            if (from < 0 || to < from)
            {
                return printed;
            }

            renewed.AddRange(printed.Skip(from).Take(to - from + 1));
            at = to + 1;
        }

        return renewed;
    }

    public static string Plain(string line)
    {
        string text = Clock().Replace(line, "<time>");
        text = Duration().Replace(text, "<duration>");
        text = Machine().Replace(text, "<machine>");
        text = Head().Replace(text, "<head>");
        return Gap().Replace(text.TrimEnd(), " ");
    }

    private static List<string[]> Parts(IReadOnlyList<string> shown)
    {
        var parts = new List<string[]>();
        var part = new List<string>();
        foreach (string line in shown)
        {
            if (line.Trim() == Elision)
            {
                parts.Add([.. part]);
                part.Clear();
            }
            else
            {
                part.Add(line);
            }
        }

        parts.Add([.. part]);
        return parts;
    }

    private static int Find(string[] lines, string[] part, int from)
    {
        for (int at = from; at + part.Length <= lines.Length; at++)
        {
            if (lines.AsSpan(at, part.Length).SequenceEqual(part))
            {
                return at;
            }
        }

        return -1;
    }

    [GeneratedRegex(@"(?:today|yesterday|\b20[2-9]\d-\d\d(?:-|/)\d\d)(?:[T ]\d\d[:-]\d\d(?:[:-]\d\d)?(?:\.\d+)?)?(?:Z| UTC)?")]
    private static partial Regex Clock();

    [GeneratedRegex(@"(?<![\w.,])(?:\d+ h \d\d min|\d+ min \d\d s|\d+(?:\.\d+)? m?s)(?!\w)")]
    private static partial Regex Duration();

    [GeneratedRegex(@"(?<=^\s*(?:who|where|on|by|host|user|system|with)\s{2,})\S.*$")]
    private static partial Regex Machine();

    // The journal's head depends on times.
    [GeneratedRegex("(?<=head )[0-9a-f]{64}")]
    private static partial Regex Head();

    [GeneratedRegex(@" {2,}|-{3,}|─{3,}")]
    private static partial Regex Gap();
}
