using System.Runtime.InteropServices;

namespace Cairn.Adapters.Files.Native;

/// <summary>Flushes a folder to the disk, so that a rename in it survives a power cut (POSIX fsync of a directory; .NET opens no directories).</summary>
internal static partial class FolderFlush
{
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int handle = Open(folder, 0);
        if (handle < 0)
        {
            return;
        }

        // Some file systems cannot flush a folder and say so; the rename has been made all the same.
        _ = Sync(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
