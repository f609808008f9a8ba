using System.Runtime.InteropServices;

namespace Cairn.Adapters.Files.Native;

/// <summary>May this account make files in a folder (POSIX access)? Asked without making one.</summary>
internal static partial class FolderAccess
{
    private const int WriteAndSearch = 2 | 1;

    public static bool MayWrite(string folder) => OperatingSystem.IsWindows() || Access(folder, WriteAndSearch) == 0;

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
