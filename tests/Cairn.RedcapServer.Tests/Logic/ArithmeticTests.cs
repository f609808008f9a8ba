using Cairn.RedcapServer.Logic;

namespace Cairn.RedcapServer.Tests.Logic;

public class ArithmeticTests
{
    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("10 - 4 - 3", "3")]
    [InlineData("24 / 4 / 3", "2")]
    [InlineData("2 - -3", "5")]
    [InlineData("-[n] + 1", "-4")]
    [InlineData("-(-[n])", "5")]
    [InlineData("+[n]", "5")]
    [InlineData("1 / 3", "0.33333333333333")]
    [InlineData("2 / 3", "0.66666666666667")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("[half] * 2", "5")]
    [InlineData("(2)^(10)", "1024")]
    [InlineData("-(2)^(2)", "-4")]
    [InlineData("2 * (3)^(2)", "18")]
    [InlineData("((2)^(3))^(2)", "64")]
    [InlineData("(4)^(0.5)", "2")]
    [InlineData("[n]*'2'", "10")]
    [InlineData("[race(1)] + [race(2)] + [race(-4)]", "2")]
    [InlineData("3+4", "7")]
    [InlineData("round(([weight]*10000)/(([age])^(2)),1)", "188.1")]
    [InlineData("true + true", "2")]
    public void Numbers_are_calculated_with(string logic, string expected) => Assert.Equal(expected, Sample.Text(logic));

    [Theory]
    [InlineData("[n] + [blank]")]
    [InlineData("[blank] + [n]")]
    [InlineData("[n] - [blank]")]
    [InlineData("[n] * [blank]")]
    [InlineData("[n] / [blank]")]
    [InlineData("([n])^([blank])")]
    [InlineData("-[blank]")]
    [InlineData("[n] + [name]")]
    [InlineData("[n] + [unk]")]
    [InlineData("[n] + [neg99]")]
    [InlineData("-[neg99]")]
    [InlineData("[n] / 0")]
    [InlineData("0 / 0")]
    [InlineData("[n] / [zero] * 0")]
    [InlineData("(-1)^(0.5)")]
    [InlineData("(10)^(400)")]
    [InlineData("(10)^(400) - (10)^(400)")]
    [InlineData("sqrt(-1)")]
    [InlineData("log(0)")]
    [InlineData("1 + 'NaN'")]
    public void Without_a_number_or_a_finite_result_there_is_none(string logic)
    {
        LogicValue value = LogicExpression.Parse(logic, new Sample()).Evaluate(new Sample());
        Assert.Equal((LogicKind.Blank, ""), (value.Kind, value.Text));
    }

    [Fact]
    public void A_numeric_missing_code_is_still_a_value_to_compare() => Assert.True(Sample.IsTrue("[neg99] = -99 and [neg99] = '-99'"));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(12, "12")]
    [InlineData(-12.5, "-12.5")]
    [InlineData(100, "100")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(1.5e-10, "0.00000000015")]
    [InlineData(123456789.123456789, "123456789.12346")]
    [InlineData(9007199254740991, "9007199254740991")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(-1.25e20, "-125000000000000000000")]
    [InlineData(123456789012345.6, "123456789012350")]
    [InlineData(0.99999999999999989, "1")]
    [InlineData(36.6, "36.6")]
    public void Numbers_are_written_without_exponent(double number, string expected) => Assert.Equal(expected, LogicValue.OfNumber(number).Text);
}
