using System.Diagnostics;
using System.Text;
using Cairn.Core.Expressions.Patterns;

namespace Cairn.Tests.Expressions;

public sealed class PatternTests
{
    [Theory]
    [InlineData("(a", "a ( is not closed; write \\( for the character", 0)]
    [InlineData("a)", "a ) has no ( before it; write \\) for the character", 1)]
    [InlineData("x[a-", "a [ is not closed; write \\[ for the character", 1)]
    [InlineData("[b-a]", "a range goes from one character to a later one, such as a-z", 1)]
    [InlineData("[\\d-z]", "a range goes from one character to a later one, such as a-z", 1)]
    [InlineData("[a-b-c]", "a - that is no range stands first or last in [...]; or write \\-", 4)]
    [InlineData("[[:alpha:]]", "named classes such as [:alpha:] are not supported; write a-zA-Z", 1)]
    [InlineData("a**", "one repetition follows another; put brackets around the first", 2)]
    [InlineData("*a", "there is nothing before * to repeat; write \\* for the character", 0)]
    [InlineData("a|?", "there is nothing before ? to repeat; write \\? for the character", 2)]
    [InlineData("a{2,1}", "a count is written {3}, {3,} or {3,5}; write \\{ for the character", 1)]
    [InlineData("a{,3}", "a count is written {3}, {3,} or {3,5}; write \\{ for the character", 1)]
    [InlineData("a{1001}", "repeats a part more than 1000 times", 1)]
    [InlineData("(a{100}){11}", "repeats a part more than 1000 times", 8)]
    [InlineData("a{99999999999}", "repeats a part more than 1000 times", 1)]
    [InlineData("^*", "^ and $ cannot be repeated", 0)]
    [InlineData("(?i)a", "(?...) is not supported, only (?:...)", 0)]
    [InlineData("a(?=b)", "(?...) is not supported, only (?:...)", 1)]
    [InlineData("\\bword", "\\b is not supported; write (^|\\W) and (\\W|$)", 0)]
    [InlineData("\\p{L}", "\\p is not supported", 0)]
    [InlineData("(a)\\1", "\\1 is not supported", 3)]
    [InlineData("a\\", "it ends with a backslash", 1)]
    [InlineData("\\x4", "a character by number is written \\x41 or \\x{1F33F}", 0)]
    [InlineData("\\x{110000}", "a character by number is written \\x41 or \\x{1F33F}", 0)]
    [InlineData("(abcdefghijkl){1000}", "it is too large", 0)]
    public void What_a_pattern_cannot_hold_is_said(string pattern, string reason, int at)
    {
        Assert.Null(Pattern.Parse(pattern, out string found, out int place));
        Assert.Equal((reason, at), (found, place));
    }

    [Fact]
    public void Deep_brackets_are_refused() => Assert.Null(Pattern.Parse(new string('(', 100_000), out _, out _));

    [Fact]
    public void Patterns_that_blow_up_elsewhere_take_time_in_proportion_to_the_text()
    {
        byte[] text = Encoding.UTF8.GetBytes(new string('a', 1_000_000) + "!");
        long start = Stopwatch.GetTimestamp();
        Assert.False(Read("^(a+)+$").IsFoundIn(text));
        Assert.False(Read("(a*)*b").IsFoundIn(text));
        Assert.False(Read("a?a?a?a?a?a?a?a?a?a?b").IsFoundIn(text));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_pattern_with_more_states_than_are_kept_is_right_all_the_same()
    {
        // Remembers which of the last 16 characters were a: 65,536 states.
        Pattern pattern = Read("a[ab]{16}c");
        uint bits = 1;
        var text = new StringBuilder();
        for (int i = 0; i < 40_000; i++)
        {
            bits = (bits >> 1) ^ ((bits & 1) * 0xB400u);
            text.Append((bits & 1) == 0 ? 'a' : 'b');
        }

        Assert.False(pattern.IsFoundIn(Encoding.UTF8.GetBytes(text.ToString())));
        Assert.Equal(text[^17] == 'a', pattern.IsFoundIn(Encoding.UTF8.GetBytes(text + "c")));
        Assert.True(pattern.IsFoundIn(Encoding.UTF8.GetBytes(text + "abbbbbbbbbbbbbbbbc")));
    }

    [Fact]
    public void Several_threads_may_use_a_pattern_at_once()
    {
        Pattern pattern = Read("(a[ab]{10}|b{3})c");
        byte[][] texts = [.. Enumerable.Range(0, 4000).Select(i => Encoding.UTF8.GetBytes(Convert.ToString(i, 2).Replace('0', 'a').Replace('1', 'b') + "c"))];
        bool[] expected = [.. texts.Select(t => Encoding.UTF8.GetString(t)).Select(t => t.EndsWith("bbbc", StringComparison.Ordinal) || (t.Length >= 12 && t[^12] == 'a'))];
        bool[] found = new bool[texts.Length];
        Parallel.For(0, texts.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => found[i] = pattern.IsFoundIn(texts[i]));
        Assert.Equal(expected, found);
    }

    private static Pattern Read(string pattern) => Assert.IsType<Pattern>(Pattern.Parse(pattern, out _, out _));
}
