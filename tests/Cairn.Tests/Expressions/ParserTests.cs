using System.Diagnostics;
using System.Globalization;
using Cairn.Core;
using Cairn.Core.Expressions;
using Cairn.Core.Flows;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.Tests.Expressions;

public sealed class ParserTests
{
    private static readonly Dictionary<string, string> Parameters = new() { ["wanted"] = "CC0", ["nothing"] = "" };

    [Theory]
    [InlineData("a = 'x' and b <> 'y' or not c is null", "(Or (And (Equal a 'x') (NotEqual b 'y')) (Not (IsNull c)))")]
    [InlineData("a or b and c", "(Or a (And b c))")]
    [InlineData("not a and b", "(And (Not a) b)")]
    [InlineData("not a = b", "(Not (Equal a b))")]
    [InlineData("a + b * -c - 2", "(Subtract (Add a (Multiply b (Negate c))) 2)")]
    [InlineData("- -5", "5")]
    [InlineData("-1.5e3", "-1500.0")]
    [InlineData("a || b = c || 'd'", "(Equal (Concatenate a b) (Concatenate c 'd'))")]
    [InlineData("a || b + 1", "(Concatenate a (Add b 1))")]
    [InlineData("a between 1 and 2 and b", "(And (And (GreaterOrEqual a 1) (LessOrEqual a 2)) b)")]
    [InlineData("a not between 1 and 2", "(Not (And (GreaterOrEqual a 1) (LessOrEqual a 2)))")]
    [InlineData("a IN ('x', $wanted, -1)", "(in a 'x' $wanted -1)")]
    [InlineData("a Not In (1)", "(not in a 1)")]
    [InlineData("\"the \"\"odd\"\" name\" != 'O''Brien'", "(NotEqual the \"odd\" name 'O'Brien')")]
    [InlineData("LOWER(part(année, '|', 2)) is NOT null", "(IsNotNull (lower (part année '|' 2)))")]
    [InlineData("row() - 1", "(Subtract (row) 1)")]
    [InlineData("9223372036854775807 < 9223372036854775808", "(Less 9223372036854775807 9.223372036854776E+18)")]
    [InlineData("if(TRUE, null, (a))", "(if true null a)")]
    public void An_expression_is_read_as_SQL_reads_it(string text, string shape) => Assert.Equal(shape, Shape(Read(text)));

    [Theory]
    [InlineData("rights = 'CC0", "expression/unclosed-text", 15, 4)]
    [InlineData("\"rights = 1", "expression/unclosed-name", 6, 11)]
    [InlineData("rights = ", "expression/unfinished", 15, 1)]
    [InlineData("rights == 'CC0'", "expression/unexpected", 14, 1)]
    [InlineData("rights = 'CC0')", "expression/unexpected", 20, 1)]
    [InlineData("(rights = 'CC0'", "expression/unfinished", 21, 1)]
    [InlineData("a < b < c", "expression/chained", 12, 1)]
    [InlineData("name like '%x'", "expression/unexpected", 11, 4)]
    [InlineData("lwer(a) = 'x'", "expression/unknown-function", 6, 4)]
    [InlineData("a = $wantd", "expression/unknown-parameter", 10, 6)]
    [InlineData("a in (b)", "expression/list-of-values", 12, 1)]
    [InlineData("a / 2 = 1", "expression/unreadable", 8, 1)]
    [InlineData("a = ‘x’", "expression/unreadable", 10, 1)]
    [InlineData("a = 12abc", "expression/unreadable", 10, 5)]
    [InlineData("and", "expression/unexpected", 6, 3)]
    [InlineData("a between 1", "expression/unfinished", 17, 1)]
    [InlineData("a not 1", "expression/unexpected", 12, 1)]
    [InlineData("1e999", "expression/number-too-large", 6, 5)]
    [InlineData(" ", "expression/empty", 5, 1)]
    public void A_problem_points_at_the_spot(string text, string code, int column, int length)
    {
        var problems = new List<Problem>();
        string line = $" w: \"{text}\"";
        Assert.Null(ExpressionParser.Parse(text, new FilePlace("x.flow.yaml", 7, 5, line), Parameters, problems));
        Problem problem = Assert.Single(problems);
        Assert.Equal((code, ProblemKind.Usage), (problem.Code, problem.Kind));
        var place = Assert.IsType<FilePlace>(problem.Place);
        Assert.Equal((7, column, length, line), (place.Line, place.Column, place.Length, place.Text));
    }

    [Fact]
    public void All_unknown_names_are_reported_at_once_with_what_was_meant()
    {
        var problems = new List<Problem>();
        Assert.Null(ExpressionParser.Parse("lwer(a) = $wantd and contain(b, 'x')", new FilePlace("x"), Parameters, problems));
        Assert.Equal(["did you mean `lower`?", "did you mean `$wanted`?", "did you mean `contains`?"], problems.Select(p => p.Hint));
    }

    [Fact]
    public void A_text_that_is_not_in_the_line_as_it_stands_is_pointed_at_as_a_whole()
    {
        var problems = new List<Problem>();
        ExpressionParser.Parse("a = 'x", new FilePlace("x", 3, 5, "  w: 'a = ''x'", 9), Parameters, problems);
        Assert.Equal(new FilePlace("x", 3, 5, "  w: 'a = ''x'", 9), Assert.Single(problems).Place);
    }

