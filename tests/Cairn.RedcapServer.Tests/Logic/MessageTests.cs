using Cairn.RedcapServer.Logic;

namespace Cairn.RedcapServer.Tests.Logic;

public class MessageTests
{
    [Theory]
    [InlineData("", 0, "there is no condition or calculation")]
    [InlineData("  # nothing", 0, "there is no condition or calculation")]
    [InlineData("[agee] > 5", 0, "there is no field [agee]; did you mean [age]?")]
    [InlineData("[age] > 5 and [upper_nmae] = 'x'", 14, "there is no field [upper_nmae]; did you mean [upper_name]?")]
    [InlineData("[quite_different] = 1", 0, "there is no field [quite_different]")]
    [InlineData("[] = 1", 0, "the name of a field was expected between the brackets")]
    [InlineData("[age", 0, "the bracket [ that opens here is not closed: a field is written [name]")]
    [InlineData("[age = [n]", 0, "the bracket [ that opens here is not closed: a field is written [name]")]
    [InlineData("1 + [age\n]", 4, "the bracket [ that opens here is not closed: a field is written [name]")]
    [InlineData("age] = 1", 3, "this bracket ] closes nothing")]
    [InlineData("[name] = 'Thiel", 9, "the text that begins here has no closing '")]
    [InlineData("[name] = \"Thiel'", 9, "the text that begins here has no closing \"")]
    [InlineData("[name] = \u2018Thiel\u2019", 9, "a text goes into straight quotes, ' or \"")]
    [InlineData("[name] = Thiel", 9, "the word Thiel has no meaning here: a field is written [Thiel], a text 'Thiel'")]
    [InlineData("age > 5", 0, "a field is written in brackets: [age]")]
    [InlineData("round = 5", 0, "round is a function and takes its values in parentheses: round(number, [places])")]
    [InlineData("[dob] > 2020-01-01", 8, "a date goes into quotes: '2020-01-01'")]
    [InlineData("[dob] > 2020-01x", 13, "a number was expected to end here; a text that begins with a digit goes into quotes")]
    [InlineData("[n] = 5mg", 6, "a number was expected to end here; a text that begins with a digit goes into quotes")]
    [InlineData("[n] = 1.2.3", 6, "a number was expected to end here; a text that begins with a digit goes into quotes")]
    [InlineData("[n] = 1e999", 6, "this number is too large")]
    [InlineData("[n] = ", 6, "the logic ends where a value was expected")]
    [InlineData("[n] = 5 and", 11, "the logic ends where a value was expected")]
    [InlineData("[n] = and 5", 6, "a value was expected, such as [field], 'text' or 1, not and")]
    [InlineData("([n] = 5", 0, "the parenthesis ( that opens here is not closed")]
    [InlineData("[n] = 5)", 7, "this ) closes nothing")]
    [InlineData("()", 1, "a value was expected before this )")]
    [InlineData("[n] 5", 4, "an operator was expected before this, such as =, <>, <, >, `and` or `or`")]
    [InlineData("[n] = 5 [age] = 6", 8, "an operator was expected before this, such as =, <>, <, >, `and` or `or`")]
    [InlineData("([n] 5)", 5, "an operator was expected before this, such as =, <>, <, >, `and` or `or`")]
    [InlineData("[n] = 1,5", 7, "a comma only stands between the values of a function; decimals are written with a point")]
    [InlineData("[n] = 5 not [age] = 6", 8, "`and` or `or` was expected before this")]
    [InlineData("1 < [n] < 9", 8, "comparisons cannot follow one another: put `and` between them, or parentheses round one")]
    [InlineData("[n] = 1 = 1", 8, "comparisons cannot follow one another: put `and` between them, or parentheses round one")]
    [InlineData("[n] == 5", 4, "equality is written with one =")]
    [InlineData("[n] => 5", 4, "write >= instead of =>")]
    [InlineData("[n] = 5 && [age] = 6", 8, "write `and` instead of &")]
    [InlineData("[n] = 5 || [age] = 6", 8, "write `or` instead of |")]
    [InlineData("[n]^2", 3, "both sides of ^ stand in parentheses: (a)^(b)")]
    [InlineData("([n])^2", 5, "both sides of ^ stand in parentheses: (a)^(b)")]
    [InlineData("(2)^(3)^(2)", 7, "powers cannot follow one another: write ((a)^(b))^(c)")]
    [InlineData("[n] ** 2", 4, "a power is written (a)^(b)")]
    [InlineData("{n} = 5", 0, "a field is written in square brackets: [name]")]
    [InlineData("[n] = 5;", 7, "the logic is one expression, and ; has no meaning in it")]
    [InlineData("[n] = 5 @ 6", 8, "the character @ has no meaning here")]
    [InlineData("[n] = \0", 6, "the character U+0000 has no meaning here")]
    [InlineData("rond([n], 1)", 0, "there is no function rond(); did you mean round()?")]
    [InlineData("frobnicate([n])", 0, "there is no function frobnicate()")]
    [InlineData("round()", 0, "round(number, [places]) takes 1 to 2 values, not 0")]
    [InlineData("1 + round(1, 2, 3)", 4, "round(number, [places]) takes 1 to 2 values, not 3")]
    [InlineData("if([n] = 1, 2)", 0, "if(condition, then, else) takes 3 values, not 2")]
    [InlineData("abs(1, 2)", 0, "abs(number) takes 1 value, not 2")]
    [InlineData("concat_ws(',')", 0, "concat_ws(separator, text, ...) takes 2 or more values, not 1")]
    [InlineData("round([n], 1", 5, "the parenthesis ( of round that opens here is not closed")]
    [InlineData("round([n],)", 10, "a value was expected before this )")]
    [InlineData("round(, 1)", 6, "a value was expected before this comma")]
    [InlineData("round([n] 1)", 10, "an operator was expected before this, such as =, <>, <, >, `and` or `or`")]
    [InlineData("datediff([dob], 'today', 'years')", 25, "the units of datediff are 'y' (years), 'M' (months), 'd' (days), 'h' (hours), 'm' (minutes) or 's' (seconds)")]
    [InlineData("datediff([dob], 'today', 'y', 'yyyy')", 30, "after the units datediff takes 'ymd', 'mdy' or 'dmy', and true or false for a signed result")]
    [InlineData("[race] = 1", 0, "race is a checkbox field: say which choice, as in [race(1)]")]
    [InlineData("[race___2] = 1", 0, "[race___2] is the name of a column; a choice of a checkbox field is written [race(2)]")]
    [InlineData("[race()] = 1", 5, "the code of a choice was expected: [race(1)]")]
    [InlineData("[race(1] = 1", 5, "the parenthesis ( round the choice is not closed: [race(1)]")]
    [InlineData("[age(1)] = 1", 4, "age is not a checkbox field and has no choices to ask for: write [age] = '1'")]
    [InlineData("[name:label] = 'x'", 5, ":label has no meaning in logic, which knows values as they are stored: write [name]")]
    [InlineData("[baseline_arm_1] = 1", 0, "[baseline_arm_1] is an event, and the field follows it at once: [baseline_arm_1][field]")]
    [InlineData("[baseline_arm_1] [age] = 1", 0, "[baseline_arm_1] is an event, and the field follows it at once: [baseline_arm_1][field]")]
    [InlineData("[baselin_arm_1][age] = 1", 0, "there is no event [baselin_arm_1]; did you mean [baseline_arm_1]?")]
    [InlineData("[nowhere][age] = 1", 0, "there is no event [nowhere]")]
    [InlineData("[age][n] = 1", 5, "an operator was expected after [age], which is a field and no event")]
    [InlineData("[dose][0] = 1", 6, "[0] is no instance: that is a number from 1, or [first-instance], [last-instance], [previous-instance], [current-instance] or [next-instance]")]
    [InlineData("[baseline_arm_1][dose][age]", 22, "[age] is no instance: that is a number from 1, or [first-instance], [last-instance], [previous-instance], [current-instance] or [next-instance]")]
    [InlineData("[baseline_arm_1][dose][1][2]", 25, "more than three brackets together: the longest reference is [event][field][instance]")]
    [InlineData("[baseline_arm_1][record-name]", 16, "[record-name] is a smart variable and stands alone; an event or instance goes with a field")]
    [InlineData("[record-nam] = 1", 0, "there is no smart variable [record-nam] in logic; did you mean [record-name]?")]
    [InlineData("[survey-url] = 1", 0, "there is no smart variable [survey-url] in logic")]
    [InlineData("[redcap_event_name] = 'x'", 0, "redcap_event_name is a column of exports and no field; in logic it is [event-name]")]
    [InlineData("[redcap_data_access_group] = 'x'", 0, "redcap_data_access_group is a column of exports and no field; in logic it is [record-dag-name]")]
    [InlineData("where x LIKE 'a'", 0, "where is SQL and has no meaning here: write the condition alone, such as [field] = 'text'")]
    [InlineData("[name] LIKE 'a'", 7, "LIKE is SQL and has no meaning here: write contains([field], 'text'), starts_with or ends_with")]
    [InlineData("[name] in ('a', 'b')", 7, "in is SQL and has no meaning here: write [field] = 'a' or [field] = 'b'")]
    [InlineData("in('a', 'b')", 0, "in is SQL and has no meaning here: write [field] = 'a' or [field] = 'b'")]
    [InlineData("[name] is null", 7, "is is SQL and has no meaning here: write [field] = '' for blank and [field] <> '' for not blank")]
    [InlineData("[n] between 1 and 9", 4, "between is SQL and has no meaning here: write [field] >= 1 and [field] <= 9")]
    public void What_is_wrong_is_said_with_its_place(string logic, int position, string message)
    {
        LogicException refused = Sample.Refused(logic);
        int line = logic[..position].Count(c => c == '\n') + 1;
        Assert.Equal((position, $"{message} (line {line}, character {position - (logic[..position].LastIndexOf('\n') + 1) + 1})"), (refused.Position, refused.Message));
    }

    [Theory]
    [InlineData("[age] = 1\nand [nn] = 2", "(line 2, character 5)")]
    [InlineData("[age] = 1\r\n\r\nand [nn] = 2", "(line 3, character 5)")]
    [InlineData("[age] = 1\r[nn] = 2", "(line 2, character 1)")]
    public void Lines_are_counted(string logic, string place) => Assert.EndsWith(place, Sample.Refused(logic).Message, StringComparison.Ordinal);

    [Fact]
    public void A_classic_project_has_no_events() =>
        Assert.StartsWith("[baseline_arm_1] is no event: the project is not longitudinal", Sample.Refused("[baseline_arm_1][age] = 1", new Sample { Events = [] }).Message, StringComparison.Ordinal);

    [Fact]
    public void A_message_is_one_short_line()
    {
        string name = new('x', 100_000);
        Assert.All([$"[{name}]", name, $"{name}(1)", $"[{name}][age]", $"[age][{name}]", $"[age:{name}]", $"[race___{name}]", $"[{name}-]"], logic =>
            Assert.InRange(Sample.Refused(logic).Message.Length, 10, 300));
    }
}
