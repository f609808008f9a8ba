namespace Cairn.EndToEnd.Docs;

/// <summary>The comparison that the pages rely on sees differences, and only those that count.</summary>
public sealed class SeenTests
{
    private static readonly string[] Printed = ["herbarium   read 4 inputs, in 0.5 s", "", "a  1", "b  2", "c  3", "", "done at 2026-01-02 10:04:05 UTC"];

    [Theory]
    [InlineData(true, "herbarium read 4 inputs, in 12 min 04 s||a 1|b   2|c  3||done at 2026-03-04 11:00:00 UTC")]
    [InlineData(true, "herbarium   read 4 inputs, in 0.5 s|...|b  2|...")]
    [InlineData(true, "...|b  2|c  3||done at 2026-01-02 10:04:05 UTC")]
    [InlineData(true, "...")]
    [InlineData(false, "herbarium   read 5 inputs, in 0.5 s|...")]
    [InlineData(false, "herbarium   read 4 inputs, in 0.5 s|...|b  3|...")]
    [InlineData(false, "...|c  3|...|b  2|...")]
    [InlineData(false, "...|a  1|c  3|...")]
    [InlineData(false, "herbarium   read 4 inputs, in 0.5 s||a  1|b  2|c  3|")]
    [InlineData(false, "")]
    public void What_counts_and_what_does_not(bool same, string shown) => Assert.Equal(same, Seen.Same(shown.Split('|'), Printed));

    [Theory]
    [InlineData("herbarium   read 4 inputs, in 3 s|...|a  1|b  9|c  3|...", "herbarium   read 4 inputs, in 0.5 s|...|a  1|b  2|c  3|...")]
    [InlineData("...|b  2|old|done at 2020-01-02 10:04 UTC", "...|b  2|c  3||done at 2026-01-02 10:04:05 UTC")]
    [InlineData("...|is not there|...", "herbarium   read 4 inputs, in 0.5 s||a  1|b  2|c  3||done at 2026-01-02 10:04:05 UTC")]
    public void Parts_are_renewed_where_they_are_still_found(string shown, string renewed) => Assert.Equal(renewed, string.Join('|', Seen.Renewed(shown.Split('|'), Printed)));
}
