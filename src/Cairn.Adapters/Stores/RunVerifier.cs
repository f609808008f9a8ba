using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Stores;

/// <summary>Do the bytes still match what was recorded? Of a file, of a run, or of the whole store.</summary>
public sealed class RunVerifier(string store)
{
    private readonly StorePaths _paths = new(store);
    private readonly RunHistory _history = new(store);

    /// <summary>A file against the latest run that wrote or read it. Throws a <see cref="ProblemException"/> when no run did.</summary>
    public Verification File(string path, RunIndex index)
    {
        DataUse latest = index.UsesAt(path).LastOrDefault() ?? throw new ProblemException(
            new Problem("verify/not-recorded", ProblemKind.Usage, $"no run on record has read or written {path}", new FilePlace(path), "cairn runs list"));
        VerifiedFile file = Compare(latest.Written ? "output" : "input", latest.Run, path, latest.Data.Sha256);
        return new Verification(path, [file], [.. Differences([file], index)], Chain().Head);
    }

    /// <summary>A run: its inputs and outputs, the files of its folder, its place in the journal.</summary>
    public Verification Run(string run, RunIndex index)
    {
        JournalChain chain = Chain();
        var problems = new List<Problem>(Record(run, chain, out RunManifest? manifest));
        if (manifest is null)
        {
            return new Verification(run, [], problems, chain.Head);
        }

        // An output that replaced an input: the input's bytes are gone, as they should be.
        IEnumerable<DataVersion> inputs = manifest.Inputs.Where(i => manifest.Outputs.All(o => o.Path != i.Path));
        List<VerifiedFile> files =
        [
            .. inputs.Select(d => Compare("input", run, d.Path, d.Sha256)),
            .. manifest.Outputs.Select(d => Compare("output", run, d.Path, d.Sha256)),
        ];
        problems.AddRange(Differences(files, index));
        files.AddRange(manifest.Files.Select(f => Compare("record", run, Path.Combine(_paths.Folder(run), f.Path), f.Sha256)));
        return new Verification(run, files, problems, chain.Head);
    }

    /// <summary>The whole journal and every run's folder; not the files that runs read and wrote, which may change.</summary>
    public Verification All()
    {
        JournalChain chain = Chain();
        var problems = new List<Problem>(chain.Problems);
        HashSet<string> folders = [.. _paths.All()];
        foreach (JournalEntry last in chain.Entries.GroupBy(e => e.Run).Select(g => g.Last()))
        {
            if (last.Event == JournalEvent.Closed && !folders.Contains(last.Run))
            {
                problems.Add(new Problem("run/removed", ProblemKind.Finding, $"run {StorePaths.IdOf(last.Run)} is in the journal but its folder is gone, and no pruning says so", new FilePlace(_paths.Folder(last.Run)), "restore the folder from a copy; `cairn runs prune` removes runs and says so"));
            }
        }

        problems.AddRange(folders.Order(StringComparer.Ordinal).SelectMany(run => Record(run, chain, out _)));
        return new Verification(_paths.Store, [], problems, chain.Head);
    }

    private JournalChain Chain() => JournalChain.Of(new JournalFile(_paths.Journal).Lines(), _paths.Journal);

    /// <summary>The run's folder and its line in the journal.</summary>
    private List<Problem> Record(string run, JournalChain chain, out RunManifest? manifest)
    {
        string id = StorePaths.IdOf(run);
        var place = new FilePlace(Path.Combine(_paths.Folder(run), StorePaths.Manifest));
        JournalEntry? entry = chain.LastOf(run);
        try
        {
            manifest = _history.Read(run);
        }
        catch (ProblemException e)
        {
            manifest = null;
            return [.. e.Problems.Select(p => p with { Kind = ProblemKind.Finding, Help = null })];
        }

        if (manifest.State is RunState.Running or RunState.Interrupted)
        {
            return entry is { Event: JournalEvent.Closed }
                ? [new Problem("run/rewritten", ProblemKind.Finding, $"run {id} was closed, says the journal, but its record says it never was", place)]
                : [];
        }

        string now = FileHash.Of(place.File);
        if (entry is null)
        {
            return [new Problem("run/not-in-journal", ProblemKind.Finding, $"run {id} is not in the journal: it was added or put back by hand, or its line was removed", place)];
        }

        if (entry.Event == JournalEvent.Pruned)
        {
            return [new Problem("run/pruned", ProblemKind.Finding, $"run {id} was pruned, says the journal, but its folder is there", place, "cairn runs prune finishes what was begun")];
        }

        if (now != entry.Sha256 || manifest.Folder != run || manifest.Follows?.Sha256 != entry.Previous)
        {
            return [new Problem("run/rewritten", ProblemKind.Finding, $"the record of run {id} is not the one that was closed", place) { Details = [$"sha256 was {entry.Sha256}", $"sha256 is  {now}"] }];
        }

        return FolderDifferences(run, manifest);
    }

