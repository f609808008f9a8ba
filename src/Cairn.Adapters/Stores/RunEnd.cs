using System.Security.Cryptography;
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
        RunManifest closed = opened with
        {
            State = closing.State,
            ExitCode = closing.ExitCode,
            Closed = time.GetUtcNow(),
            Report = closing.Report,
            Problems = closing.Problems,
        };
        DurableFile.WriteThrough(Path.Combine(_folder, "problems.json"), RunJson.Bytes<IReadOnlyList<Problem>>([.. closing.Problems, .. closing.Report.Findings]));
        Directory.Delete(Path.Combine(_folder, StorePaths.Work), recursive: true);
        Chain(closed with { Files = FilesOf(_folder) });
        return [];
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
        journal.Append(new JournalEntry(head.Sequence + 1, time.GetUtcNow(), JournalEvent.Closed, closed.Folder, Convert.ToHexStringLower(SHA256.HashData(manifest)), head.Sha256));
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

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
            files.Add(new RunFile(name, Convert.ToHexStringLower(SHA256.HashData(file)), file.Length));
        }

        return [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)];
    }
}
