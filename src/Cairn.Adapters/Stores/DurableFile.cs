using Cairn.Adapters.Files.Native;

namespace Cairn.Adapters.Stores;

/// <summary>Files that are whole or not there, also after a power cut: written beside, flushed to the disk, renamed, and the folder flushed.</summary>
internal static class DurableFile
{
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string beside = path + ".new";
        WriteThrough(beside, content);
        Rename(beside, path);
    }

    /// <summary>Writes and flushes to the disk; not yet under its final name.</summary>
    public static void WriteThrough(string path, ReadOnlySpan<byte> content)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    public static void Rename(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        FolderFlush.Flush(Path.GetDirectoryName(to)!);
    }
}
