using System.Text.RegularExpressions;
using Cairn.Core;
using Cairn.Core.Expressions;

namespace Cairn.Tests.Expressions;

/// <summary>docs/reference/expressions.md says what is true.</summary>
public sealed partial class ReferencePageTests
{
    private const string Marker = "<!-- What follows is generated from the program's own definitions; tests compare it. -->\n";
    private static readonly string Path = System.IO.Path.Combine(Repository.Root, "docs", "reference", "expressions.md");

    [Fact]
    public void Its_functions_are_those_of_the_program()
    {
        string page = File.ReadAllText(Path);
        References.Compare("docs/reference/expressions.md", page[..page.IndexOf(Marker, StringComparison.Ordinal)] + Marker + "\n" + ExpressionReference.Functions());
    }

    [Fact]
    public void Every_expression_it_shows_gives_in_both_forms_what_it_says()
    {
        using var table = new CellTable([], [new CellRow(1)]);
        string[] tables = [.. File.ReadAllText(Path).Split("| | gives |\n|---|---|\n").Skip(1)];
        Match[] rows = [.. tables.SelectMany(t => t.Split('\n').TakeWhile(l => l.StartsWith('|'))).Select(l => ShownRow().Match(l))];
        Assert.True(rows.Length > 60, $"only {rows.Length} expressions were found on the page");
        Assert.All(rows, r => Assert.True(r.Success));
        Assert.All(rows, r => Assert.Equal([r.Groups["result"].Success ? Cell(r.Groups["result"].Value) : null], table.Values(CellRow.Parsed(Cell(r.Groups["expression"].Value)))));
    }

    [Fact]
    public void Every_problem_code_of_expressions_is_known()
    {
        string folder = System.IO.Path.Combine(Repository.Root, "src", "Cairn.Core", "Expressions");
        string[] used = [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(f => !f.EndsWith("ExpressionProblems.cs", StringComparison.Ordinal)).SelectMany(f => Code().Matches(File.ReadAllText(f))).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(used, ProblemCodes.All.Select(c => c.Code).Where(c => c.StartsWith("expression/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static string Cell(string text) => text.Replace("\\|", "|", StringComparison.Ordinal);

    [GeneratedRegex(@"^\| `(?<expression>.+)` \| (`(?<result>.+)`|\*blank\*) \|$")]
    private static partial Regex ShownRow();

    [GeneratedRegex("(?<=\")expression/[a-z-]+(?=\")")]
    private static partial Regex Code();
}
