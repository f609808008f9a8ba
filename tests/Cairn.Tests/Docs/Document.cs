using System.Text.RegularExpressions;

namespace Cairn.Tests.Docs;

/// <summary>A Markdown file of the repository.</summary>
/// <param name="Path">From the repository's root, with slashes.</param>
internal sealed partial record Document(string Path)
{
    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden };
    private static readonly string[] NotOurs = ["artifacts", "node_modules", "bin", "obj"];

    public static IReadOnlyList<string> All { get; } =
        [.. Directory.EnumerateFiles(Repository.Root, "*.md", Everywhere).Select(f => System.IO.Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Any(NotOurs.Contains)).Order(StringComparer.Ordinal)];

    public string[] Lines { get; } = File.ReadAllLines(System.IO.Path.Combine(Repository.Root, Path));

    /// <summary>Its lines without those of fenced blocks, each with its number from 1.</summary>
    public IEnumerable<(int Number, string Text)> Prose()
    {
        bool fenced = false;
        for (int i = 0; i < Lines.Length; i++)
        {
            bool fence = Lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (!fence && !fenced)
            {
                yield return (i + 1, Lines[i]);
            }

            fenced ^= fence;
        }
    }

    /// <summary>Where its links lead to, as written.</summary>
    public IEnumerable<(int Number, string Target)> Links() =>
        from line in Prose()
        from Match link in Link().Matches(Code().Replace(line.Text, ""))
        select (line.Number, link.Groups[1].Value);

    /// <summary>The anchors of its headings, as GitHub makes them.</summary>
    public IReadOnlySet<string> Anchors()
    {
        var anchors = new HashSet<string>();
        foreach ((_, string text) in Prose().Where(l => Heading().IsMatch(l.Text)))
        {
            string title = Heading().Replace(text, "").Trim().ToLowerInvariant();
            string anchor = NotInAnchors().Replace(LinkText().Replace(title, "$1"), "").Replace(' ', '-');
            string free = anchor;
            for (int n = 1; !anchors.Add(free); n++)
            {
                free = $"{anchor}-{n}";
            }
        }

        return anchors;
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`(?!\\])")]
    private static partial Regex Code();

    [GeneratedRegex("^#{1,6} ")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
