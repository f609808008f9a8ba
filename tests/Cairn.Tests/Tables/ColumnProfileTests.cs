using System.Text;
using Cairn.Core.Tables;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Cairn.Tests.Tables;

public class ColumnProfileTests
{
    private static ColumnProfile Of(IEnumerable<string> cells, int mostDistinct = ColumnProfile.MostDistinct, long mostBytes = 1_000_000)
    {
        var profile = new ColumnProfile("c", mostDistinct, mostBytes);
        foreach (string cell in cells)
        {
            profile.Add(Encoding.UTF8.GetBytes(cell));
        }

        return profile;
    }

    [Theory]
    [InlineData("140", SeenType.Integer)]
    [InlineData("-3", SeenType.Integer)]
    [InlineData("0", SeenType.Integer)]
    [InlineData("00000140", SeenType.LeadingZeros)]
    [InlineData("-01", SeenType.LeadingZeros)]
    [InlineData("007.5", SeenType.LeadingZeros)]
    [InlineData("0.5", SeenType.Decimal)]
    [InlineData("12.", SeenType.Text)]
    [InlineData(".5", SeenType.Text)]
    [InlineData("1e5", SeenType.Text)]
    [InlineData("-", SeenType.Text)]
    [InlineData("TRUE", SeenType.Boolean)]
    [InlineData("1899-07-14", SeenType.Date)]
    [InlineData("1899-13-14", SeenType.Text)]
    [InlineData("1899-07-144", SeenType.Text)]
    [InlineData("1899-07-14T10:04:00Z", SeenType.Timestamp)]
    [InlineData("1899-07-14 10:04", SeenType.Timestamp)]
    [InlineData("14 July 1899", SeenType.Text)]
    public void A_value_is_told_by_its_looks(string cell, SeenType type) => Assert.Equal(type, ColumnProfile.TypeOf(Encoding.UTF8.GetBytes(cell)));

    [Fact]
    public void Blanks_types_lengths_and_the_commonest_values_are_counted()
    {
        ColumnProfile profile = Of(["00140", "", "CC0", "Zürich", "CC0", "", "CC0", "12"]);
        Assert.Equal((8, 2), (profile.Rows, profile.Blanks));
        Assert.Equal((2, 6), (profile.Shortest, profile.Longest));
        Assert.Equal([SeenType.Text, SeenType.Integer, SeenType.LeadingZeros], profile.Types);
        Assert.Equal(4, profile.Of(SeenType.Text));
        Assert.Equal(4, profile.Distinct);
        Assert.Equal([new ValueCount("CC0", 3), new ValueCount("00140", 1)], profile.Top(2));
    }

    [Fact]
    public void Values_that_all_differ_have_no_commonest() => Assert.Empty(Of(["a", "b", ""]).Top(5));

    [Fact]
    public void Past_the_limit_distinct_is_said_to_be_more()
    {
        ColumnProfile within = Of(["a", "b", "c", "a"], mostDistinct: 3);
        Assert.True(within.DistinctIsExact);
        ColumnProfile past = Of(["a", "b", "c", "d", "a"], mostDistinct: 3);
        Assert.False(past.DistinctIsExact);
        Assert.Equal(3, past.Distinct);
        Assert.Equal(new ValueCount("a", 2), past.Top(1)[0]);
        Assert.False(Of([new string('a', 60), new string('b', 60)], mostBytes: 100).DistinctIsExact);
    }

    [Fact]
    public void It_agrees_with_counting_by_hand_on_any_values() => Prop.ForAll<NonNull<string>[]>(cells =>
    {
        string[] texts = [.. cells.Select(c => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(c.Get)))];
        ColumnProfile profile = Of(texts);
        string[] filled = [.. texts.Where(t => t.Length > 0)];
        return profile.Blanks == texts.Length - filled.Length
            && profile.Distinct == filled.Distinct(StringComparer.Ordinal).Count()
            && profile.Longest == filled.Select(t => (long)t.EnumerateRunes().Count()).DefaultIfEmpty().Max()
            && profile.Types.Sum(profile.Of) == filled.Length
            && profile.Top(int.MaxValue).All(v => v.Rows == filled.Count(t => t == v.Value));
    }).QuickCheckThrowOnFailure();
}
