using System.Text.RegularExpressions;
using Cairn.Core;

namespace Cairn.Tests;

public sealed partial class ProblemCodesTests
{
    [Fact]
    public void Codes_are_unique_and_well_formed()
    {
        Assert.Empty(ProblemCodes.All.GroupBy(c => c.Code).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.All(ProblemCodes.All, c => Assert.Matches(Form(), c.Code));
        Assert.All(ProblemCodes.All, c => Assert.EndsWith(".", c.Meaning, StringComparison.Ordinal));
        Assert.All(ProblemCodes.All, c => Assert.EndsWith(".", c.WhatToDo, StringComparison.Ordinal));
    }

    [GeneratedRegex("^[a-z][a-z0-9]*/[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Form();
}
