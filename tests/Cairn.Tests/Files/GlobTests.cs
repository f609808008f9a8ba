using System.IO.Enumeration;
using Cairn.Adapters.Files;

namespace Cairn.Tests.Files;

public sealed class GlobTests
{
    [Theory]
    [InlineData("*.jpg", "a.jpg", true)]
    [InlineData("*.jpg", "a.JPG", false)]
    [InlineData("*.jpg", "a/b.jpg", false)]
    [InlineData("**/*.jpg", "a/b/c.jpg", true)]
    [InlineData("**/*.jpg", "c.jpg", true)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("?.txt", "ä.txt", true)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[!a-c]x", "dx", true)]
    [InlineData("[z-a]x", "-x", true)]
    [InlineData("[a", "[a", true)]
    [InlineData("[]", "[]", true)]
    [InlineData("{a,b}*.txt", "b1.txt", true)]
    [InlineData("{a,b}.txt", "c.txt", false)]
    [InlineData("{a", "{a", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("a(b)+$", "a(b)+$", true)]
    [InlineData("line\n*", "line\nbreak\n", true)]
    public void Patterns_mean_what_they_mean_in_shells(string pattern, string name, bool matches) =>
        Assert.Equal(matches, new Glob(pattern).Matches(name));

    [Fact]
    public void Any_text_is_a_pattern_and_the_simple_ones_agree_with_the_frameworks()
    {
        var random = new Random(3);
        const string Letters = "ab*?";
        const string Odd = "ab*?[]{},!-^\\/.()";
        for (int round = 0; round < 500; round++)
        {
            string odd = Some(Odd);
            _ = new Glob(odd).Matches(Some("ab/[]"));
            string pattern = "a" + Some(Letters);
            while (pattern.Contains("**"))
            {
                pattern = pattern.Replace("**", "*");
            }

            string name = "a" + Some("ab");
            Assert.Equal(FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false), new Glob(pattern).Matches(name));
        }

        string Some(string letters) => string.Concat(Enumerable.Range(0, random.Next(9)).Select(_ => letters[random.Next(letters.Length)]));
    }
}
