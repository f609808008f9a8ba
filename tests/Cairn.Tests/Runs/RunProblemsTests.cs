using System.Text.RegularExpressions;
using Cairn.Core;

namespace Cairn.Tests.Runs;

public sealed partial class RunProblemsTests
{
    /// <summary>A code that is given somewhere but explained nowhere would leave a person searching.</summary>
    [Theory]
    [InlineData("src/Cairn.Core/Provenance")]
    [InlineData("src/Cairn.Adapters/Stores")]
    [InlineData("src/Cairn/Runs")]
    public void Every_code_given_is_explained(string folder)
    {
        HashSet<string> explained = [.. ProblemCodes.All.Select(c => c.Code)];
        IEnumerable<string> given = Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs").SelectMany(f => Given().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value);

        Assert.All(given, code => Assert.Contains(code, explained));
    }

    [GeneratedRegex("new Problem\\(\\s*\"([^\"]+)\"")]
    private static partial Regex Given();
}
