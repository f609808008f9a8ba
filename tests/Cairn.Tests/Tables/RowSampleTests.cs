using System.Globalization;
using Cairn.Core.Tables;
using Xunit;

namespace Cairn.Tests.Tables;

public class RowSampleTests
{
    private static RowSample Take(int rows, int size, ulong seed)
    {
        var sample = new RowSample(Batches.Layout("n"), size, seed);
        for (int n = 1; n <= rows; n += 10)
        {
            sample.Add(Batches.Of(n, [.. Enumerable.Range(n, Math.Min(10, rows - n + 1)).Select(i => new[] { i.ToString(CultureInfo.InvariantCulture) })]));
        }

        return sample;
    }

    [Fact]
    public void The_same_seed_takes_the_same_rows_in_the_order_of_the_source()
    {
        long[] first = [.. Take(1_000, 5, 42).Rows.Select(r => r.Number)];
        Assert.Equal(first, Take(1_000, 5, 42).Rows.Select(r => r.Number));
        Assert.NotEqual(first, Take(1_000, 5, 43).Rows.Select(r => r.Number));
        Assert.Equal(first.Order(), first);
        Assert.Equal(5, first.Distinct().Count());
    }

    [Fact]
    public void These_rows_are_taken_with_this_seed_for_ever() => Assert.Equal([221, 223, 321, 648, 926], Take(1_000, 5, 42).Rows.Select(r => r.Number));

    [Fact]
    public void A_short_table_is_taken_whole_with_its_cells()
    {
        IReadOnlyList<SampledRow> rows = Take(3, 5, 1).Rows;
        Assert.Equal([1, 2, 3], rows.Select(r => r.Number));
        Assert.Equal("2", rows[1].Cells[0]);
    }

    [Fact]
    public void Every_row_has_the_same_chance()
    {
        var taken = new int[20];
        for (ulong seed = 0; seed < 4_000; seed++)
        {
            foreach (SampledRow row in Take(20, 5, seed).Rows)
            {
                taken[row.Number - 1]++;
            }
        }

        // 1,000 times each is expected; five standard deviations of the binomial are 137.
        Assert.All(taken, times => Assert.InRange(times, 863, 1_137));
    }

    [Fact]
    public void A_blank_cell_takes_the_columns_default_and_a_constant_needs_no_field()
    {
        var layout = new TableLayout([new SourceColumn("a", 0, Default: "none"), new SourceColumn("b", null, Default: "same"), new SourceColumn("c", 1)], 2);
        var sample = new RowSample(layout, 5, 0);
        sample.Add(Batches.Of(1, ["x", ""], ["", "y"]));
        Assert.Equal(["x", "same", null], sample.Rows[0].Cells);
        Assert.Equal(["none", "same", "y"], sample.Rows[1].Cells);
    }
}
