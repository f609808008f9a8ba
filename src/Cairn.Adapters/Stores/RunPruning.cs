using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Stores;

/// <summary>
/// Removes old runs on purpose: a line in the journal for each, so that they are not missed later, then their folders, then what the archive kept
/// for them alone.
/// </summary>
public sealed class RunPruning(string store, TimeProvider time)
{
    private readonly StorePaths _paths = new(store);

    /// <summary>What would go; touches nothing.</summary>
    public Pruned Plan(PruneRules rules)
    {
        using var index = new RunIndex(store);
        return Plan(rules, index);
    }

    /// <summary>Removes. Whatever is killed half-way is finished by the next pruning.</summary>
    public Pruned Apply(PruneRules rules)
    {
        if (!Directory.Exists(_paths.Runs))
        {
            return new Pruned([], [], [], null);
        }

        using FileStream alone = FileLock.Take(_paths.Lock);
        using var index = new RunIndex(store);
        Finish();
        Pruned plan = Plan(rules, index);
        var journal = new JournalFile(_paths.Journal);
        foreach (RunSummary run in plan.Removed)
        {
            JournalHead head = journal.HeadForAppend();
            string manifest = Path.Combine(_paths.Folder(run.Run), StorePaths.Manifest);
            string sha256 = run.State == RunState.Interrupted ? JournalLine.NoHash : FileHash.Of(manifest);
            journal.Append(new JournalEntry(head.Sequence + 1, time.GetUtcNow(), JournalEvent.Pruned, run.Run, sha256, head.Sha256));
            Remove(run.Run);
        }

        var archive = new FileArchive(store);
        if (plan.Why is null)
        {
            archive.SweepUnfinished();
        }

        foreach (StoredVersion version in plan.Freed)
        {
            archive.Remove(version.Sha256);
        }

        return plan;
    }

    private Pruned Plan(PruneRules rules, RunIndex index)
    {
        IReadOnlyList<RunSummary> runs = index.List(new RunFilter());
        (IReadOnlyList<RunSummary> remove, IReadOnlyList<RunSummary> spared) = Pruning.Choose(runs, rules, time.GetUtcNow());
        if (WhyNotFree(runs) is { } why)
        {
            return new Pruned(remove, spared, [], why);
        }

        HashSet<string> going = [.. remove.Select(r => r.Run)];
        IReadOnlyList<StoredVersion> freed = [.. new FileArchive(store).List().Where(v => index.UsesOf(v.Sha256).All(u => going.Contains(u.Run)))];
        return new Pruned(remove, spared, freed, null);
    }

    /// <summary>A run under way may rely on what is in the archive before its record says so; a record that cannot be read may name anything.</summary>
    private string? WhyNotFree(IReadOnlyList<RunSummary> runs)
    {
        if (runs.FirstOrDefault(r => r.State == RunState.Running) is { } running)
        {
            return $"run {running.Id} is under way, so nothing in the archive was freed";
        }

        int folders = _paths.All().Count();
        return folders == runs.Count ? null : $"{folders - runs.Count} of {folders} runs cannot be read, so nothing in the archive was freed";
    }

    /// <summary>Folders that the journal says were pruned, from a pruning that was killed.</summary>
    private void Finish()
    {
        JournalChain chain = JournalChain.Of(new JournalFile(_paths.Journal).Lines(), _paths.Journal);
        HashSet<string> pruned = [.. chain.Entries.Where(e => e.Event == JournalEvent.Pruned).Select(e => e.Run)];
        foreach (string run in _paths.All().Where(pruned.Contains).ToList())
        {
            Remove(run);
        }
    }

    /// <summary>Out of sight first, so that no half of a run is ever read.</summary>
    private void Remove(string run)
    {
        string folder = _paths.Folder(run), gone = Path.Combine(_paths.Runs, StorePaths.Gone + StorePaths.IdOf(run));
        Directory.Move(folder, gone);
        Directory.Delete(gone, recursive: true);
        string month = Path.GetDirectoryName(folder)!;
        if (!Directory.EnumerateFileSystemEntries(month).Any())
        {
            Directory.Delete(month);
        }
    }
}
