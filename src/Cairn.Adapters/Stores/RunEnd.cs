using Cairn.Adapters.Files.Native;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Stores;

/// <summary>Ends a run: what it kept, its provenance, its problems, and the manifest that stands for all of it.</summary>
internal sealed class RunEnd(StorePaths paths, RunManifest opened, TimeProvider time)
{
    private readonly string _folder = paths.Folder(opened.Folder);

    /// <param name="endFiles">Ends the log and the list of refused rows, so that they can be hashed.</param>
    public IReadOnlyList<Problem> Write(RunClosing closing, Keep keep, Action endFiles)
    {
        endFiles();
        IReadOnlyList<KeptVersion> kept = Archive(closing.Report, keep);
        IReadOnlyList<Problem> found = [.. kept.Where(k => k.State != KeptState.Kept).Select(k => NotKept(k, keep))];
        RunManifest closed = opened with
        {
            State = closing.State,
            // What could not be kept is a finding, which gives code 1 where all else is well.
            ExitCode = closing.ExitCode == 0 && found.Count > 0 ? 1 : closing.ExitCode,
            Closed = time.GetUtcNow(),
            Report = closing.Report,
            Problems = [.. closing.Problems, .. found],
            Kept = kept,
        };
        DurableFile.WriteThrough(Path.Combine(_folder, "problems.json"), RunJson.Bytes<IReadOnlyList<Problem>>([.. closed.Problems, .. closing.Report.Findings]));
        DurableFile.WriteThrough(Path.Combine(_folder, "prov.json"), ProvDocument.Of(closed));
        Directory.Delete(paths.WorkOf(opened.Folder), recursive: true);
        Chain(closed with { Files = FilesOf(_folder) });
        return found;
    }

    private IReadOnlyList<KeptVersion> Archive(FlowReport report, Keep keep)
    {
        var archive = new FileArchive(paths.Store);
        IEnumerable<DataVersion> wanted = (keep.Inputs ? report.Inputs : []).Concat(keep.Outputs ? report.Outputs : []).DistinctBy(d => (d.Path, d.Sha256));
        return [.. wanted.Select(d => new KeptVersion(d.Path, d.Sha256, d.Bytes, archive.Put(d, keep.SizeLimit)))];
    }

    private static Problem NotKept(KeptVersion version, Keep keep)
    {
        string name = Path.GetFileName(version.Path);
        return version.State switch
        {
            KeptState.TooLarge => new Problem("archive/too-large", ProblemKind.Finding, $"{name} was not kept: its {version.Bytes:N0} bytes are over the flow's limit of {keep.SizeLimit:N0}", new FilePlace(version.Path), "raise `size_limit` under `keep`"),
            KeptState.Changed => new Problem("archive/changed", ProblemKind.Finding, $"{name} was not kept: it has changed since this run read or wrote it", new FilePlace(version.Path), "run again when nothing else writes the file"),
            _ => new Problem("archive/not-readable", ProblemKind.Finding, $"{name} was not kept: it could not be copied into the archive", new FilePlace(version.Path), "look whether the file is still there and the disk has room"),
        };
    }

    /// <summary>
    /// The journal comes first: once it has the manifest's hash the run is closed, and a manifest that a crash left under its temporary name is
    /// taken by whoever reads the run next. A manifest in place that the journal does not know is a sign of tampering, never of a crash.
    /// </summary>
    private void Chain(RunManifest closed)
    {
        var journal = new JournalFile(paths.Journal);
        using FileStream alone = FileLock.Take(paths.Lock);
        JournalHead head = journal.HeadForAppend();
        byte[] manifest = RunJson.Bytes(closed with { Follows = head });
        string next = Path.Combine(_folder, StorePaths.NextManifest);
        DurableFile.WriteThrough(next, manifest);
        FolderFlush.Flush(_folder);
        journal.Append(new JournalEntry(head.Sequence + 1, time.GetUtcNow(), JournalEvent.Closed, closed.Folder, FileHash.Of(manifest), head.Sha256));
        DurableFile.Rename(next, Path.Combine(_folder, StorePaths.Manifest));
    }

    /// <summary>Every file of a run's folder but the manifest and the lock, by name.</summary>
    public static IReadOnlyList<RunFile> FilesOf(string folder)
    {
        var files = new List<RunFile>();
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            if (name is StorePaths.Manifest or StorePaths.NextManifest or StorePaths.RunLock)
            {
                continue;
            }

            files.Add(new RunFile(name, FileHash.Of(path), new FileInfo(path).Length));
        }

        return [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)];
    }
}
