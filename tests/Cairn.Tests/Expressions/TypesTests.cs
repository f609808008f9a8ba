using Cairn.Core;
using Cairn.Core.Expressions;
using Cairn.Core.Flows;
using ValueType = Cairn.Core.Expressions.ValueType;

namespace Cairn.Tests.Expressions;

public sealed class TypesTests
{
    private static readonly Dictionary<string, ColumnType> Columns = new()
    {
        ["year"] = ColumnType.Text,
        ["country"] = ColumnType.Text,
        ["count"] = ColumnType.Integer,
        ["depth"] = ColumnType.Decimal,
        ["open"] = ColumnType.Boolean,
        ["day"] = ColumnType.Date,
    };

    [Theory]
    [InlineData("year > 1900", "expression/text-with-number", "the text year is compared with a number", "write number(year) > 1900", 1, 11)]
    [InlineData("1900 < lower(year)", "expression/text-with-number", "the text lower(year) is compared with a number", "write 1900 < number(lower(year))", 1, 18)]
    [InlineData("length(year) = '8'", "expression/text-with-number", "the text '8' is compared with a number", "write length(year) = 8", 1, 18)]
    [InlineData("count = 'many'", "expression/text-with-number", "the text 'many' is compared with a number", "compare values of one type", 1, 14)]
    [InlineData("yaer = '1900'", "expression/unknown-column", "there is no column `yaer` here", "the columns are year, country, count, depth, open, day", 1, 4)]
    [InlineData("lower(year, 'x') = 'a'", "expression/wrong-arguments", "lower takes 1 argument, not 2", "write lower(text)", 1, 16)]
    [InlineData("substr(year) = 'a'", "expression/wrong-arguments", "substr takes 2 to 3 arguments, not 1", "write substr(text, start[, length])", 1, 12)]
    [InlineData("concat() = 'a'", "expression/wrong-arguments", "concat takes at least 1 argument, not 0", "write concat(value, ...)", 1, 8)]
    [InlineData("row(1) = 1", "expression/wrong-arguments", "row takes no arguments, not 1", "write row()", 1, 6)]
    [InlineData("contains(count, 'x')", "expression/wrong-type", "contains takes a text as its text; count is a whole number", "contains(text, part): texts stand in single quotes", 10, 5)]
    [InlineData("substr(year, '2') = 'a'", "expression/wrong-type", "substr takes a whole number as its start; '2' is a text", "write integer('2')", 14, 3)]
    [InlineData("year", "expression/not-a-condition", "year is a text, not a condition", "write a comparison, such as year is not null", 1, 4)]
    [InlineData("not length(year)", "expression/not-a-condition", "length(year) is a whole number, not a condition", "write a comparison, such as length(year) > 0", 5, 12)]
    [InlineData("year = ''", "expression/empty-text", "'' is a blank, and a blank is null", "to ask for blank cells write `x is null`; to give one write null", 8, 2)]
    [InlineData("year = null", "expression/compares-with-null", "a comparison with null is never true", "write year is null", 1, 11)]
    [InlineData("year <> null", "expression/compares-with-null", "a comparison with null is never true", "write year is not null", 1, 12)]
    [InlineData("year + 1 > 2", "expression/wrong-type", "+ works on numbers; year is a text", "write number(year); texts are joined with ||", 1, 4)]
    [InlineData("year in (1900)", "expression/wrong-type", "1900 is a whole number, and year is a text", "write '1900', or number(year) in (...)", 10, 4)]
    [InlineData("open > open", "expression/wrong-type", "true and false have no order", "compare conditions with = or <>", 1, 11)]
    [InlineData("if(open, year, 1) = 'x'", "expression/wrong-type", "if chooses between values of one type: 1 is a whole number, the one before it is a text", "number(t) makes a text a number", 16, 1)]
    [InlineData("matches(year, country)", "expression/wrong-arguments", "the pattern that matches looks for must be a text in quotes or a parameter", "write matches(text, pattern), pattern in quotes", 15, 7)]
    [InlineData("matches(year, '(a')", "expression/pattern", "the pattern '(a' cannot be used: a ( is not closed; write \\( for the character (at character 1 of the pattern)", "see matches in docs/reference/expressions.md for what a pattern may hold", 15, 4)]
    public void A_problem_says_what_is_wrong_and_what_to_write(string text, string code, string message, string help, int column, int length)
    {
        var problems = new List<Problem>();
        Expression expression = ExpressionParser.Parse(text, new FilePlace("x", 1, 1, text), new Dictionary<string, string>(), problems)!;
        ExpressionTypes.CheckCondition(expression, Columns, problems);
        Problem problem = Assert.Single(problems);
        var place = Assert.IsType<FilePlace>(problem.Place);
        Assert.Equal((code, ProblemKind.Usage, message, help, column, length), (problem.Code, problem.Kind, problem.Message, problem.Help, place.Column, place.Length));
    }

