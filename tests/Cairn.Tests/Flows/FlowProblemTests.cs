using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Tables;

namespace Cairn.Tests.Flows;

/// <summary>
/// What a person sees for each mistake in a flow file: the whole text, because the words are the product. Each case is a file of tests/data with
/// a flow, a line of equals signs, and what is shown.
/// </summary>
public sealed class FlowProblemTests
{
    private const string End = "=====\n";

    private static readonly TableLayout Media = Layout("id", "rights", "description", "accessURI");

    private static readonly TableLayout Specimens = Layout("id", "country", "year", "description");

    public static TheoryData<string> Flows() => Files("flows");

    public static TheoryData<string> Columns() => Files("columns");

    [Theory]
    [MemberData(nameof(Flows))]
    public void A_flow_is_answered_with(string file) => Compare(file, text => FlowTexts.Read(text).Problems);

    [Theory]
    [MemberData(nameof(Columns))]
    public void Columns_are_answered_with(string file) => Compare(file, text =>
        ColumnCheck.Check(FlowTexts.Read(text).Flow!, new Dictionary<string, TableLayout?> { ["media"] = Media, ["specimens"] = Specimens, ["missing"] = null }).Problems);

    [Fact]
    public void Every_code_of_flow_files_has_a_case()
    {
        string shown = string.Concat(Files("flows").Concat(Files("columns")).Select(f => Text(f.Data)));
        string[] elsewhere = ["flow/not-found", "flow/several-found", "flow/none-in-folder", "flow/no-such-figure", "settings/too-long", "settings/unreadable", "settings/not-utf8", "flow/flows-cycle"];
        Assert.Equal([], ProblemCodes.All.Select(c => c.Code).Where(c => c.StartsWith("flow/", StringComparison.Ordinal) || c.StartsWith("settings/", StringComparison.Ordinal))
            .Except(elsewhere).Where(c => !shown.Contains($"[{c}]", StringComparison.Ordinal)));
    }

    private static void Compare(string file, Func<string, IReadOnlyList<Problem>> problems)
    {
        string[] parts = Text(file).Split(End);
        string shown = FlowTexts.Shown(problems(parts[0]));
        References.Compare(Path.Combine("tests", "data", file), parts[0] + End + shown + "\n");
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, "tests", "data", file));

    private static TheoryData<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "data", folder), "*.txt").Order(StringComparer.Ordinal).Select(f => $"{folder}/{Path.GetFileName(f)}")];

    private static TableLayout Layout(params string[] columns) => new([.. columns.Select((c, i) => new SourceColumn(c, i))], columns.Length);
}
