using System.Text.RegularExpressions;
using Cairn.Core;

namespace Cairn.Tests.Terminal;

public sealed partial class CommandCodesTests
{
    [Fact]
    public void Every_code_that_commands_report_has_its_place_in_the_reference()
    {
        string[] sources = Directory.GetFiles(Path.Combine(Repository.Root, "src", "Cairn"), "*.cs", SearchOption.AllDirectories);
        string[] used = [.. sources.SelectMany(f => Made().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal)];
        Assert.True(used.Length > 20, $"only {used.Length} codes were found in the sources");
        Assert.Empty(used.Except(ProblemCodes.All.Select(c => c.Code)));
    }

    [GeneratedRegex("new (?:Problem)?\\(\\s*\"([a-z]+/[a-z-]+)\"")]
    private static partial Regex Made();
}
