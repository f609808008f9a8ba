using System.Text;
using Cairn.Adapters.DuckDb.Workbench;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Flows.Scanning;
using Cairn.Core.Provenance;
using Cairn.Core.Settings;
using Cairn.Core.Tables;

namespace Cairn.Tests.Flows;

/// <summary>A job several times the memory limit finishes: it spills.</summary>
public sealed class MemoryLimitTests
{
    /// <summary>The workbench's limit; the rows are three times as much.</summary>
    private static long Limit => Environment.GetEnvironmentVariable("CAIRN_LONG") == "1" ? 640L << 20 : 160L << 20;

    [Fact]
    public void AJobOfThreeTimesTheLimitFinishes()
    {
        const int cell = 400;
        int rows = (int)(3 * Limit / cell);
        var place = new FilePlace("large.flow.yaml", 1, 1);
        NameAt At(string name) => new(name, place);
        var flow = new Flow("large", place)
        {
            Reads = [new Read("p", "memory", new MapSetting([], place), null, place)],
            Steps =
            [
                new Step("once", new DistinctHead(At("p"), null), [], place),
                new Step("groups", new GroupHead(At("once"), [At("k")], [new Aggregate("n", AggregateKind.Count, null, place)]), [], place),
            ],
            Writes = [new Write("once", [At("once")], "none", new MapSetting([], place), place), new Write("groups", [At("groups")], "none", new MapSetting([], place), place)],
        };
        string folder = Directory.CreateTempSubdirectory("cairn-limit-").FullName;
        try
        {
            FlowWorld world = TestWorld.With(_ => new ManyRows(rows, cell), (f, _) => new DuckDbWorkbench(f, Limit));
            using var work = new FlowWork(flow, world, new FlowOptions(2 * Limit) { Fuse = false }, folder, _ => { });
            work.Open(CancellationToken.None);
            work.Make(_ => true, CancellationToken.None);
            Assert.Equal(rows - 1, work.Accounts.Single(a => a.Table == "once").Out);
            Assert.Equal(1, work.Accounts.Single(a => a.Table == "once").Gone.Single().Rows);
            Assert.Equal(1000, work.Accounts.Single(a => a.Table == "groups").Out);
            using IRowReader reader = work.Bench.Rows("once").Open(CancellationToken.None);
            long read = 0;
            while (reader.Next())
            {
                Assert.True(reader.Text(1).StartsWith(Encoding.ASCII.GetBytes($"row {read:D9} ")));
                read++;
            }

            Assert.Equal(rows - 1, read);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Made as they are asked for; the last equals the first.</summary>
    private sealed class ManyRows(int rows, int cell) : ISource
    {
        public TableLayout Layout(CancellationToken stop) => new([new SourceColumn("k", 0), new SourceColumn("text", 1)], 2);

        public SourceReport Read(Action<RowBatch> take, IReadWatch watch, CancellationToken stop)
        {
            const int size = 1000;
            for (int from = 0; from < rows; from += size)
            {
                int count = Math.Min(size, rows - from);
                var text = new StringBuilder();
                int[] ends = new int[count * 2];
                int[] starts = new int[count];
                for (int i = 0; i < count; i++)
                {
                    int number = (from + i) % (rows - 1);
                    starts[i] = text.Length;
                    text.Append(number % 1000);
                    ends[2 * i] = text.Length;
                    text.Append('\t').Append($"row {number:D9} ").Append((char)('a' + (number % 20)), cell - 20);
                    ends[(2 * i) + 1] = text.Length;
                    text.Append('\n');
                }

                take(new RowBatch
                {
                    Text = Encoding.ASCII.GetBytes(text.ToString()),
                    Ends = ends,
                    RowStarts = starts,
                    FirstField = [.. Enumerable.Range(0, count).Select(i => 2 * i)],
                    Numbers = [.. Enumerable.Range(from + 1, count).Select(i => (long)i)],
                    Rows = count,
                    Columns = 2,
                    RowBytesIdentify = true,
                });
            }

            return new SourceReport(rows, 0, []);
        }

        public void Dispose()
        {
        }
    }
}
