using System.Text;
using Cairn.Adapters.DuckDb;
using Cairn.Core;
using Cairn.Core.Expressions;
using Cairn.Core.Expressions.Native;
using Cairn.Core.Flows;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.Tests.Expressions;

/// <summary>The native form and the SQL form, run by DuckDB, give the same for every expression and row.</summary>
public sealed class BothFormsTests
{
    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithQuietOnSuccess(true);

    // Enough for every run to meet every function; the long run looks for what is rare.
    private static int Cases(int usual) => Environment.GetEnvironmentVariable("CAIRN_LONG") is null ? usual : usual * 50;

    [Fact]
    public void Generated_expressions_give_the_same_over_generated_rows()
    {
        using var table = new CellTable(Generated.Columns, [.. Generated.Row.Sample(60)]);
        Prop.ForAll(Generated.Any.ToArbitrary(), expression =>
        {
            var problems = new List<Problem>();
            ExpressionTypes.Check(expression, Generated.Columns.ToDictionary(c => c, _ => ColumnType.Text), problems);
            Assert.Empty(problems);
            table.Values(expression);
        }).Check(Quietly.WithMaxTest(Cases(400)));
    }

    [Fact]
    public void Generated_patterns_are_found_in_the_same_texts()
    {
        using var table = new CellTable(Generated.Columns, [.. Generated.Row.Sample(60)]);
        Prop.ForAll(Generated.PatternText.ToArbitrary(), pattern => table.Values(CellRow.Parsed($"matches(a, '{pattern.Replace("'", "''", StringComparison.Ordinal)}')", Generated.Columns)))
            .Check(Quietly.WithMaxTest(Cases(300)));
    }

    [Fact]
    public void Each_example_of_the_reference_gives_what_it_says()
    {
        using var table = new CellTable([], [new CellRow(1)]);
        Assert.All(FunctionTable.All.SelectMany(f => f.Examples), e => Assert.Equal([e.Result], table.Values(CellRow.Parsed(e.Expression))));
    }

    [Fact]
    public void Case_is_the_same_for_every_code_point()
    {
        int[] points = [.. Enumerable.Range(1, 0x10FFFF).Where(Rune.IsValid)];
        using var table = new CellTable(["a"], [.. points.Select(p => new CellRow(1, char.ConvertFromUtf32(p)))]);
        IReadOnlyList<string?> lower = table.Values(CellRow.Parsed("lower(a)", "a"));
        IReadOnlyList<string?> upper = table.Values(CellRow.Parsed("upper(a)", "a"));
        Assert.Equal("é", lower[Array.IndexOf(points, 'É')]);
        Assert.Equal("É", upper[Array.IndexOf(points, 'é')]);
    }

    [Fact]
    public void White_space_is_the_same_for_every_code_point()
    {
        int[] points = [.. Enumerable.Range(1, 0x10FFFF).Where(Rune.IsValid)];
        using var table = new CellTable(["a"], [.. points.Select(p => new CellRow(1, $"x{char.ConvertFromUtf32(p)}y"))]);
        IReadOnlyList<string?> word = table.Values(CellRow.Parsed("word_after(a, 'x')", "a"));
        IReadOnlyList<string?> trimmed = table.Values(CellRow.Parsed("trim(substr(a, 2, 1))", "a"));
        IEnumerable<int> Where(Func<int, bool> white) => Enumerable.Range(0, points.Length).Where(white).Select(i => points[i]);
        int[] expected = [.. points.Where(p => Rune.IsWhiteSpace(new Rune(p)))];
        Assert.Equal(expected, Where(i => word[i] == "y"));
        Assert.Equal(expected, Where(i => trimmed[i] is null));
    }
}
