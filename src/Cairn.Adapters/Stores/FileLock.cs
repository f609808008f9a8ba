using Cairn.Core;

namespace Cairn.Adapters.Stores;

/// <summary>
/// A lock between processes: an open file that the system lets go of when its process ends, however it ends. The file stays; what counts is who
/// has it open.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Waits its turn. Throws a <see cref="ProblemException"/> of kind Unreachable when another process keeps it for a minute.</summary>
    public static FileStream Take(string path)
    {
        long began = Environment.TickCount64;
        for (int wait = 1; ; wait = Math.Min(wait * 2, 50))
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            if (Environment.TickCount64 - began > Longest.TotalMilliseconds)
            {
                throw new ProblemException(new Problem("store/busy", ProblemKind.Unreachable, $"another cairn has kept {path} locked for {Longest.TotalSeconds:0} s", Help: "try again when it is done; `cairn runs list --state running` shows what is under way"));
            }

            Thread.Sleep(wait);
        }
    }

    /// <summary>Null when another process (or another place in this one) holds it.</summary>
    public static FileStream? TryTake(string path) => TryOpen(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Is anyone holding it? Asking with a shared lock, so that two who ask at once do not take each other for a holder.</summary>
    public static bool IsHeld(string path)
    {
        try
        {
            using FileStream? asked = TryOpen(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return asked is null;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
    }

    private static FileStream? TryOpen(string path, FileMode mode, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, mode, access, share, 1);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException) && IsSharing(e))
        {
            return null;
        }
    }

    // EWOULDBLOCK (11 on Linux, 35 on macOS) as .NET reports a held flock, and Windows's sharing violation.
    private static bool IsSharing(IOException e) => (e.HResult & 0xffff) is 11 or 35 or 32 or 33;
}