    [Fact]
    public void An_expression_written_back_is_read_as_the_same_tree() =>
        Prop.ForAll(Generated.Any.ToArbitrary(), expression => Assert.Equal(Shape(expression), Shape(Read(expression.ToText())))).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(1000));

    [Theory]
    [InlineData("(", "", ")")]
    [InlineData("not ", "a", "")]
    [InlineData("- ", "a", "")]
    [InlineData("lower(", "a", ")")]
    [InlineData("a and ", "a", "")]
    [InlineData("a || ", "a", "")]
    [InlineData("number(if(", "a", " between 1 and 2, 'a', 'b'))")]
    [InlineData("if(a, ", "b", ", c)")]
    [InlineData("a in (", "1", ")")]
    [InlineData("a is null ", "", "")]
    [InlineData("'", "", "")]
    [InlineData("\"", "", "")]
    [InlineData("$", "", "")]
    public void Deep_nesting_is_a_problem_and_takes_no_time(string begin, string middle, string end)
    {
        foreach (int levels in new[] { 10, 100, 199, 200, 201, 500, 20_000 })
        {
            Tried(string.Concat(Enumerable.Repeat(begin, levels)) + middle + string.Concat(Enumerable.Repeat(end, levels)));
        }
    }

    [Fact]
    public void Between_inside_between_does_not_grow_without_bound()
    {
        string text = "1";
        for (int i = 0; i < 60; i++)
        {
            text = $"if({text} between 1 and 2, 1, 2)";
        }

        var problems = new List<Problem>();
        Assert.Null(ExpressionParser.Parse(text, new FilePlace("x"), Parameters, problems));
        Assert.Equal("expression/too-long", Assert.Single(problems).Code);
    }

    [Fact]
    public void No_text_makes_it_throw_or_hang()
    {
        string[] pieces =
        [
            "a", "b", "and", "or", "not", "is", "null", "in", "between", "true", "(", ")", ",", "=", "<>", "!=", "<", "<=", "||", "|", "+", "-", "--", "*", "/", "'", "''", "'x'", "\"", "\"q\"", "$", "$wanted", "${wanted}",
            "1", "1.5", "1e5", "1e", "1e999", "99999999999999999999", "lower(", "if(", "matches(a, '", "part(", "row()", "'[a-'", "'(a{1000}){1000}'", ".", ";", "\0", "\n", "\uD800", "é", "\U0001F986", "‘",
        ];
        Gen<string> text = Gen.Choose(0, 25).SelectMany(n => Gen.Frequency((9, Gen.Elements(pieces)), (1, ArbMap.Default.GeneratorFor<string>())).ListOf(n)).SelectMany(parts => Gen.Elements("", " ").Select(gap => string.Join(gap, parts)));
        Prop.ForAll(text.ToArbitrary(), Tried).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(5000));
    }

    // Reads, and if that goes well checks, and if that goes well makes both forms. It may give problems, and nothing else.
    private static void Tried(string text)
    {
        long start = Stopwatch.GetTimestamp();
        var problems = new List<Problem>();
        Expression? expression = ExpressionParser.Parse(text, new FilePlace("x", 1, 1, text), Parameters, problems);
        Assert.Equal(expression is null, problems.Count > 0);
        if (expression is not null)
        {
            ExpressionTypes.Check(expression, Generated.Columns.ToDictionary(c => c, _ => ColumnType.Text), problems);
            Assert.NotNull(expression.ToText());
            if (problems.Count == 0)
            {
                new CellRow(1, null, "x", "1", "a b").Value(expression, Generated.Columns);
                Assert.NotEmpty(ExpressionSql.WriteText(expression, ExpressionSql.Identifier));
            }
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5), $"took too long: {text}");
    }

    private static Expression Read(string text)
    {
        var problems = new List<Problem>();
        Expression? expression = ExpressionParser.Parse(text, new FilePlace("x"), Parameters, problems);
        Assert.Empty(problems);
        return expression!;
    }

    private static string Shape(Expression expression) => expression switch
    {
        ColumnExpression column => column.Name,
        ParameterExpression parameter => $"${parameter.Name}",
        LiteralExpression { Value: string text } => $"'{text}'",
        LiteralExpression { Value: double number } => number.ToString("R", CultureInfo.InvariantCulture) + (number == Math.Floor(number) && Math.Abs(number) < 1e15 ? ".0" : ""),
        LiteralExpression { Value: bool truth } => truth ? "true" : "false",
        LiteralExpression literal => literal.Value?.ToString() ?? "null",
        UnaryExpression unary => $"({unary.Operator} {Shape(unary.Operand)})",
        BinaryExpression binary => $"({binary.Operator} {Shape(binary.Left)} {Shape(binary.Right)})",
        InExpression membership => $"({(membership.Negated ? "not in" : "in")} {Shape(membership.Operand)} {string.Join(' ', membership.Items.Select(Shape))})",
        CallExpression call => $"({string.Join(' ', call.Arguments.Select(Shape).Prepend(call.Function))})",
        _ => throw new ArgumentException("unknown", nameof(expression)),
    };
}