    private List<Problem> FolderDifferences(string run, RunManifest manifest)
    {
        string id = StorePaths.IdOf(run), folder = _paths.Folder(run);
        Dictionary<string, RunFile> there = RunEnd.FilesOf(folder).ToDictionary(f => f.Path);
        var problems = new List<Problem>();
        foreach (RunFile recorded in manifest.Files)
        {
            if (!there.Remove(recorded.Path, out RunFile? now))
            {
                problems.Add(new Problem("run/file-removed", ProblemKind.Finding, $"{recorded.Path} of run {id} is gone", new FilePlace(Path.Combine(folder, recorded.Path))));
            }
            else if (now.Sha256 != recorded.Sha256)
            {
                problems.Add(new Problem("run/edited", ProblemKind.Finding, $"{recorded.Path} of run {id} was changed after the run", new FilePlace(Path.Combine(folder, recorded.Path)))
                {
                    Details = [$"sha256 was {recorded.Sha256}", $"sha256 is  {now.Sha256}"],
                });
            }
        }

        problems.AddRange(there.Values.Select(added => new Problem("run/file-added", ProblemKind.Finding, $"{added.Path} is not part of the record of run {id}", new FilePlace(Path.Combine(folder, added.Path)))));
        return problems;
    }

    private static VerifiedFile Compare(string role, string run, string path, string recorded)
    {
        if (!Path.IsPathFullyQualified(path) || Directory.Exists(path))
        {
            return new VerifiedFile(role, run, path, recorded, null, VerifiedState.NotHere);
        }

        try
        {
            string now = FileHash.Of(path);
            return new VerifiedFile(role, run, path, recorded, now, now == recorded ? VerifiedState.Same : VerifiedState.Changed);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new VerifiedFile(role, run, path, recorded, null, VerifiedState.Missing);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("verify/not-readable", ProblemKind.Refused, $"{path} cannot be read: {e.Message}", new FilePlace(path)), e);
        }
    }

    /// <summary>A file that differs is often one that a later run wrote: if its bytes are on record, that is said.</summary>
    private static IEnumerable<Problem> Differences(IEnumerable<VerifiedFile> files, RunIndex index)
    {
        foreach (VerifiedFile file in files)
        {
            string name = Path.GetFileName(file.Path), did = file.Role == "output" ? "wrote" : "read", id = StorePaths.IdOf(file.Run);
            if (file.State == VerifiedState.Changed)
            {
                yield return new Problem("verify/changed", ProblemKind.Finding, $"{name} is not what run {id} {did}", new FilePlace(file.Path), $"cairn lineage {file.Path}")
                {
                    Details = [$"sha256 was {file.Recorded}", $"sha256 is  {file.Now}", .. Known(file.Now!, index)],
                };
            }
            else if (file.State == VerifiedState.Missing)
            {
                yield return new Problem("verify/missing", ProblemKind.Finding, $"{name}, which run {id} {did}, is gone", new FilePlace(file.Path), $"cairn archive get {file.Recorded[..12]}");
            }
        }
    }

    private static IEnumerable<string> Known(string now, RunIndex index) => index.UsesOf(now).TakeLast(1)
        .Select(u => $"these are the bytes that run {StorePaths.IdOf(u.Run)} {(u.Written ? "wrote" : "read")} as {u.Data.Path}");
}
