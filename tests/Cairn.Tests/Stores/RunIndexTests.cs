using Cairn.Adapters.Stores;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Tests.Stores;

public sealed class RunIndexTests : IDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly List<string> _said = [];

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Lists_the_latest_first_and_filters()
    {
        _store.Run("share", [], []);
        _store.Run("sheets", [], [], RunState.Failed);
        _store.Run("share", [], []);
        using IOpenRun open = _store.Ledger.Open(TemporaryStore.Opening("sheets"));
        using RunIndex index = Index();

        Assert.Equal(["0004", "0003", "0002", "0001"], Ids(index, new RunFilter()));
        Assert.Equal(["0003", "0001"], Ids(index, new RunFilter(Name: "share")));
        Assert.Equal(["0002"], Ids(index, new RunFilter(State: RunState.Failed)));
        Assert.Equal(["0004"], Ids(index, new RunFilter(State: RunState.Running)));
        Assert.Equal(["0004"], Ids(index, new RunFilter(Limit: 1)));
        Assert.Equal(["0004", "0003"], Ids(index, new RunFilter(Since: _store.History.Find("0003").Opened)));
    }

    /// <summary>Folders carry whole seconds; the record knows better.</summary>
    [Fact]
    public void Runs_of_one_second_stand_in_the_order_they_began()
    {
        string[] ids = ["f000000000000000", "0000000000000000", "a000000000000000"];
        int at = 0, milliseconds = 0;
        var clock = new StillClock(() => new DateTimeOffset(2026, 11, 21, 10, 4, 0, TimeSpan.Zero).AddMilliseconds(milliseconds++));
        var ledger = new RunFolders(_store.Store, clock, () => ids[at++]);
        DataVersion data = _store.File("a.tsv", "a");
        foreach (string name in new[] { "z", "y", "z" })
        {
            using IOpenRun run = ledger.Open(TemporaryStore.Opening(name));
            run.Close(new RunClosing(RunState.Done, 0, new FlowReport(name) { Outputs = [data] }, []), new Keep());
        }

        using RunIndex index = Index();
        Assert.Equal(["a000", "0000", "f000"], Ids(index, new RunFilter()));
        Assert.Equal(["f000", "0000", "a000"], index.UsesOf(data.Sha256).Select(u => StorePaths.IdOf(u.Run)));
    }

    [Fact]
    public void A_run_that_ends_is_listed_with_its_end()
    {
        using RunIndex index = Index();
        using IOpenRun closed = _store.Ledger.Open(TemporaryStore.Opening()), abandoned = _store.Ledger.Open(TemporaryStore.Opening());
        Assert.All(index.List(new RunFilter()), r => Assert.Equal(RunState.Running, r.State));
        closed.Close(new RunClosing(RunState.Done, 0, new FlowReport("share") { RefusedRows = 7 }, []), new Keep());
        abandoned.Dispose();

        Assert.Equal([RunState.Interrupted, RunState.Done], index.List(new RunFilter()).Select(r => r.State));
        Assert.Equal(7, index.List(new RunFilter(State: RunState.Done))[0].RefusedRows);
    }

    [Fact]
    public void Built_anew_it_is_the_same()
    {
        DataVersion a = _store.File("a.tsv", "a"), b = _store.File("b.tsv", "b");
        using RunIndex index = Index();
        _store.Run("share", [a], [b], report: SampleReport.Make(a, b));
        index.List(new RunFilter());
        _store.Run("sheets", [b], []);
        _store.Ledger.Open(TemporaryStore.Opening()).Dispose();
        string before = index.Dump();
        index.Dispose();
        File.Delete(Path.Combine(_store.Store, "index.db"));
        using RunIndex anew = Index();

        Assert.Equal(before, anew.Dump());
        Assert.Equal(10, before.Count(c => c == '\n'));
        Assert.Equal("the index of runs was built anew from 3 folders", Assert.Single(_said));
    }

    [Fact]
    public void A_damaged_index_is_built_anew()
    {
        _store.Run("share", [], []);
        Index().Dispose();
        File.WriteAllText(Path.Combine(_store.Store, "index.db"), "this is no database, and longer than a hundred bytes so that SQLite reads it as a whole page header of its own kind");
        using RunIndex index = Index();

        Assert.Equal(["0001"], Ids(index, new RunFilter()));
        Assert.Single(_said);
    }

    [Fact]
    public void A_folder_that_was_removed_is_not_listed()
    {
        _store.Run("share", [], []);
        _store.Run("share", [], []);
        using RunIndex index = Index();
        Assert.Equal(2, index.List(new RunFilter()).Count);
        Directory.Delete(_store.History.FolderOf(_store.History.Resolve("0001")), recursive: true);

        Assert.Equal(["0002"], Ids(index, new RunFilter()));
    }

    [Fact]
    public void A_month_that_was_settled_is_looked_at_again_when_it_changes()
    {
        _store.Run("share", [], []);
        string month = Path.Combine(_store.Store, "runs", "2026-11");
        Directory.SetLastWriteTimeUtc(month, DateTime.UtcNow.AddDays(-1));
        using RunIndex index = Index();
        Assert.Single(index.List(new RunFilter()));
        _store.Run("share", [], []);

        Assert.Equal(2, index.List(new RunFilter()).Count);
    }

    [Fact]
    public void A_manifest_that_cannot_be_read_is_said_and_the_rest_listed()
    {
        _store.Run("share", [], []);
        _store.Run("share", [], []);
        File.WriteAllText(Path.Combine(_store.History.FolderOf(_store.History.Resolve("0001")), "run.json"), "{");
        using RunIndex index = Index();

        Assert.Equal(["0002"], Ids(index, new RunFilter()));
        Assert.Contains(_said, s => s.Contains("0001", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_made_where_there_is_no_store()
    {
        using RunIndex index = Index();

        Assert.Empty(index.List(new RunFilter()));
        Assert.False(Directory.Exists(_store.Store));
    }

    [Fact]
    public void Several_at_once_agree()
    {
        for (int i = 0; i < 20; i++)
        {
            _store.Run("share", [], []);
        }

        Parallel.For(0, 6, _ =>
        {
            using RunIndex index = Index();
            Assert.Equal(20, index.List(new RunFilter()).Count);
        });
    }

    private RunIndex Index() => new(_store.Store, line =>
    {
        lock (_said)
        {
            _said.Add(line);
        }
    });

    private static IEnumerable<string> Ids(RunIndex index, RunFilter filter) => index.List(filter).Select(r => r.Id);

    private sealed class StillClock(Func<DateTimeOffset> now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now();
    }
}