    [Fact]
    public void All_problems_of_an_expression_are_found_at_once()
    {
        var problems = new List<Problem>();
        Expression expression = ExpressionParser.Parse("yaer = 'x' and year > 1 or lower(1) = contry", new FilePlace("x"), new Dictionary<string, string>(), problems)!;
        ExpressionTypes.Check(expression, Columns, problems);
        Assert.Equal(["expression/unknown-column", "expression/text-with-number", "expression/wrong-type", "expression/unknown-column"], problems.Select(p => p.Code));
        Assert.Equal(["did you mean `year`?", null, null, "did you mean `country`?"], problems.Select(p => p.Hint));
    }

    [Theory]
    [InlineData("count + 1", ValueType.Integer)]
    [InlineData("count * 1.5", ValueType.Number)]
    [InlineData("-depth", ValueType.Number)]
    [InlineData("coalesce(null, count, depth)", ValueType.Number)]
    [InlineData("if(open, null, 'x')", ValueType.Text)]
    [InlineData("day >= '2018-05-31'", ValueType.Boolean)]
    [InlineData("number(year) between 1800 and 1999", ValueType.Boolean)]
    [InlineData("count || '/' || depth", ValueType.Text)]
    [InlineData("number(count)", ValueType.Number)]
    [InlineData("open = (count > 1) and open", ValueType.Boolean)]
    [InlineData("replace(year, 'a', '')", ValueType.Text)]
    [InlineData("null", ValueType.Unknown)]
    public void An_expression_has_a_type(string text, ValueType type)
    {
        var problems = new List<Problem>();
        Expression expression = ExpressionParser.Parse(text, new FilePlace("x"), new Dictionary<string, string>(), problems)!;
        Assert.Equal(type, ExpressionTypes.Check(expression, Columns, problems));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("count + 1", "43")]
    [InlineData("count > 7 and depth < 2", "true")]
    [InlineData("depth * 2", "2.5")]
    [InlineData("open", "true")]
    [InlineData("not open", "false")]
    [InlineData("day < '2018-06-01'", "true")]
    [InlineData("count || year", "421900")]
    public void A_cell_of_a_declared_type_is_read_as_its_type_in_both_forms(string text, string expected)
    {
        var problems = new List<Problem>();
        Expression expression = ExpressionParser.Parse(text, new FilePlace("x"), new Dictionary<string, string>(), problems)!;
        ExpressionTypes.Check(expression, Columns, problems);
        Assert.Empty(problems);
        using var table = new CellTable([.. Columns.Keys], [new CellRow(1, "1900", "USA", "042", "1.25", "true", "2018-05-31")], Columns);
        Assert.Equal([expected], table.Values(expression));
    }

    [Fact]
    public void The_columns_an_expression_uses_are_known()
    {
        Expression expression = CellRow.Parsed("lower(a) in ('x') or (row() > 3 and \"b\" is null) or a = 'y'", "a", "b");
        Assert.Equal(["a", "b"], ExpressionColumns.Of(expression).Order());
        Assert.True(ExpressionColumns.UsesRow(expression));
        Assert.False(ExpressionColumns.UsesRow(CellRow.Parsed("length(a) = 8", "a")));
    }
}
