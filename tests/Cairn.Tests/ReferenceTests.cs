using System.Text.RegularExpressions;
using Cairn.Adapters;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Settings;
using Cairn.Tests.Flows;

namespace Cairn.Tests;

/// <summary>The generated references are what the program would write now, and what they show is true.</summary>
public sealed partial class ReferenceTests
{
    private const string Marker = "<!-- What follows is generated from the program's own definitions; tests compare it. -->\n";

    [Fact]
    public void The_schema_of_flow_files() =>
        References.Compare("docs/reference/flow.schema.json", JsonSchema.Of(FlowShape.Of(Discovery.Sources, Discovery.Destinations), "A Cairn flow file"));

    [Fact]
    public void The_keys_of_flow_files() => Compare("docs/reference/flow-files.md", FlowReference.Keys(Discovery.Sources, Discovery.Destinations));

    [Fact]
    public void The_connectors() => Compare("docs/reference/connectors.md", FlowReference.Connectors(Discovery.Sources, Discovery.Destinations));

    [Fact]
    public void The_problem_codes() => Compare("docs/reference/errors.md", FlowReference.Errors());

    [Fact]
    public void The_example_on_the_page_reads_without_problems()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "flow-files.md"));
        MatchCollection examples = Examples().Matches(page);
        Assert.NotEmpty(examples);
        Assert.All(examples, e => FlowTexts.Good(e.Groups[1].Value));
    }

    private static void Compare(string path, string generated)
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, path));
        int end = page.IndexOf(Marker, StringComparison.Ordinal);
        Assert.True(end >= 0, $"{path} has lost the line before its generated part");
        References.Compare(path, page[..end] + Marker + "\n" + generated);
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Examples();
}
