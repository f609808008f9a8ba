using System.Text;
using System.Text.RegularExpressions;

namespace Cairn.Adapters.Files;

/// <summary>
/// A pattern of file names as shells have it: <c>*</c> and <c>?</c> within a part of a path, <c>**</c> over any number of folders,
/// <c>[a-z]</c> and <c>[!a-z]</c> for one character, <c>{a,b}</c> for one or the other. Letter case counts.
/// </summary>
public sealed class Glob
{
    private static readonly char[] Special = ['*', '?', '[', '{'];
    private readonly Regex _regex;

    /// <summary>Takes any text: what is no pattern (an open bracket without its end) stands for itself.</summary>
    public Glob(string pattern)
    {
        Pattern = pattern;
        _regex = new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    public string Pattern { get; }

    /// <summary>Does the text hold characters with a meaning in patterns?</summary>
    public static bool IsPattern(string text) => text.IndexOfAny(Special) >= 0;

    public bool Matches(string name) => _regex.IsMatch(name);

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        int open = 0;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '*' && i + 1 < pattern.Length && pattern[i + 1] == '*')
            {
                bool folders = i + 2 < pattern.Length && pattern[i + 2] == '/';
                regex.Append(folders ? "(?:[^/]+/)*" : ".*");
                i += folders ? 2 : 1;
            }
            else if (c == '[' && pattern.IndexOf(']', Math.Min(i + 2, pattern.Length)) is > 0 and int end)
            {
                bool not = pattern[i + 1] is '!' or '^';
                string set = pattern[(i + (not ? 2 : 1))..end].Replace(@"\", @"\\").Replace("[", @"\[").Replace("^", @"\^").Replace("]", @"\]");
                regex.Append(set.Length == 0 ? Regex.Escape(pattern[i..(end + 1)]) : not ? $"[^/{Ranges(set)}]" : $"[{Ranges(set)}]");
                i = end;
            }
            else if (c == '{' && pattern.IndexOf('}', i) > 0)
            {
                regex.Append("(?:");
                open++;
            }
            else if (open > 0 && c is '}' or ',' && open > 0)
            {
                regex.Append(c == ',' ? "|" : ")");
                open -= c == '}' ? 1 : 0;
            }
            else
            {
                regex.Append(c switch { '*' => "[^/]*", '?' => "[^/]", _ => Regex.Escape(c.ToString()) });
            }
        }

        return regex.Append(')', open).Append(@"\z").ToString();
    }

    // A range written backwards (z-a) is no range: its minus stands for itself.
    private static string Ranges(string set)
    {
        var text = new StringBuilder(set);
        for (int i = 1; i < text.Length - 1; i++)
        {
            if (text[i] == '-' && text[i - 1] > text[i + 1])
            {
                text.Insert(i++, '\\');
            }
        }

        return text.ToString();
    }
}
