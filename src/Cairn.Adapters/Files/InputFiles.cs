using System.IO.Enumeration;
using Cairn.Core;

namespace Cairn.Adapters.Files;

/// <summary>Finds the files a source names: one file, a folder, a pattern, or a list of these.</summary>
internal static class InputFiles
{
    /// <summary>Absolute paths, in the order they are read: as listed; within a folder or pattern by name (ordinal). At least one.</summary>
    public static IReadOnlyList<string> Find(string path, string folder, Place place)
    {
        string full = Path.GetFullPath(path, folder);
        try
        {
            if (File.Exists(full))
            {
                return [full];
            }

            if (Directory.Exists(full))
            {
                return InFolder(full, place);
            }

            return Glob.IsPattern(path) ? Fitting(full, place) : throw Missing(full, place);
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Reading(full, e, place), e);
        }
    }

    /// <summary>Files of one extension: a folder that holds several kinds must be named by a pattern.</summary>
    private static IReadOnlyList<string> InFolder(string folder, Place place)
    {
        List<string> files = [.. Directory.GetFiles(folder).Where(f => !Path.GetFileName(f).StartsWith('.'))];
        if (files.Count == 0)
        {
            throw new ProblemException(new Problem("file/folder-empty", ProblemKind.Refused, $"the folder {folder} holds no files", place, $"ls -la {folder}"));
        }

        List<string> kinds = [.. files.Select(Kind).Distinct().Order(StringComparer.Ordinal)];
        if (kinds.Count > 1)
        {
            throw new ProblemException(new Problem("file/folder-mixed", ProblemKind.Refused, $"the folder {folder} holds files of several kinds ({string.Join(", ", kinds.Select(k => k.Length == 0 ? "no extension" : k))})",
                place, $"name one kind: path: {Path.Combine(folder, "*" + kinds[0])}"));
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    /// <summary>The files that fit a pattern (see <see cref="Glob"/>), by name. Throws <see cref="ProblemException"/> when none does.</summary>
    /// <param name="pattern">Absolute.</param>
    public static IReadOnlyList<string> Fitting(string pattern, Place place)
    {
        // The folder to look in is as far as the path goes without a pattern.
        string[] parts = pattern.Replace(Path.DirectorySeparatorChar, '/').Split('/');
        int plain = Array.FindIndex(parts, Glob.IsPattern);
        string from = string.Join('/', parts[..plain]) + "/";
        string below = string.Join('/', parts[plain..]);
        if (!Directory.Exists(from))
        {
            throw Missing(from.TrimEnd('/'), place);
        }

        var glob = new Glob(below);
        bool deep = below.Contains("**", StringComparison.Ordinal);
        var options = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true, RecurseSubdirectories = deep || parts.Length - plain > 1, MaxRecursionDepth = deep ? 32 : parts.Length - plain - 1 };
        var found = new FileSystemEnumerable<string>(from, (ref FileSystemEntry e) => e.ToFullPath(), options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry e) => !e.IsDirectory,

            // A link to a folder may lead round in a ring.
            ShouldRecursePredicate = (ref FileSystemEntry e) => !deep || (e.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        List<string> files = [.. found.Where(file => glob.Matches(Path.GetRelativePath(from, file).Replace(Path.DirectorySeparatorChar, '/'))).Order(StringComparer.Ordinal)];
        return files.Count > 0 ? files : throw new ProblemException(new Problem("file/none-match", ProblemKind.Refused, $"no file matches {pattern}", place, $"ls {from}"));
    }

    /// <summary>The problem of a file that is not there, with the nearest name that is.</summary>
    public static ProblemException Missing(string path, Place place)
    {
        string folder = Path.GetDirectoryName(path)!;
        Problem problem = FileProblems.Reading(path, Directory.Exists(folder) ? new FileNotFoundException() : new DirectoryNotFoundException(), place);
        if (Directory.Exists(folder) && DidYouMean.Of(Path.GetFileName(path), Directory.EnumerateFileSystemEntries(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)) is { } near)
        {
            problem = problem with { Hint = $"did you mean `{near}`?", Help = $"check the name: {folder} has {near}" };
        }

        return new ProblemException(problem);
    }

    private static string Kind(string file)
    {
        string name = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
        return Path.GetExtension(name) + file[name.Length..];
    }
}
