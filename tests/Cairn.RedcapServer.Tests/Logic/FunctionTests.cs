using Cairn.RedcapServer.Logic;

namespace Cairn.RedcapServer.Tests.Logic;

/// <summary>Now is 2021-06-15 14:30:20. UNK, NASK and -99 are missing data codes.</summary>
public class FunctionTests
{
    public static readonly TheoryData<string, string> Calls = new()
    {
        { "if([age] > 60, 'old', 'young')", "old" },
        { "if([blank], 1, 2)", "2" },
        { "if([age] = 61, if([n] = 6, 'a', 'b'), 'c')", "b" },
        { "if([n] = 5, 'NaN', 1)", "" },
        { "IF ( [n] = 5 , '1' , '2' )", "1" },

        { "datediff('2020-01-01', '2020-03-01', 'd')", "60" },
        { "datediff('2020-03-01', '2020-01-01', 'd')", "60" },
        { "datediff('2020-03-01', '2020-01-01', 'd', true)", "-60" },
        { "datediff('2020-03-01', '2020-01-01', 'd', 'ymd', true)", "-60" },
        { "datediff('2020-03-01', '2020-01-01', 'd', 'ymd', 'true')", "-60" },
        { "datediff('2020-03-01', '2020-01-01', 'd', 'ymd', 'false')", "60" },
        { "datediff('2020-03-01', '2020-01-01', 'd', 'ymd')", "60" },
        { "datediff('03-01-2020', '01/31/2020', 'd', 'mdy', true)", "-30" },
        { "datediff('01-03-2020', '31.01.2020', 'd', 'DMY', true)", "-30" },
        { "datediff('01-03-2020', '2020-01-31', 'd', 'dmy', true)", "-30" },
        { "datediff('01-03-2020', '2020-01-31', 'd')", "" },
        { "datediff('2000-01-01', '2001-01-01', 'y')", "1.0020739645578" },
        { "rounddown(datediff([dob], 'today', 'y'))", "41" },
        { "datediff('2020-01-01', '2020-01-31', 'M')", "0.98554533508541" },
        { "datediff('2020-01-01', '2020-01-02', 'h')", "24" },
        { "datediff('2020-01-01', '2020-01-02', 'm')", "1440" },
        { "datediff('2020-01-01', '2020-01-02', 's')", "86400" },
        { "datediff([visit], [visit_dt], 'h')", "12.5" },
        { "datediff([visit_dt], [visit_dts], 's')", "15" },
        { "datediff([visit_dt], 'today', 'd')", "470.47916666667" },
        { "datediff('today', 'now', 's')", "52220" },
        { "datediff('TODAY', 'Now', 'h', true)", "14.505555555556" },
        { "datediff([time], [later_time], 'm')", "150" },
        { "datediff([later_time], [time], 'h', true)", "-2.5" },
        { "datediff([time], [visit], 'd')", "" },
        { "datediff([blank], 'today', 'd')", "" },
        { "datediff([unk], 'today', 'd')", "" },
        { "datediff('2020-02-30', 'today', 'd')", "" },
        { "datediff('2020-13-01', 'today', 'd')", "" },
        { "datediff('2020-01-01 24:00', 'today', 'd')", "" },
        { "datediff('2020-01-01x', 'today', 'd')", "" },
        { "datediff('2020-01-01', '2020-01-03', [name])", "" },

        { "age_at_date([dob], '2021-02-28')", "40" },
        { "age_at_date([dob], '2021-03-01')", "41" },
        { "age_at_date([dob], '2020-02-29 10:00')", "40" },
        { "age_at_date([dob], 'today')", "41" },
        { "age_at_date('2020-01-01', '2020-07-01', true)", "0.49726775956284" },
        { "age_at_date('2020-01-01', '2021-01-01', true)", "1" },
        { "age_at_date('2020-01-01', '2021-01-01', false)", "1" },
        { "age_at_date('9998-06-01', '9999-12-31', true)", "1.5835616438356" },
        { "age_at_date('2021-01-02', '2021-01-01')", "" },
        { "age_at_date([blank], 'today')", "" },
        { "dayoftheweek('2021-06-14')", "1" },
        { "dayoftheweek('2021-06-20 23:59')", "7" },
        { "dayoftheweek('now')", "2" },
        { "dayoftheweek([blank])", "" },
        { "year([dob])", "1980" },
        { "month([dob])", "2" },
        { "day([visit_dts])", "1" },
        { "year('today')", "2021" },
        { "month('x')", "" },
        { "day([time])", "" },

        { "round(14.384, 1)", "14.4" },
        { "round(14.384)", "14" },
        { "round(2.5)", "3" },
        { "round(-2.5)", "-3" },
        { "round(1.005, 2)", "1.01" },
        { "round(1234.5, -2)", "1200" },
        { "round([blank], 1)", "" },
        { "round(1.25, [blank])", "" },
        { "round((10)^(30), 2)", "1000000000000000000000000000000" },
        { "roundup(14.384, 1)", "14.4" },
        { "roundup(14.301, 1)", "14.4" },
        { "roundup(0.1 + 0.2, 1)", "0.3" },
        { "roundup(14)", "14" },
        { "roundup(-1.5)", "-1" },
        { "roundup(1201, -2)", "1300" },
        { "rounddown(14.384, 1)", "14.3" },
        { "rounddown(14.999)", "14" },
        { "rounddown(-1.5)", "-2" },
        { "rounddown([unk])", "" },
        { "sqrt(9)", "3" },
        { "sqrt([blank])", "" },
        { "abs(-7.1)", "7.1" },
        { "abs([minus])", "3" },
        { "exponential(0)", "1" },
        { "exponential(1)", "2.718281828459" },
        { "log(100, 10)", "2" },
        { "log(1000, 10) = 3", "1" },
        { "log(8, 2)", "3" },
        { "log(9, 3)", "2" },
        { "log(exponential(2))", "2" },
        { "log(-1)", "" },
        { "log(5, 0)", "" },
        { "mod(10, 4)", "2" },
        { "mod(-7, 3)", "-1" },
        { "mod(10, 0)", "" },

        { "min(5, [blank], -2, 'x', 3)", "-2" },
        { "max(5, [blank], -2, [unk], 3)", "5" },
        { "max([neg99], -100)", "-100" },
        { "mean([n], [blank], 7)", "6" },
        { "mean([n])", "5" },
        { "median(1, [blank], 10, 4)", "4" },
        { "median(1, 2, 3, 10)", "2.5" },
        { "sum([n], [blank], 7.5)", "12.5" },
        { "sum([n], '3')", "8" },
        { "sum([blank], [blank2])", "0" },
        { "stdev(2, 4, 4, 4, 5, 5, 7, 9)", "2.1380899352994" },
        { "stdev(5, [blank])", "" },
        { "min([blank], [blank2])", "" },
        { "max([blank])", "" },
        { "mean([blank], [blank2])", "" },
        { "median([blank])", "" },

        { "isnumber([half])", "1" },
        { "isnumber('-1.5e3')", "1" },
        { "isnumber([name])", "0" },
        { "isnumber([blank])", "0" },
        { "isnumber(5 / 2)", "1" },
        { "isinteger([minus])", "1" },
        { "isinteger([half])", "0" },
        { "isinteger('3.0')", "0" },
        { "isinteger(6 / 2)", "1" },
        { "isinteger(5 / 2)", "0" },
        { "isinteger([blank])", "0" },
        { "isinteger('-')", "0" },
        { "isblankormissingcode([blank])", "1" },
        { "isblankormissingcode([unk])", "1" },
        { "isblankormissingcode([neg99])", "1" },
        { "isblankormissingcode([age])", "0" },
        { "isblanknotmissingcode([blank])", "1" },
        { "isblanknotmissingcode([unk])", "0" },
        { "isblanknotmissingcode([age])", "0" },
        { "ismissingcode([unk])", "1" },
        { "ismissingcode([blank])", "0" },
        { "ismissingcode([name])", "0" },
        { "hasmissingcode([unk], 'NASK, UNK')", "1" },
        { "hasmissingcode([unk], 'NASK')", "0" },
        { "hasmissingcode([unk], 'NASK', 'UNK')", "1" },
        { "hasmissingcode([name], 'Thiel')", "0" },
        { "hasmissingcode([neg99], -99)", "1" },

        { "contains([full], 'john')", "1" },
        { "contains([full], 'x')", "0" },
        { "contains([blank], 'x')", "0" },
        { "not_contain([full], 'LEE')", "0" },
        { "not_contain([full], 'x')", "1" },
        { "starts_with([full], 'JOHN')", "1" },
        { "starts_with([full], 'Lee')", "0" },
        { "ends_with([full], 'lee')", "1" },
        { "ends_with([full], 'John')", "0" },
        { "find('e', [full])", "7" },
        { "find('L', [full])", "6" },
        { "find('x', [full])", "0" },
        { "find('!', [umlaut])", "6" },
        { "find('-', '4890-2318')", "5" },
        { "left([full], 4)", "John" },
        { "left([full], 99)", "John Lee" },
        { "left([full], 0)", "" },
        { "left([full], -1)", "" },
        { "left([full], [blank])", "" },
        { "left([umlaut], 5)", "B\u00e4r \U0001F43B" },
        { "right([full], 3)", "Lee" },
        { "right([umlaut], 2)", "\U0001F43B!" },
        { "right([full], 99)", "John Lee" },
        { "right(concat('00', 7), 3)", "007" },
        { "mid([full], 2, 3)", "ohn" },
        { "mid([full], 6, 99)", "Lee" },
        { "mid([full], 9, 1)", "" },
        { "mid([full], 0, 2)", "Jo" },
        { "mid([umlaut], 5, 1)", "\U0001F43B" },
        { "mid('4890-2318', find('-', '4890-2318') + 1, length('4890-2318') - find('-', '4890-2318') + 1)", "2318" },
        { "length([full])", "8" },
        { "length([umlaut])", "6" },
        { "length([blank])", "0" },
        { "trim('  a b \t')", "a b" },
        { "upper([full])", "JOHN LEE" },
        { "lower([full])", "john lee" },
        { "replace_text('a-b-c', '-', '+')", "a+b+c" },
        { "replace_text('a-b', '-', '')", "ab" },
        { "replace_text('aAa', 'a', 'b')", "bAb" },
        { "replace_text('abc', '', 'x')", "abc" },
        { "concat([name], ' ', [blank], 1.50)", "Thiel 1.5" },
        { "concat('')", "" },
        { "concat_ws(' and ', 'Peas', [blank], 'Carrots', 'Tomatoes')", "Peas and Carrots and Tomatoes" },
        { "concat_ws('', 'a', 'b')", "ab" },
        { "concat_ws(',', [blank], [blank2])", "" },
        { "lower(concat(trim(' John '), '_', 'Doe'))", "john_doe" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_function_gives(string call, string expected) => Assert.Equal(expected, Sample.Text(call));

    [Fact]
    public void Every_function_is_tried()
    {
        var tried = Calls.Select(c => c.Data.Item1).ToList();
        Assert.DoesNotContain(LogicFunctions.All, f => !tried.Any(t => t.Contains(f.Name + "(", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("if", 3, 3)]
    [InlineData("datediff", 3, 5)]
    [InlineData("round", 1, 2)]
    [InlineData("concat_ws", 2, LogicFunction.Any)]
    public void The_table_says_how_many_values_a_function_takes(string name, int least, int most)
    {
        LogicFunction function = Assert.Single(LogicFunctions.All, f => f.Name == name);
        Assert.Equal((least, most), (function.Least, function.Most));
    }

    [Fact]
    public void The_table_can_be_printed()
    {
        Assert.All(LogicFunctions.All, f => Assert.True(f.Description.EndsWith('.') && !f.Description.Contains('\n') && f.Arguments.Length > 0 && f.Name == f.Name.ToLowerInvariant()));
        Assert.All(SmartVariables.All, v => Assert.True(v.Description.EndsWith('.') && SmartVariables.TryFind(v.Name, out SmartVariable found) && found == v.Variable));
        Assert.Equal(Enum.GetValues<SmartVariable>(), SmartVariables.All.Select(v => v.Variable));
    }

    [Fact]
    public void Nested_replacements_do_not_fill_the_memory()
    {
        string logic = "'a'";
        for (int i = 0; i < 100; i++)
        {
            logic = $"replace_text({logic}, 'a', 'aaaaaaaaaa')";
        }

        Assert.Equal("", Sample.Text(logic));
        Assert.Equal("", Sample.Text($"concat({string.Join(", ", Enumerable.Repeat("[full]", 12_000))}, {string.Join(", ", Enumerable.Repeat("[email]", 12_000))})"));
    }
}
