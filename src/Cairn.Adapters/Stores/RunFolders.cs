using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cairn.Adapters.Files.Native;
using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Stores;

/// <summary>Keeps runs as folders below <c>.cairn/runs</c>, one month a folder, each of files that a person can open.</summary>
/// <param name="store">The project's <c>.cairn</c> folder, absolute; made when absent.</param>
/// <param name="digits">Sixteen random hexadecimal digits at each call; the first four that are free become a run's id.</param>
public sealed class RunFolders(string store, TimeProvider time, Func<string> digits) : IRunLedger
{
    private const int ShortestId = 4;
    private readonly StorePaths _paths = new(store);

    public IOpenRun Open(RunOpening opening)
    {
        try
        {
            MakeStore();
            using FileStream alone = FileLock.Take(_paths.Lock);
            SweepUnfinished();
            return MakeFolder(opening);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(
                new Problem("run/cannot-open", ProblemKind.Refused, $"the run's folder cannot be made below {_paths.Runs}: {e.Message}; nothing was read or written", Help: "make the folder writable, or choose another project with --project"), e);
        }
    }

    /// <summary>The index is made with the store, so that one that is missing later was lost, which is said.</summary>
    private void MakeStore()
    {
        if (!Directory.Exists(_paths.Runs))
        {
            Directory.CreateDirectory(_paths.Runs);
            RunIndex.Create(_paths);
        }
    }

    /// <summary>A run's folder takes its name only when its manifest is inside, so that no folder is ever found without one.</summary>
    private OpenRun MakeFolder(RunOpening opening)
    {
        DateTimeOffset now = time.GetUtcNow();
        string flow = FileNames.Safe(opening.Name, 60);
        string month = now.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        string id = FreeId();
        string run = $"{month}/{now.UtcDateTime.ToString("dd'T'HH-mm-ss", CultureInfo.InvariantCulture)}-{flow}-{id}";
        var manifest = new RunManifest(id, run, opening.Kind, opening.Name, RunState.Running, now)
        {
            FlowFile = opening.FlowFile,
            FlowCopy = flow + ".flow.yaml",
            Surroundings = opening.Surroundings,
            ProcessStarted = StartOfThisProcess(),
            Settings = opening.Settings,
        };
        string unfinished = Path.Combine(_paths.Runs, ".new-" + id);
        Directory.CreateDirectory(unfinished);
        DurableFile.WriteThrough(Path.Combine(unfinished, manifest.FlowCopy), Encoding.UTF8.GetBytes(opening.FlowText));
        DurableFile.WriteThrough(Path.Combine(unfinished, StorePaths.Manifest), RunJson.Bytes(manifest));
        FolderFlush.Flush(unfinished);
        Directory.CreateDirectory(Path.Combine(_paths.Runs, month));
        string folder = _paths.Folder(run);
        Directory.Move(unfinished, folder);
        FolderFlush.Flush(Path.GetDirectoryName(folder)!);
        FolderFlush.Flush(_paths.Runs);
        return new OpenRun(_paths, manifest, time);
    }

    private string FreeId()
    {
        HashSet<string> taken = [.. _paths.All().Select(StorePaths.IdOf)];
        while (true)
        {
            string random = digits();
            for (int length = ShortestId; length <= random.Length; length++)
            {
                if (!taken.Contains(random[..length]))
                {
                    return random[..length];
                }
            }
        }
    }

    /// <summary>What killed processes left: folders about to be named or removed, and working tables. The store's lock is held, so nobody is beginning one now.</summary>
    private void SweepUnfinished()
    {
        foreach (string work in Directory.Exists(_paths.Work) ? Directory.GetDirectories(_paths.Work) : [])
        {
            if (!RunHistory.IsAlive(_paths.Folder(StorePaths.RunOfWork(Path.GetFileName(work)))))
            {
                Directory.Delete(work, recursive: true);
            }
        }

        foreach (string unfinished in Directory.GetDirectories(_paths.Runs, ".new-*").Concat(Directory.GetDirectories(_paths.Runs, StorePaths.Gone + "*")))
        {
            Directory.Delete(unfinished, recursive: true);
        }
    }

    private static DateTimeOffset StartOfThisProcess()
    {
        using Process self = Process.GetCurrentProcess();
        return self.StartTime.ToUniversalTime();
    }
}
