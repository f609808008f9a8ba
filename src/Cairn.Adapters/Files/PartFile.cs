using Cairn.Core;

namespace Cairn.Adapters.Files;

/// <summary>
/// A file <c>.NAME.xxxxxxxxxxxx.part</c> beside an output, held open and locked while the output is being written: the lock dies with the process.
/// Another writer of the same output finds it and is refused; a part that nobody holds is what a killed run left, and is removed.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private PartFile(string part, FileStream stream)
    {
        Part = part;
        Stream = stream;
    }

    /// <summary>Its path.</summary>
    public string Part { get; }

    public FileStream Stream { get; }

    /// <summary>Throws <see cref="ProblemException"/>: no folder, no right, another run is writing it.</summary>
    public static PartFile Take(string path, Place? place)
    {
        try
        {
            RefuseWhenBusy(path, null, place);
            string part = Path.Combine(Path.GetDirectoryName(path)!, PartPrefix(path) + Guid.NewGuid().ToString("n")[..12] + ".part");
            var held = new PartFile(part, new FileStream(part, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16));
            try
            {
                // Two writers that both found no part: whoever sees the other's now gives way, at the latest by name.
                RefuseWhenBusy(path, part, place);
                return held;
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Writing(path, e, place), e);
        }
    }

    /// <summary>Removes the part, if it is still there under its name.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(Part);
            Stream.Dispose();
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            // The disk is full or gone: what remains is a part without a lock, which the next writer removes.
        }
    }

    private static void RefuseWhenBusy(string path, string? own, Place? place)
    {
        string prefix = PartPrefix(path);
        foreach (string other in Directory.GetFiles(Path.GetDirectoryName(path)!))
        {
            string name = Path.GetFileName(other);
            if (!name.StartsWith(prefix, StringComparison.Ordinal) || !name.EndsWith(".part", StringComparison.Ordinal)
                || other == own || (own is not null && string.CompareOrdinal(own, other) < 0))
            {
                continue;
            }

            try
            {
                // FileShare.None is a lock (flock on Unix): taking it tells a dead run's part from a living one's.
                new FileStream(other, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1).Dispose();
                File.Delete(other);
            }
            catch (FileNotFoundException)
            {
                // It was renamed or removed since the folder was listed.
            }
            catch (IOException)
            {
                throw new ProblemException(new Problem("write/busy", ProblemKind.Unreachable, $"another run is writing {path}; nothing was written", place,
                    "wait for the other run to end, or give this one another output"));
            }
        }
    }

    private static string PartPrefix(string path) => "." + Path.GetFileName(path) + ".";
}
