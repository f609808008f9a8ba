using Cairn.Core;
using Xunit;

namespace Cairn.Tests;

public sealed class DidYouMeanTests
{
    [Theory]
    [InlineData("filds", "fields")]
    [InlineData("teh", "the")]
    [InlineData("LOWER", "lower")]
    [InlineData("wordafter", "word_after")]
    [InlineData("strats_with", "starts_with")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void The_nearest_word_is_offered_when_one_is_near(string word, string? expected) =>
        Assert.Equal(expected, DidYouMean.Of(word, ["fields", "the", "lower", "word_after", "starts_with", "ends_with"]));

    [Fact]
    public void A_very_long_word_is_no_mistake_of_any() => Assert.Null(DidYouMean.Of(new string('a', 1_000_000), ["aaa"]));
}
