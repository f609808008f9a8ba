using Cairn.Core;

namespace Cairn.Adapters.Files;

/// <summary>What the operating system says about a file, in words a person can act on.</summary>
public static class FileProblems
{
    /// <summary>Is it one of the exceptions that reading and writing files give for a fault outside the program?</summary>
    public static bool Is(Exception e) => e is IOException or UnauthorizedAccessException or System.Security.SecurityException;

    /// <summary>Why a file could not be read.</summary>
    public static Problem Reading(string path, Exception e, Place? place = null)
    {
        if (e is FileNotFoundException or DirectoryNotFoundException)
        {
            string? folder = Path.GetDirectoryName(path);
            bool folderIsThere = string.IsNullOrEmpty(folder) || Directory.Exists(folder);
            return new Problem("file/missing", ProblemKind.Refused, $"there is no file {path}", place,
                folderIsThere ? "check the name, or set the path with --set" : $"the folder {folder} is not there either: check the path");
        }

        if (e is UnauthorizedAccessException)
        {
            return Directory.Exists(path)
                ? new Problem("file/is-folder", ProblemKind.Refused, $"{path} is a folder, where a file was expected", place, "name the file inside it")
                : new Problem("file/not-permitted", ProblemKind.Refused, $"this account may not read {path}", place, $"ls -l {path}");
        }

        return new Problem("file/unreadable", ProblemKind.Refused, $"{path} could not be read: {Plain(e)}", place, "check the disk or the network share it lies on");
    }

    /// <summary>Why a file could not be written. Says that what was there is left as it was, because the callers write to another name first.</summary>
    public static Problem Writing(string path, Exception e, Place? place = null)
    {
        const string Untouched = "what was there before is untouched";
        if (e is UnauthorizedAccessException)
        {
            return Directory.Exists(path)
                ? new Problem("write/is-folder", ProblemKind.Refused, $"{path} is a folder, where a file was to be written; {Untouched}", place, "give the file a name of its own")
                : new Problem("write/not-permitted", ProblemKind.Refused, $"this account may not write {path}; {Untouched}", place, $"ls -ld {FolderOf(path)}");
        }

        if (e is DirectoryNotFoundException)
        {
            return new Problem("write/no-folder", ProblemKind.Refused, $"the folder of {path} is not there; nothing was written", place, $"mkdir -p {FolderOf(path)}");
        }

        if (IsFull(e))
        {
            return new Problem("write/disk-full", ProblemKind.Refused, $"the disk became full while writing {path}; {Untouched}", place, $"df -h {FolderOf(path)}");
        }

        return new Problem("write/failed", ProblemKind.Refused, $"{path} could not be written: {Plain(e)}; {Untouched}", place, $"ls -ld {FolderOf(path)}");
    }

    // Errno on Unix (no space, quota, file too large for the file system or the account's limit), the HRESULTs of ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private static bool IsFull(Exception e) => OperatingSystem.IsWindows()
        ? e.HResult is unchecked((int)0x80070070) or unchecked((int)0x80070027)
        : e.HResult is 28 or 122 or 27 or 69;

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder ? folder : "/";

    // The system's words without the path, which the sentence already names.
    private static string Plain(Exception e)
    {
        string text = e.Message.TrimEnd('.');
        int colon = text.IndexOf(" : '", StringComparison.Ordinal);
        return colon > 0 ? text[..colon] : text;
    }
}
