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

            return Path.GetFileName(full).AsSpan().IndexOfAny('*', '?') >= 0 ? ByPattern(full, place) : throw Missing(full, place);
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

    private static IReadOnlyList<string> ByPattern(string pattern, Place place)
    {
        string folder = Path.GetDirectoryName(pattern)!;
        if (!Directory.Exists(folder))
        {
            throw Missing(pattern, place);
        }

        string[] files = Directory.GetFiles(folder, Path.GetFileName(pattern), new EnumerationOptions { MatchType = MatchType.Simple, MatchCasing = MatchCasing.CaseSensitive, AttributesToSkip = 0 });
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0 ? files : throw new ProblemException(new Problem("file/none-match", ProblemKind.Refused, $"no file matches {pattern}", place, $"ls {folder}"));
    }

    private static ProblemException Missing(string path, Place place)
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
