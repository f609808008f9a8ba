using System.Text;
using System.Text.Json;
using Cairn.Core.Flows;
using Cairn.Core.Flows.Scanning;

namespace Cairn.Tests.Flows;

/// <summary>Random flows, carried out while reading and on the workbench, give what the plainest way gives: bytes, accounts, figures, checks.</summary>
public sealed class FlowOracleTests
{
    private static int Flows => Environment.GetEnvironmentVariable("CAIRN_LONG") == "1" ? 2000 : 60;

    [Fact]
    public void FusedAndUnfusedFlowsGiveWhatTheNaiveOneGives()
    {
        int compared = 0;
        for (int seed = 1; compared < Flows; seed++)
        {
            var random = new RandomFlow(seed);
            if (ColumnCheck.Check(random.Flow, random.Layouts).Problems.Count > 0)
            {
                // Made by chance, such as keys of different types; other tests are about those.
                continue;
            }

            compared++;
            var naive = new NaiveFlow(random.Flow, random.Data);
            Compare(seed, random, naive, fuse: true);
            Compare(seed, random, naive, fuse: false);
        }
    }

    private static void Compare(int seed, RandomFlow random, NaiveFlow naive, bool fuse)
    {
        string folder = Directory.CreateTempSubdirectory("cairn-flow-").FullName;
        try
        {
            FlowWorld world = TestWorld.With(t => new MemorySource(random.Data[t].Columns, random.Data[t].Rows, rowBytesIdentify: seed % 2 == 0));
            using var work = new FlowWork(random.Flow, world, new FlowOptions(1L << 30) { Fuse = fuse }, folder, _ => { });
            work.Open(CancellationToken.None);
            work.Make(_ => true, CancellationToken.None);
            string what = $"seed {seed}, {(fuse ? "fused" : "unfused")}: {string.Join("; ", random.Flow.Steps.Select(s => s.Name + " " + s.Head))}";
            foreach (NameAt table in random.Flow.Writes.SelectMany(w => w.Tables))
            {
                Same(what + ", rows of " + table.Name, Text(naive.Tables[table.Name]), Text(work.Bench.Rows(table.Name)));
                Same(what + ", source rows of " + table.Name, From(naive.Tables[table.Name], work.Bench.SourceRows(table.Name).Columns), Text(work.Bench.SourceRows(table.Name)));
            }

            foreach (Account account in work.Accounts)
            {
                Same($"{what}, account of {account.Table}", Text(naive.Accounts[account.Table]), Text(account));
                Assert.True(account.Balances, what);
            }

            Assert.Equal(naive.Accounts.Count, work.Accounts.Count);
            foreach (FigureValue figure in work.Figures)
            {
                Same($"{what}, figure {random.Flow.Figures.First(f => f.Name == figure.Name)}", JsonSerializer.Serialize(Sorted(naive.Figures[figure.Name])), JsonSerializer.Serialize(Sorted(figure.Value?.ToString() is { } t && figure.Value is long ? (naive.Figures[figure.Name] is string ? t : figure.Value) : figure.Value)));
            }

            Assert.Equal(random.Flow.Figures.Count, work.Figures.Count);
            Same(what + ", checks", string.Join("\n", naive.Checks.Order()), string.Join("\n", work.Checks.Select(c => (c.Text, c.Holds, c.Met, c.Of)).Order()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static object? Sorted(object? value) => value is IReadOnlyDictionary<string, long> map ? map.OrderBy(p => p.Key, StringComparer.Ordinal).ToList() : value;

    private static void Same(string what, string wanted, string found) => Assert.True(wanted == found, $"{what}\nwanted:\n{wanted}\nfound:\n{found}");

    private static string Text(NaiveTable table) => string.Join("\n", table.Rows.Select(r => string.Join("|", r.Cells.Select(c => c ?? "-"))).Prepend(string.Join("|", table.Columns)));

    private static string From(NaiveTable table, IReadOnlyList<TableColumn> columns) =>
        string.Join("\n", table.Rows.Select((r, i) => string.Join("|", columns.Skip(1).Select(c => r.From.TryGetValue(c.Name, out long n) ? n.ToString() : "-").Prepend((i + 1).ToString()))).Prepend(string.Join("|", columns.Select(c => c.Name))));

    private static string Text(ITableRows rows)
    {
        var lines = new List<string> { string.Join("|", rows.Columns.Select(c => c.Name)) };
        using IRowReader reader = rows.Open(CancellationToken.None);
        while (reader.Next())
        {
            var cells = new List<string>();
            for (int c = 0; c < rows.Columns.Count; c++)
            {
                cells.Add(reader.Text(c).IsEmpty ? "-" : Encoding.UTF8.GetString(reader.Text(c)));
            }

            lines.Add(string.Join("|", cells));
        }

        return string.Join("\n", lines);
    }

    private static string Text(Account account) =>
        $"{account.Table}: in {List(account.In)} added {List(account.Added)} gone {List(account.Gone)} out {account.Out} beside {List([.. account.Beside.Where(b => b.Reason != Landing.Landed)])}";

    private static string List(IReadOnlyList<Movement> movements) => string.Join(", ", movements.Select(m => $"{m.Reason} {m.Rows}"));
}
