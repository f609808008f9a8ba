namespace Cairn.RedcapServer.Tests.Logic;

public class ComparisonTests
{
    // The filters that the clients' own tests and papers send (redcap.md 6), with values that fit.
    [Theory]
    [InlineData("[n] = 5")]
    [InlineData("[name] = 'Thiel'")]
    [InlineData("[n] >= 2")]
    [InlineData("[record_id] < 1043")]
    [InlineData("[age] >= 61")]
    [InlineData("[half] > 2.25")]
    [InlineData("[full] = 'John Lee'")]
    [InlineData("[email] = 'zlehnox@gmail.com'")]
    [InlineData("[name]='Thiel' and [age]>'60'")]
    [InlineData("[demographics_complete] = '2'")]
    [InlineData("[record_id] = '1042' or [record_id] = '1043'")]
    public void Filters_that_clients_send_hold(string filter) => Assert.True(Sample.IsTrue(filter));

    [Theory]
    [InlineData("[age] = 61", true)]
    [InlineData("[age] = '61'", true)]
    [InlineData("[age] = \"61.0\"", true)]
    [InlineData("[age] <> 62", true)]
    [InlineData("[age] != 61", false)]
    [InlineData("[age] > 7", true)]
    [InlineData("[age] > '7'", true)]
    [InlineData("[age] < 100", true)]
    [InlineData("[age] <= 61", true)]
    [InlineData("[age] >= 61.5", false)]
    [InlineData("[padded] = 7", true)]
    [InlineData("[padded] = '7'", true)]
    [InlineData("[half] = 2.5", true)]
    [InlineData("[half] = 25e-1", true)]
    [InlineData("[minus] < 0", true)]
    [InlineData("[minus] = -3", true)]
    [InlineData("0.5 = .5", true)]
    [InlineData("' 5 ' = 5", true)]
    [InlineData("+5 = 5", true)]
    public void Numbers_compare_as_numbers(string logic, bool expected) => Assert.Equal(expected, Sample.IsTrue(logic));

    [Theory]
    [InlineData("[name] = 'Thiel'", true)]
    [InlineData("[name] = 'thiel'", false)]
    [InlineData("[name] = 'Thiel '", false)]
    [InlineData("[name] <> [upper_name]", true)]
    [InlineData("[name] > 'Adams'", true)]
    [InlineData("[name] > 'adams'", false)]
    [InlineData("'10a' < '9a'", true)]
    [InlineData("'0x10' = 16", false)]
    [InlineData("'Infinity' = 'infinity'", false)]
    [InlineData("'1_000' = 1000", false)]
    [InlineData("'1,5' > 1", true)]
    [InlineData("'1\0' = 1", false)]
    [InlineData("'1e999' = '1e998'", false)]
    [InlineData("[barcode] = '12345678901234567890'", true)]
    [InlineData("[barcode] = '12345678901234567891'", false)]
    [InlineData("[barcode] < '12345678901234567891'", true)]
    [InlineData("[barcode] > 5", true)]
    public void All_else_compares_as_text_and_by_case(string logic, bool expected) => Assert.Equal(expected, Sample.IsTrue(logic));

    [Theory]
    [InlineData("[dob] > '1980-02-28'", true)]
    [InlineData("[dob] < '1980-03-01'", true)]
    [InlineData("[visit_dt] > '2020-03-01'", true)]
    [InlineData("[visit_dt] > [visit]", true)]
    [InlineData("[visit_dt] < '2020-03-01 12:31'", true)]
    [InlineData("[visit] >= [dob]", true)]
    public void Dates_compare_year_first(string logic, bool expected) => Assert.Equal(expected, Sample.IsTrue(logic));

