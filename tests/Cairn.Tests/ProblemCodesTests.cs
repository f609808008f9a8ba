using System.Text.RegularExpressions;
using Cairn.Core;

namespace Cairn.Tests;

public sealed partial class ProblemCodesTests
{
    [Fact]
    public void Codes_are_unique_and_well_formed()
    {
        Assert.Empty(ProblemCodes.All.GroupBy(c => c.Code).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.All(ProblemCodes.All, c => Assert.Matches(Form(), c.Code));
        Assert.All(ProblemCodes.All, c => Assert.EndsWith(".", c.Meaning, StringComparison.Ordinal));
        Assert.All(ProblemCodes.All, c => Assert.EndsWith(".", c.WhatToDo, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_code_in_the_sources_is_registered_and_every_registered_code_is_used()
    {
        string sources = Path.Combine(Repository.Root, "src");
        var used = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            if (Register().IsMatch(text))
            {
                continue;
            }

            foreach (Match match in Literal().Matches(text))
            {
                used.TryAdd(match.Groups[1].Value, Path.GetRelativePath(sources, file));
            }
        }

        HashSet<string> registered = [.. ProblemCodes.All.Select(c => c.Code)];
        List<string> wrong =
        [
            .. used.Where(u => !registered.Contains(u.Key)).Select(u => $"{u.Key} ({u.Value}) has no line in ProblemCodes"),
            .. registered.Except(used.Keys).Order().Select(c => $"{c} is in ProblemCodes and nowhere else"),
        ];
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [GeneratedRegex(@"ProblemCode(\[\]|>) \w+")]
    private static partial Regex Register();

    // Media types look the same; no area is called as their first words are.
    [GeneratedRegex("\"((?!text/|application/|image/|multipart/)[a-z][a-z0-9]*(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Form();
}
