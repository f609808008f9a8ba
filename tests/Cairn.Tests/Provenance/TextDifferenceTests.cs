using Cairn.Core.Provenance;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.Tests.Provenance;

public sealed class TextDifferenceTests
{
    [Fact]
    public void Shows_what_went_and_came_with_three_lines_around()
    {
        string before = "a\nb\nc\nd\ne\nf\ng\nh\n", after = "a\nb\nc\nd\nE\nf\ng\nh\n";

        Assert.Equal(["@@ line 2 / 2 @@", " b", " c", " d", "-e", "+E", " f", " g", " h"], TextDifference.Of(before, after));
    }

    [Fact]
    public void Far_changes_stand_apart()
    {
        string before = string.Join('\n', Enumerable.Range(1, 30)), after = before.Replace("\n2\n", "\ntwo\n", StringComparison.Ordinal).Replace("\n29\n", "\n", StringComparison.Ordinal);

        Assert.Equal(["@@ line 1 / 1 @@", "@@ line 26 / 26 @@"], TextDifference.Of(before, after).Where(l => l[0] == '@'));
    }

    [Fact]
    public void Equal_texts_have_none() => Assert.Empty(TextDifference.Of("a\nb", "a\nb"));

    /// <summary>Leaving out what came gives the first text's lines, leaving out what went the second's, wherever something is shown.</summary>
    [Fact]
    public void What_is_shown_is_in_the_texts()
    {
        Gen<string> text = Gen.Elements("a", "b", "c", "d").ListOf().Select(l => string.Join('\n', l));
        Prop.ForAll(text.Two().ToArbitrary(), pair =>
        {
            IReadOnlyList<string> shown = [.. TextDifference.Of(pair.Item1, pair.Item2).Where(l => l[0] != '@')];
            string[] a = pair.Item1.Split('\n'), b = pair.Item2.Split('\n');
            int gone = shown.Count(l => l[0] == '-'), come = shown.Count(l => l[0] == '+');
            return a.Length - gone == b.Length - come
                && IsSubsequence(shown.Where(l => l[0] != '+').Select(l => l[1..]), a)
                && IsSubsequence(shown.Where(l => l[0] != '-').Select(l => l[1..]), b);
        }).QuickCheckThrowOnFailure();
    }

    private static bool IsSubsequence(IEnumerable<string> some, string[] all)
    {
        int at = 0;
        foreach (string one in some)
        {
            at = Array.IndexOf(all, one, at) + 1;
            if (at == 0)
            {
                return false;
            }
        }

        return true;
    }
}
