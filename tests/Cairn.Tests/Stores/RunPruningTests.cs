using Cairn.Adapters.Stores;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Tests.Stores;

public sealed class RunPruningTests : IDisposable
{
    private static readonly Keep Inputs = new(Inputs: true);
    private readonly TemporaryStore _store = new();
    private readonly RunPruning _pruning;

    public RunPruningTests() => _pruning = new RunPruning(_store.Store, _store.Clock);

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Keeps_the_latest_of_each_flow()
    {
        _store.Run("a", [], []);
        _store.Run("b", [], []);
        _store.Run("a", [], []);
        _store.Run("a", [], []);
        Pruned plan = _pruning.Plan(new PruneRules(2, null));

        Assert.Equal(["0001"], plan.Removed.Select(r => r.Id));
        Assert.Equal(4, _store.History.Names.Count());
        _pruning.Apply(new PruneRules(2, null));
        Assert.Equal(["0002", "0003", "0004"], Ids());
    }

    [Fact]
    public void The_last_good_run_of_a_flow_stays_whatever_the_rules_say()
    {
        _store.Run("a", [], []);
        _store.Run("a", [], [], RunState.Failed);
        _store.Run("a", [], [], RunState.Failed);
        Pruned pruned = _pruning.Apply(new PruneRules(1, null));

        Assert.Equal(["0001"], pruned.Spared.Select(r => r.Id));
        Assert.Equal(["0001", "0003"], Ids());
    }

    [Fact]
    public void By_age_and_by_both_rules()
    {
        _store.Run("a", [], []);
        _store.Run("a", [], []);
        _store.Clock.Skip(TimeSpan.FromDays(100));
        _store.Run("a", [], []);

        Assert.Equal(["0001", "0002"], _pruning.Plan(new PruneRules(null, TimeSpan.FromDays(90))).Removed.Select(r => r.Id));
        Assert.Equal(["0001"], _pruning.Plan(new PruneRules(2, TimeSpan.FromDays(90))).Removed.Select(r => r.Id));
        Assert.Empty(_pruning.Plan(new PruneRules(1, TimeSpan.FromDays(200))).Removed);
        Assert.Empty(_pruning.Plan(new PruneRules(null, null)).Removed);
    }

    [Fact]
    public void The_journal_says_what_was_pruned_and_the_store_holds()
    {
        _store.Run("a", [], []);
        _store.Ledger.Open(TemporaryStore.Opening("a")).Dispose();
        _store.Run("a", [], []);
        _pruning.Apply(new PruneRules(1, null));
        _store.Run("a", [], []);

        Assert.Empty(new RunVerifier(_store.Store).All().Problems);
        List<JournalEntry?> journal = [.. File.ReadAllLines(Path.Combine(_store.Store, "journal")).Select(JournalLine.Parse)];
        Assert.Equal([JournalEvent.Closed, JournalEvent.Closed, JournalEvent.Pruned, JournalEvent.Pruned, JournalEvent.Closed], journal.Select(e => e!.Event));
        Assert.Equal(journal[0]!.Sha256, journal[2]!.Sha256);
        Assert.Equal(JournalLine.NoHash, journal[3]!.Sha256);
    }

    [Fact]
    public void What_no_run_needs_any_more_leaves_the_archive()
    {
        DataVersion old = _store.File("old.tsv", "old"), shared = _store.File("shared.tsv", "shared"), latest = _store.File("latest.tsv", "latest");
        _store.Run("a", [old, shared], [], keep: Inputs);
        _store.Run("b", [shared], []);
        _store.Run("a", [latest], [], keep: Inputs);
        Pruned plan = _pruning.Plan(new PruneRules(1, null));
        var archive = new FileArchive(_store.Store);

        Assert.Equal([old.Sha256], plan.Freed.Select(f => f.Sha256));
        Assert.True(archive.Has(old.Sha256));
        _pruning.Apply(new PruneRules(1, null));
        Assert.False(archive.Has(old.Sha256));
        Assert.True(archive.Has(shared.Sha256));
        Assert.True(archive.Has(latest.Sha256));
    }

    [Fact]
    public void Nothing_leaves_the_archive_while_a_run_is_under_way()
    {
        DataVersion old = _store.File("old.tsv", "old");
        _store.Run("a", [old], [], keep: Inputs);
        _store.Run("a", [], []);
        using IOpenRun running = _store.Ledger.Open(TemporaryStore.Opening("a"));
        Pruned pruned = _pruning.Apply(new PruneRules(1, null));

        Assert.Equal(["0001"], pruned.Removed.Select(r => r.Id));
        Assert.Empty(pruned.Freed);
        Assert.Contains(running.Id, pruned.Why, StringComparison.Ordinal);
        Assert.True(new FileArchive(_store.Store).Has(old.Sha256));
        Assert.Equal(["0002", "0003"], Ids());
    }

    [Fact]
    public void A_pruning_that_was_killed_is_finished_by_the_next()
    {
        _store.Run("a", [], []);
        _store.Run("a", [], []);
        string folder = _store.History.FolderOf(_store.History.Resolve("0001")), copy = Path.Combine(_store.Project, "copy");
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.GetFiles(folder))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        _pruning.Apply(new PruneRules(1, null));
        Directory.Move(copy, folder);
        Assert.Equal("run/pruned", Assert.Single(new RunVerifier(_store.Store).All().Problems).Code);
        _pruning.Apply(new PruneRules(5, null));

        Assert.Equal(["0002"], Ids());
        Assert.Empty(new RunVerifier(_store.Store).All().Problems);
    }

    [Fact]
    public void A_month_without_runs_goes_too()
    {
        _store.Run("a", [], [], RunState.Failed);
        _store.Clock.Skip(TimeSpan.FromDays(60));
        _store.Run("a", [], []);
        _pruning.Apply(new PruneRules(1, null));

        Assert.False(Directory.Exists(Path.Combine(_store.Store, "runs", "2026-11")));
        using var index = new RunIndex(_store.Store);
        Assert.Single(index.List(new RunFilter()));
    }

    private IEnumerable<string> Ids() => _store.History.Names.Select(StorePaths.IdOf).Order(StringComparer.Ordinal);
}
