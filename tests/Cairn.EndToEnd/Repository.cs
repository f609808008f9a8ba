namespace Cairn.EndToEnd;

/// <summary>The copy of the source that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string File(string path) => Path.Combine(Root, path);

    private static string Find(string folder) =>
        System.IO.File.Exists(Path.Combine(folder, "Cairn.slnx"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} has a Cairn.slnx"));
}
