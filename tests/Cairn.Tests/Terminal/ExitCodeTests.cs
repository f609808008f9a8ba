using Cairn.Core;
using Xunit;

namespace Cairn.Tests.Terminal;

public class ExitCodeTests
{
    [Fact]
    public void Every_kind_of_problem_has_the_code_that_the_table_promises()
    {
        var promised = new Dictionary<ProblemKind, int>
        {
            [ProblemKind.Finding] = 1,
            [ProblemKind.Usage] = 2,
            [ProblemKind.Unreachable] = 3,
            [ProblemKind.Refused] = 4,
            [ProblemKind.Partial] = 5,
            [ProblemKind.Fault] = 70,
            [ProblemKind.Stopped] = 130,
        };
        Assert.Equal(Enum.GetValues<ProblemKind>().Order(), promised.Keys.Order());
        foreach (ProblemKind kind in Enum.GetValues<ProblemKind>())
        {
            Assert.Equal(promised[kind], (int)ExitCodes.Of(kind));
        }
    }

    [Theory]
    [InlineData(new ProblemKind[0], 0)]
    [InlineData(new[] { ProblemKind.Finding, ProblemKind.Unreachable }, 3)]
    [InlineData(new[] { ProblemKind.Unreachable, ProblemKind.Usage }, 2)]
    [InlineData(new[] { ProblemKind.Refused, ProblemKind.Unreachable }, 4)]
    [InlineData(new[] { ProblemKind.Refused, ProblemKind.Partial, ProblemKind.Usage }, 5)]
    [InlineData(new[] { ProblemKind.Stopped, ProblemKind.Partial }, 130)]
    [InlineData(new[] { ProblemKind.Stopped, ProblemKind.Fault }, 70)]
    public void Of_several_problems_the_one_a_person_must_deal_with_decides(ProblemKind[] kinds, int code) =>
        Assert.Equal(code, (int)ExitCodes.Of(kinds.Select(k => new Problem("test/x", k, "x"))));

    [Fact]
    public void Help_names_every_code()
    {
        string text = Cairn.Commands.Topics.Text("exit-codes");
        foreach (ExitCode code in Enum.GetValues<ExitCode>())
        {
            Assert.Matches($@"(?m)^ *{(int)code}   ", text);
        }
    }
}
