using Cairn.Terminal;
using Xunit;

namespace Cairn.Tests.Terminal;

public class AmountTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(279_986, "280 kB")]
    [InlineData(1_900_000, "1.9 MB")]
    [InlineData(6_370_000_000, "6.4 GB")]
    public void Bytes(long bytes, string text) => Assert.Equal(text, Amount.Bytes(bytes));

    [Theory]
    [InlineData(0.0004, "0.000 s")]
    [InlineData(0.25, "0.3 s")]
    [InlineData(31.24, "31 s")]
    [InlineData(119.9, "2 min 00 s")]
    [InlineData(7_300, "2 h 01 min")]
    public void Seconds(double seconds, string text) => Assert.Equal(text, Amount.Seconds(seconds));

    [Theory]
    [InlineData(3_219_629, 3_219_718, "99.9972 %")]
    [InlineData(9_999_999_999, 10_000_000_000, "99.9999 %")]
    [InlineData(1, 10_000_000_000, "0.0001 %")]
    [InlineData(5, 5, "100 %")]
    [InlineData(0, 5, "0 %")]
    [InlineData(1, 3, "33.3 %")]
    public void A_share_is_all_or_none_only_when_it_is(long part, long of, string text) => Assert.Equal(text, Amount.Share(part, of));
}