    [Theory]
    [InlineData("[blank] = ''", true)]
    [InlineData("[blank] = \"\"", true)]
    [InlineData("[blank] <> ''", false)]
    [InlineData("[age] <> \"\"", true)]
    [InlineData("[blank] = 0", false)]
    [InlineData("[blank] <> 0", true)]
    [InlineData("[zero] = ''", false)]
    [InlineData("[zero] <> 0", false)]
    [InlineData("[blank] = [blank2]", true)]
    [InlineData("[blank] = false", false)]
    [InlineData("[blank] = 'NaN'", true)]
    [InlineData("[age] = 'NaN'", false)]
    [InlineData("[blank] = null", true)]
    [InlineData("[age] <> NULL", true)]
    public void Blank_is_not_zero(string logic, bool expected) => Assert.Equal(expected, Sample.IsTrue(logic));

    [Theory]
    [InlineData("[blank] < 5", true)]
    [InlineData("[blank] <= ''", true)]
    [InlineData("[blank] > -5", false)]
    [InlineData("[age] > ''", true)]
    [InlineData("'' >= [age]", false)]
    [InlineData("[blank] + 1 < 5", false)]
    [InlineData("[blank] + 1 > 5", false)]
    [InlineData("[blank] + 1 <= [blank] + 1", false)]
    [InlineData("[blank] + 1 = ''", true)]
    [InlineData("datediff([blank], 'today', 'd') < 30", false)]
    [InlineData("datediff([blank], 'today', 'd') = ''", true)]
    [InlineData("5 >= 'NaN'", false)]
    public void A_blank_value_comes_first_and_a_missing_result_nowhere(string logic, bool expected) => Assert.Equal(expected, Sample.IsTrue(logic));

    [Theory]
    [InlineData("[age] = 61 and [n] = 5", true)]
    [InlineData("[age] = 61 AND [n] = 6", false)]
    [InlineData("[age] = 60 or [n] = 5", true)]
    [InlineData("[age] = 60 Or [n] = 6", false)]
    [InlineData("[age] = 61 or [n] = 6 and [n] = 7", true)]
    [InlineData("([age] = 61 or [n] = 6) and [n] = 7", false)]
    [InlineData("not [age] = 61", false)]
    [InlineData("NOT [age] = 60", true)]
    [InlineData("not not [age] = 61", true)]
    [InlineData("!([age] = 60)", true)]
    [InlineData("![blank]", true)]
    [InlineData("not [age] = 60 and [n] = 5", true)]
    [InlineData("not ([age] = 61 and [n] = 6)", true)]
    [InlineData("[age] > 1 = [n] > 2", true)]
    [InlineData("[age] > 1 <> [n] > 20", true)]
    [InlineData("([age] > 1) = true", true)]
    [InlineData("([age] > 1) = 1", true)]
    [InlineData("([age] < 1) = false", true)]
    [InlineData("true", true)]
    [InlineData("FALSE", false)]
    public void Conditions_join(string logic, bool expected) => Assert.Equal(expected, Sample.IsTrue(logic));

    [Theory]
    [InlineData("[age]", true)]
    [InlineData("[zero]", false)]
    [InlineData("'0.00'", false)]
    [InlineData("[blank]", false)]
    [InlineData("[name]", true)]
    [InlineData("'false'", true)]
    [InlineData("3 - 3", false)]
    [InlineData("[blank] + 1", false)]
    [InlineData("[race(1)]", true)]
    [InlineData("[race(2)]", false)]
    public void A_value_alone_is_a_condition(string logic, bool expected) => Assert.Equal(expected, Sample.IsTrue(logic));

    [Theory]
    [InlineData("[age] = 61 # of age\nand [n] = 5", true)]
    [InlineData("// first\r\n[age] = 61", true)]
    [InlineData("[age] = 61 // last", true)]
    [InlineData("[name] = 'a # b // c'", false)]
    [InlineData("'a#b' = 'a#b'", true)]
    [InlineData("\t[age]\u00a0=\r\n61 ", true)]
    [InlineData("[age]/*2*/ = 61", null)]
    public void Comments_and_white_space_are_passed_over(string logic, bool? expected)
    {
        if (expected is null)
        {
            Sample.Refused(logic);
            return;
        }

        Assert.Equal(expected, Sample.IsTrue(logic));
    }
}
