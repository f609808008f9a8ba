using System.Runtime.InteropServices;

namespace Cairn.Adapters.Files.Native;

/// <summary>Exchanges two folders in one step (Linux renameat2 with RENAME_EXCHANGE), so that there is no moment without either.</summary>
internal static partial class FolderExchange
{
    private const int CurrentFolder = -100;
    private const uint ExchangeFlag = 2;

    /// <summary>False where the system or the file system cannot.</summary>
    public static bool Exchange(string a, string b)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            return Rename(CurrentFolder, a, CurrentFolder, b, ExchangeFlag) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than the call.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(int folderA, string a, int folderB, string b, uint flags);
}
