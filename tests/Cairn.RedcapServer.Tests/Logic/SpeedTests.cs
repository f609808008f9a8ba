using Cairn.RedcapServer.Logic;

namespace Cairn.RedcapServer.Tests.Logic;

public class SpeedTests
{
    [Theory]
    [InlineData("[age] >= 18 and [blank] = '' or [name] = 'Thiel'")]
    [InlineData("[n] = '5' and [dob] > '1970-01-01' and not contains([email], 'y@')")]
    [InlineData("round(sum([n], [half], [blank]) / 3, 1) >= 2 and datediff([dob], 'today', 'y') > 18")]
    [InlineData("[record-name] = '1042' and isblankormissingcode([blank]) and year([dob]) = 1980")]
    public void Evaluating_allocates_nothing(string logic)
    {
        LogicExpression expression = LogicExpression.Parse(logic, new Sample());
        var record = new Sample();
        for (int i = 0; i < 1000; i++)
        {
            Assert.True(expression.IsTrue(record));
        }

        int matched = 0;
        long least = long.MaxValue;
        for (int window = 0; window < 5; window++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 40_000; i++)
            {
                matched += expression.IsTrue(record) ? 1 : 0;
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        // The runtime may allocate once when it compiles a loop anew; what evaluating allocates, it allocates in every window.
        Assert.Equal((200_000, 0), (matched, least));
    }

    [Fact]
    public void One_expression_serves_many_threads()
    {
        LogicExpression expression = LogicExpression.Parse("round([age] / [n], 1) = 12.2 and concat([name], [n]) = 'Thiel5' and median(3, [n], [age]) = 5", new Sample());
        Parallel.For(0, 20_000, _ => Assert.True(expression.IsTrue(new Sample())));
    }
}
