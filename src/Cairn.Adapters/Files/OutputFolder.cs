using Cairn.Adapters.Files.Native;
using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Files;

/// <summary>
/// A folder that shows under its name only when it is whole: its files are written into a new folder beside it, which then changes places with the old
/// one. Disposed without Commit, or killed, it leaves what was there before.
/// </summary>
public sealed class OutputFolder : IDisposable
{
    private readonly string _new;
    private readonly PartFile _lock;
    private readonly List<DataVersion> _versions = [];
    private bool _done;

    private OutputFolder(string path, string made, PartFile held)
    {
        Path = path;
        _new = made;
        _lock = held;
    }

    /// <summary>Where it will be: absolute, links followed.</summary>
    public string Path { get; }

    /// <summary>
    /// Begins a folder. Throws <see cref="ProblemException"/>: no right, a file of that name, another run is writing it, or files in it that are not among
    /// <paramref name="own"/> and would be lost.
    /// </summary>
    public static OutputFolder Create(string path, IReadOnlyCollection<string> own, Place? place = null)
    {
        path = RealPath.Of(System.IO.Path.TrimEndingDirectorySeparator(path));
        RefuseForeign(path, own, place);
        PartFile held = PartFile.Take(path, place);
        try
        {
            // Folders that killed runs left have no lock any more: this one has been taken.
            string prefix = $".{System.IO.Path.GetFileName(path)}.";
            string parent = System.IO.Path.GetDirectoryName(path)!;
            foreach (string left in Directory.GetDirectories(parent).Where(d => System.IO.Path.GetFileName(d) is var n && n.StartsWith(prefix, StringComparison.Ordinal) && n.EndsWith(".new", StringComparison.Ordinal)))
            {
                Directory.Delete(left, recursive: true);
            }

            string made = System.IO.Path.Combine(parent, $"{prefix}{Guid.NewGuid().ToString("n")[..12]}.new");
            Directory.CreateDirectory(made);
            return new OutputFolder(path, made, held);
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            held.Dispose();
            throw new ProblemException(FileProblems.Writing(path, e, place), e);
        }
    }

    /// <summary>Throws <see cref="ProblemException"/> when the folder holds files that a new one would not have.</summary>
    public static void RefuseForeign(string path, IReadOnlyCollection<string> own, Place? place)
    {
        if (File.Exists(path))
        {
            throw new ProblemException(new Problem("write/is-file", ProblemKind.Refused, $"{path} is a file, where a folder was to be written; nothing was written", place, "give the folder a name of its own"));
        }

        List<string> foreign = Directory.Exists(path) ? [.. Directory.EnumerateFileSystemEntries(path).Select(e => System.IO.Path.GetFileName(e)).Where(n => !own.Contains(n)).Take(4)] : [];
        if (foreign.Count > 0)
        {
            throw new ProblemException(new Problem("write/folder-in-use", ProblemKind.Refused, $"{path} holds files that do not belong to what would be written; nothing was written", place, "give the output a folder of its own")
            {
                Details = foreign,
            });
        }
    }

    /// <summary>Begins a file in it, in its turn written under another name and hashed.</summary>
    public AtomicFile Begin(string name, Place? place = null) => AtomicFile.Create(System.IO.Path.Combine(_new, name), place);

    /// <summary>Counts a file that was committed as part of the folder.</summary>
    public void Add(DataVersion version) => _versions.Add(version with { Path = System.IO.Path.Combine(Path, System.IO.Path.GetFileName(version.Path)) });

    /// <summary>Changes places with what is there. Throws <see cref="ProblemException"/> when the system refuses; then nothing has changed.</summary>
    public IReadOnlyList<DataVersion> Commit(Place? place = null)
    {
        try
        {
            if (!Directory.Exists(Path))
            {
                Directory.Move(_new, Path);
                _done = true;
            }
            else if (FolderExchange.Exchange(_new, Path))
            {
                _done = true;
                Directory.Delete(_new, recursive: true);
            }
            else
            {
                // Where the system cannot exchange two folders in one step there is a moment with neither under the name.
                string old = _new[..^".new".Length] + ".old.new";
                Directory.Move(Path, old);
                Directory.Move(_new, Path);
                _done = true;
                Directory.Delete(old, recursive: true);
            }

            FolderFlush.Flush(System.IO.Path.GetDirectoryName(Path)!);
            return _versions;
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Writing(Path, e, place), e);
        }
    }

    public void Dispose()
    {
        if (!_done)
        {
            _done = true;
            try
            {
                Directory.Delete(_new, recursive: true);
            }
            catch (Exception e) when (FileProblems.Is(e))
            {
                // What remains is without a lock, and the next writer removes it.
            }
        }

        _lock.Dispose();
    }
}
