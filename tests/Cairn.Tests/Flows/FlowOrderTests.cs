using Cairn.Core.Flows;

namespace Cairn.Tests.Flows;

public sealed class FlowOrderTests
{
    [Fact]
    public void Each_table_comes_after_what_it_reads_and_otherwise_as_in_the_file()
    {
        Flow flow = FlowTexts.Good("""
            flow: f
            read:
              r: { delimited: { path: r.tsv } }
              q: { delimited: { path: q.tsv } }
            shape:
              last: { join: { left: second, right: first, by: id } }
              second: { from: first }
              other: { from: q }
              first: { from: r }
              third: { union: [other, last] }
            write: { third: { to: { delimited: { path: o.tsv } } } }
            """);
        Assert.Equal(["r", "q", "other", "first", "second", "last", "third"], FlowOrder.Of(flow));
    }

    [Fact]
    public void Two_rings_are_two_problems_and_what_waits_for_a_ring_is_none()
    {
        FlowReading reading = FlowTexts.Read("""
            flow: f
            read: { r: { delimited: { path: r.tsv } } }
            shape:
              waits: { from: a }
              a: { from: b }
              b: { from: a }
              c: { union: [r, d] }
              d: { from: e }
              e: { from: c }
            write: { r: { to: { delimited: { path: o.tsv } } } }
            """);
        Assert.Equal(["these tables wait for each other: a -> b -> a", "these tables wait for each other: c -> d -> e -> c"], reading.Problems.Select(p => p.Message));
    }

    [Fact]
    public void A_chain_of_many_steps_is_no_trouble()
    {
        string steps = string.Concat(Enumerable.Range(1, 9_999).Reverse().Select(i => $"  t{i}: {{ from: t{i - 1} }}\n"));
        Flow flow = FlowTexts.Good($"flow: f\nread: {{ t0: {{ delimited: {{ path: r.tsv }} }} }}\nshape:\n{steps}write: {{ t9999: {{ to: {{ delimited: {{ path: o.tsv }} }} }} }}\n");
        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => $"t{i}"), FlowOrder.Of(flow));
    }
}
