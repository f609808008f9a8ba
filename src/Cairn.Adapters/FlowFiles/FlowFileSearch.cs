using Cairn.Core;

namespace Cairn.Adapters.FlowFiles;

/// <summary>The flow file that a user means: a path, the one in a folder, or one by its name.</summary>
/// <param name="Path">Absolute; null when there is a problem.</param>
/// <param name="Shown">As messages show it: as the user named it, or from the current folder.</param>
internal sealed record FlowFileSearch(string? Path, string? Shown, Problem? Problem)
{
    private static readonly string[] Endings = [".flow.yaml", ".flow.yml", ".flow.json"];

    public static FlowFileSearch For(string named, string currentFolder, string? projectFolder)
    {
        if (named.Length == 0 || named.Contains('\0', StringComparison.Ordinal))
        {
            return new(null, null, new Problem("flow/not-found", ProblemKind.Usage, "no flow is named", null,
                "name a flow file, a folder with one, or a flow of this project"));
        }

        string path = System.IO.Path.GetFullPath(named, currentFolder);
        if (File.Exists(path))
        {
            return new(path, named, null);
        }

        List<string> inFolder = FlowsIn(path);
        if (inFolder.Count == 1)
        {
            return new(inFolder[0], System.IO.Path.Combine(named, System.IO.Path.GetFileName(inFolder[0])), null);
        }

        if (inFolder.Count > 1)
        {
            return new(null, null, new Problem("flow/several-found", ProblemKind.Usage, $"there are {inFolder.Count} flow files in {named}", new FilePlace(named),
                $"name one: {System.IO.Path.Combine(named, System.IO.Path.GetFileName(inFolder[0]))}")
            {
                Details = [.. inFolder.Take(20).Select(f => System.IO.Path.GetFileName(f)!), .. inFolder.Count > 20 ? ["..."] : Array.Empty<string>()],
            });
        }

        return ByName(named, path, currentFolder, projectFolder);
    }

    private static FlowFileSearch ByName(string named, string path, string currentFolder, string? projectFolder)
    {
        List<string> known = [.. Folders(currentFolder, projectFolder).SelectMany(FlowsIn)];
        if (named.AsSpan().IndexOfAny('/', '\\') < 0 && known.FirstOrDefault(f => NameOf(f) == named || System.IO.Path.GetFileName(f) == named) is string found)
        {
            return new(found, Show(found, currentFolder), null);
        }

        return Directory.Exists(path)
            ? new(null, null, new Problem("flow/none-in-folder", ProblemKind.Usage, $"there is no flow file in {named}", new FilePlace(named),
                "a flow file's name ends in .flow.yaml; name it, or begin with: cairn init"))
            : new(null, null, NotThere(named, [.. known.Select(NameOf).Distinct()]));
    }

    /// <param name="known">The names of the flows that are there.</param>
    public static Problem NotThere(string named, IReadOnlyList<string> known)
    {
        string? near = DidYouMean.Of(NameOf(named), known);
        string help = known.Count == 0 ? "name a flow file, or a folder with one; cairn init makes a first one" : $"the flows here are: {string.Join(", ", known.Take(12))}{(known.Count > 12 ? ", ..." : "")}";
        return new Problem("flow/not-found", ProblemKind.Usage, $"there is no flow file, folder or flow called {named}", new FilePlace(named), help)
        {
            Hint = near is null ? null : $"did you mean `{near}`?",
        };
    }

    /// <summary>The path from the current folder when it is inside it, else whole.</summary>
    public static string Show(string path, string currentFolder)
    {
        string relative = System.IO.Path.GetRelativePath(currentFolder, path);
        return relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) || relative.StartsWith("..\\", StringComparison.Ordinal) ? path : relative;
    }

    private static IEnumerable<string> Folders(string currentFolder, string? projectFolder)
    {
        string[] starts = projectFolder is null ? [currentFolder] : [currentFolder, projectFolder];
        return starts.SelectMany(s => new[] { s, System.IO.Path.Combine(s, "flows") }).Distinct(StringComparer.Ordinal);
    }

    private static string NameOf(string path)
    {
        string name = System.IO.Path.GetFileName(path);
        return Endings.FirstOrDefault(e => name.EndsWith(e, StringComparison.Ordinal)) is string ending ? name[..^ending.Length] : name;
    }

    private static List<string> FlowsIn(string folder)
    {
        try
        {
            return [.. Endings.SelectMany(e => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + e) : []).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
