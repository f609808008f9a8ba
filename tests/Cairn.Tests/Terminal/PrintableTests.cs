using Cairn.Terminal;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Cairn.Tests.Terminal;

public class PrintableTests
{
    [Theory]
    [InlineData("Rock's \"3\" bar", "Rock's \"3\" bar")]
    [InlineData("a\tb\r\nc", "a\\tb\\r\\nc")]
    [InlineData("\u001b[2J\u009b0m", "\\x1b[2J\\x9b0m")]
    [InlineData("abc\u202ecba", "abc\\u202ecba")]
    [InlineData("\ufeffid", "\\ufeffid")]
    [InlineData("Bärenklau 値 \U0001F33F", "Bärenklau 値 \U0001F33F")]
    public void Data_is_shown_and_cannot_act(string data, string shown) => Assert.Equal(shown, Printable.Of(data));

    [Fact]
    public void Nothing_that_controls_or_hides_is_left_whatever_the_data() =>
        Prop.ForAll<string>(text => text is null || !Printable.Of(text).Any(c => char.IsControl(c) || (char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format && c >= '\u2000' && c < '\ufff0'))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("値段", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("\U0001F33F", 2)]
    public void Width_is_that_of_the_terminal(string text, int width) => Assert.Equal(width, TextWidth.Of(text));

    [Theory]
    [InlineData("abcdef", 4, "abc…")]
    [InlineData("値段値段", 4, "値…")]
    [InlineData("abc", 3, "abc")]
    public void A_cut_is_seen(string text, int width, string cut) => Assert.Equal(cut, TextWidth.Cut(text, width));
}
