using System.Diagnostics;
using System.Text.Json;
using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Stores;

/// <summary>Reads runs from their folders, which are the record: what the index says is only a shorter way to find them.</summary>
public sealed class RunHistory(string store)
{
    private readonly StorePaths _paths = new(store);

    /// <summary>The names of all runs, oldest first.</summary>
    public IEnumerable<string> Names => _paths.All();

    public string FolderOf(string run) => _paths.Folder(run);

    /// <summary>The one run with this id, the beginning of an id, this name, or this folder. Throws a <see cref="ProblemException"/> when it is none or several.</summary>
    public RunManifest Find(string wanted) => Read(Resolve(wanted));

    public string Resolve(string wanted) => TryResolve(wanted)
        ?? throw new ProblemException(new Problem("run/not-found", ProblemKind.Usage, $"there is no run `{wanted}` in {_paths.Store}", Help: "cairn runs list"));

    /// <summary>The run's name; null when there is none. Throws when there are several.</summary>
    public string? TryResolve(string wanted)
    {
        string asked = wanted.Trim().Replace('\\', '/').TrimEnd('/');
        List<string> all = [.. _paths.All()];
        if (all.Find(run => run == asked || asked.EndsWith("/" + run, StringComparison.Ordinal)) is { } named)
        {
            return named;
        }

        List<string> found = all.FindAll(run => StorePaths.IdOf(run) == asked);
        found = found.Count > 0 ? found : all.FindAll(run => asked.Length > 1 && StorePaths.IdOf(run).StartsWith(asked, StringComparison.Ordinal));
        found = found.Count > 0 ? found : all.FindAll(run => run.EndsWith("/" + asked, StringComparison.Ordinal));
        return found.Count switch
        {
            1 => found[0],
            0 => null,
            _ => throw new ProblemException(new Problem("run/several", ProblemKind.Usage, $"`{wanted}` is the beginning of {found.Count} runs", Help: "give more digits of the id") { Details = [.. found.TakeLast(10)] }),
        };
    }

    /// <summary>The run as it is to be shown: one that was never closed and whose process is gone is Interrupted.</summary>
    public RunManifest Read(string run)
    {
        string folder = _paths.Folder(run);
        try
        {
            RunManifest manifest = RunJson.ReadManifest(File.ReadAllBytes(Path.Combine(folder, StorePaths.Manifest)));
            if (manifest.State != RunState.Running)
            {
                return manifest;
            }

            bool alive = IsAlive(folder, manifest);
            return Next(run, folder, rename: !alive) ?? (alive ? manifest : manifest with { State = RunState.Interrupted });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ProblemException(
                new Problem("run/not-readable", ProblemKind.Refused, $"the record of run {StorePaths.IdOf(run)} cannot be read: {e.Message}", new FilePlace(Path.Combine(folder, StorePaths.Manifest)), $"cairn verify {StorePaths.IdOf(run)}"), e);
        }
    }

    /// <summary>The flow file as it was; empty when it is gone from the folder.</summary>
    public string FlowText(RunManifest run)
    {
        string path = Path.Combine(_paths.Folder(run.Folder), run.FlowCopy);
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    public RunComparison Compare(string a, string b)
    {
        RunManifest first = Find(a), second = Find(b);
        return RunComparison.Of(first, FlowText(first), second, FlowText(second));
    }

    /// <summary>
    /// A manifest still under its temporary name is in force if the journal has its hash. When a crash left it so, it gets its name now, if the
    /// folder can be written; a reader without that right sees the same.
    /// </summary>
    private RunManifest? Next(string run, string folder, bool rename)
    {
        string next = Path.Combine(folder, StorePaths.NextManifest);
        if (!File.Exists(next))
        {
            return null;
        }

        byte[] bytes = File.ReadAllBytes(next);
        if (!new JournalFile(_paths.Journal).Has(run, FileHash.Of(bytes)))
        {
            return null;
        }

        try
        {
            if (rename)
            {
                DurableFile.Rename(next, Path.Combine(folder, StorePaths.Manifest));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Read-only: another reader will.
        }

        return RunJson.ReadManifest(bytes);
    }

    /// <summary>Is a process holding this run? Sure for a run that has been opened whole, on a file system with locks.</summary>
    internal static bool IsAlive(string folder) => FileLock.IsHeld(Path.Combine(folder, StorePaths.RunLock));

    /// <summary>The lock decides. Without one (killed within a moment of the beginning, or a folder copied from elsewhere) the process is looked for.</summary>
    private static bool IsAlive(string folder, RunManifest manifest)
    {
        if (File.Exists(Path.Combine(folder, StorePaths.RunLock)))
        {
            return IsAlive(folder);
        }

        if (manifest.Surroundings is not { } where || where.Host != Environment.MachineName || manifest.ProcessStarted is not { } started)
        {
            return false;
        }

        try
        {
            using Process process = Process.GetProcessById(where.ProcessId);
            return (process.StartTime.ToUniversalTime() - started.UtcDateTime).Duration() < TimeSpan.FromSeconds(2);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
