namespace Cairn.Adapters.Files;

/// <summary>The path of a file with every symbolic link followed, so that two names of one file are seen to be one.</summary>
public static class RealPath
{
    // As many links as Linux itself follows before it calls them a loop.
    private const int MostLinks = 40;

    /// <summary>The absolute path without links. Parts that do not exist are kept as they are.</summary>
    public static string Of(string path)
    {
        int links = 0;
        return Follow(Path.GetFullPath(path), ref links);
    }

    /// <summary>Do the two paths name one file (by links; two hard links of one file count as two)?</summary>
    public static bool Same(string a, string b) =>
        string.Equals(Of(a), Of(b), OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private static string Follow(string path, ref int links)
    {
        string? folder = Path.GetDirectoryName(path);
        if (folder is null)
        {
            return path;
        }

        string whole = Path.Combine(Follow(folder, ref links), Path.GetFileName(path));
        string? target = new FileInfo(whole).LinkTarget;
        if (target is null || ++links > MostLinks)
        {
            return whole;
        }

        return Follow(Path.GetFullPath(target, Path.GetDirectoryName(whole)!), ref links);
    }
}
