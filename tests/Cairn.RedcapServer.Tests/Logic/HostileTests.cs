using System.Diagnostics;
using System.Text;
using Cairn.RedcapServer.Logic;

namespace Cairn.RedcapServer.Tests.Logic;

public class HostileTests
{

    private static readonly string[] Pieces =
    [
        "[", "]", "(", ")", ",", "=", "<", ">", "<>", "!=", "!", "+", "-", "*", "/", "^", "'", "\"", " ", "\n", "#", "//", ".", "1", "2.5", "1e9", "1e999", "0", "and", "or", "not", "NOT",
        "true", "null", "NaN", "[age]", "[n]", "[blank]", "[race(1)]", "[baseline_arm_1]", "[dose][2]", "[last-instance]", "[record-name]", "if(", "round(", "datediff(", "concat(",
        "hasmissingcode(", "mid(", "'y'", "'today'", "\0", "\ud800", "\u2019", "\U0001F43B", "LIKE", "[[", "]]", "a", "_", ":", "{", "\\",
    ];

    public static readonly TheoryData<string, string> Deep = new()
    {
        { "(", ")" }, { "not ", "" }, { "!", "" }, { "-", "" }, { "+-", "" }, { "if(1,1,", ")" }, { "round(", ")" }, { "1+(", ")" }, { "1=(", ")" }, { "1 or 1 and not 1=1<1+1*(", ")" },
        { "(1)^(", ")" }, { "[", "]" }, { "concat('", "')" }, { "#", "" }, { "1 and ", "" }, { "1 + ", "" }, { "1 = not ", "" }, { "\"", "" }, { "[age]", "" }, { "\n", "" },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public void However_deep_it_is_answered_at_once(string opening, string closing)
    {
        foreach (int depth in (int[])[1, 299, 300, 301, 10_000, 100_000, 3_000_000])
        {
            string logic = new StringBuilder().Insert(0, opening, depth).Append('1').Insert(opening.Length * depth + 1, closing, depth).ToString();
            Evaluated(logic);
        }
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("if(1,", ",0)")]
    [InlineData("-", "")]
    public void As_deep_as_is_written_by_hand_is_read(string opening, string closing)
    {
        string At(int depth) => new StringBuilder().Insert(0, opening, depth).Append('1').Insert(opening.Length * depth + 1, closing, depth).ToString();
        Assert.True(Sample.IsTrue(At(300)));
        Assert.StartsWith("parentheses, functions and signs are nested more than 300 deep", Sample.Refused(At(301)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_chains_are_not_deep()
    {
        Assert.Equal("100000", Sample.Text(string.Join('+', Enumerable.Repeat('1', 100_000))));
        Assert.Equal("1", Sample.Text(string.Join('*', Enumerable.Repeat('1', 100_000))));
        Assert.False(Sample.IsTrue(string.Join(" or ", Enumerable.Repeat("[n]=6", 20_000))));
        Assert.True(Sample.IsTrue(string.Join(" and ", Enumerable.Repeat("[n]=5", 20_000))));
        Assert.False(Sample.IsTrue(string.Concat(Enumerable.Repeat("not ", 60_001)) + "1"));
        Assert.Equal("5", Sample.Text($"max({string.Join(',', Enumerable.Repeat("[n]", 50_000))})"));
        Assert.Equal("5", Sample.Text($"median({string.Join(',', Enumerable.Repeat("[n]", 50_000))})"));
    }

    [Fact]
    public void Too_much_text_is_refused_by_its_length() =>
        Assert.Equal("the logic has 9000001 characters, and at most 262144 are read", Sample.Refused(new string('1', 9_000_001)).Message);

    [Fact]
    public void Whatever_the_text_there_is_a_value_or_a_message()
    {
        var random = new Random(20260101);
        var watch = Stopwatch.StartNew();
        int read = 0;
        for (int i = 0; i < 200_000 && watch.Elapsed < TimeSpan.FromSeconds(10); i++)
        {
            var logic = new StringBuilder();
            int pieces = random.Next(1, random.Next(2, 25));
            for (int p = 0; p < pieces; p++)
            {
                logic.Append(random.Next(40) == 0 ? ((char)random.Next(0x10000)).ToString() : Pieces[random.Next(Pieces.Length)]);
            }

            read += Evaluated(logic.ToString()) ? 1 : 0;
        }

        Assert.True(read > 100, $"only {read} of the texts were logic, which tries nothing");
    }

    [Theory]
    [InlineData("round(1, 1e300)")]
    [InlineData("round(1e300, -300)")]
    [InlineData("round(1e-300, 5)")]
    [InlineData("roundup(-1e28, 1)")]
    [InlineData("rounddown(9999999999999999999999999999, 0)")]
    [InlineData("round(7e27, -28)")]
    [InlineData("left('abc', 1e300)")]
    [InlineData("right('abc', 1e300)")]
    [InlineData("mid('abc', 1e300, 1e300)")]
    [InlineData("mid('abc', -1e300, 2)")]
    [InlineData("mid('abc', 2, 1e300)")]
    [InlineData("log(1e308, 1.0000000000000002)")]
    [InlineData("exponential(1e9)")]
    [InlineData("datediff('0001-01-01', '9999-12-31 23:59:59', 's')")]
    [InlineData("age_at_date('0001-01-01', '9999-12-31', true)")]
    [InlineData("stdev(1e308, -1e308)")]
    [InlineData("mean(1e308, 1e308)")]
    [InlineData("left('\ud800', 1)")]
    [InlineData("find('\udc00', '\ud800\udc00')")]
    [InlineData("upper('\ud800')")]
    public void Extremes_are_evaluated(string logic) => Assert.True(Evaluated(logic));

    // True when it was logic. Any other exception than a LogicException fails the test; were reading not linear, it would not end.
    private static bool Evaluated(string logic)
    {
        bool read = true;
        try
        {
            LogicExpression expression = LogicExpression.Parse(logic, new Sample());
            _ = expression.IsTrue(new Sample());
            _ = expression.Evaluate(new Sample()).Text;
        }
        catch (LogicException refused)
        {
            read = false;
            Assert.InRange(refused.Message.Length, 10, 400);
            Assert.InRange(refused.Position, 0, logic.Length);
        }

        return read;
    }
}
