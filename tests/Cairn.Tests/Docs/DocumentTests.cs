using System.Text.RegularExpressions;

namespace Cairn.Tests.Docs;

/// <summary>Every document of the repository: its links lead somewhere, the files it names are there, and it says nothing of one machine.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents => [.. Document.All];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_lead_somewhere(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        foreach ((int number, string target) in new Document(path).Links().Where(l => !l.Target.Contains("://", StringComparison.Ordinal) && !l.Target.StartsWith("mailto:", StringComparison.Ordinal)))
        {
            string[] parts = target.Split('#', 2);
            string file = parts[0].Length == 0 ? path : Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, folder, parts[0])));
            string full = Path.Combine(Repository.Root, file);
            Assert.True(File.Exists(full) || Directory.Exists(full), $"{path}:{number}: there is no {target}");
            Assert.False(file.StartsWith("..", StringComparison.Ordinal), $"{path}:{number}: {target} leads out of the repository");
            if (parts.Length == 2 && file.EndsWith(".md", StringComparison.Ordinal))
            {
                Assert.True(new Document(file).Anchors().Contains(parts[1]), $"{path}:{number}: {file} has no heading #{parts[1]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Files_of_the_source_that_it_names_are_there(string path)
    {
        foreach ((int number, string text) in new Document(path).Prose())
        {
            foreach (Match named in SourceFile().Matches(text))
            {
                string file = Path.Combine(Repository.Root, named.Groups[1].Value);
                Assert.True(File.Exists(file) || Directory.Exists(file), $"{path}:{number}: there is no {named.Groups[1].Value}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void It_holds_on_every_machine(string path)
    {
        string[] lines = new Document(path).Lines;
        for (int i = 0; i < lines.Length; i++)
        {
            Match machine = MachinePath().Match(lines[i]);
            Assert.False(machine.Success, $"{path}:{i + 1}: {machine.Value} is a path of one machine");
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void It_speaks_plainly(string path)
    {
        foreach ((int number, string text) in new Document(path).Prose())
        {
            Match word = Praise().Match(text);
            Assert.False(word.Success, $"{path}:{number}: \"{word.Value}\" tells a reader nothing; say what it does, or how much");
        }
    }

    [Fact]
    public void Every_guide_and_every_decision_is_in_the_list_of_its_folder()
    {
        foreach ((string folder, string list) in new[] { ("docs/guide", "README.md"), ("docs/decisions", "docs/decisions/README.md"), ("docs/reference", "README.md") })
        {
            IReadOnlyList<string> linked = [.. new Document(list).Links().Select(l => Path.GetFileName(l.Target.Split('#')[0]))];
            Assert.All(Document.All.Where(d => d.StartsWith(folder + "/", StringComparison.Ordinal) && d != list), d =>
                Assert.True(linked.Contains(Path.GetFileName(d)), $"{list} has no link to {d}"));
        }
    }

    // Paths below the top folders, in backticks: `src/Cairn.Core/Problem.cs`. A name in <> or with * is no path.
    [GeneratedRegex(@"`((?:src|tests|bench|eng|docs|examples)/[\w./-]+)`")]
    private static partial Regex SourceFile();

    [GeneratedRegex(@"(?<![\w.~}/-])/(?:work|root|mnt|Users|tmp|home/(?!you\b))\b[\w./-]*|[A-Z]:\\[\w\\]+")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(?:blazing\w*|powerful|seamless(?:ly)?|effortless(?:ly)?|cutting-edge|state-of-the-art|world-class|revolutionary|game-chang\w+|leverag(?:e|es|ing)|robust(?:ly)?|lightning|best-in-class|simply|easily|next-generation|delightful|awesome)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Praise();
}
