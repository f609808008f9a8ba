using Cairn.Core;
using Cairn.Core.Settings;

namespace Cairn.Adapters.Files;

/// <summary>A file or folder that a path setting names.</summary>
/// <param name="Full">Absolute.</param>
/// <param name="Name">As the user would recognise it: what was written, or for a pattern the file's own path.</param>
public sealed record NamedPath(string Full, string Name);

/// <summary>What the setting <c>path</c> names: one file, a pattern, or a list of both; in the order written, a pattern's files by name.</summary>
public static class PathList
{
    /// <summary>The shape of such a setting.</summary>
    public static readonly SettingShape Shape = SettingShape.Either(SettingShape.Text, SettingShape.ListOf(SettingShape.Text));

    /// <summary>Is it a list or a pattern, so that there may be several?</summary>
    public static bool MayBeSeveral(Setting? path) => path is ListSetting || (path is ScalarSetting scalar && Glob.IsPattern(scalar.Text) && !File.Exists(scalar.Text));

    /// <summary>At least one; a path without a pattern need not exist. Throws <see cref="ProblemException"/> when a pattern fits no file.</summary>
    public static IReadOnlyList<NamedPath> Expand(Setting path, string folder)
    {
        IEnumerable<Setting> items = path is ListSetting list ? list.Items : [path];
        List<NamedPath> all = [.. items.OfType<ScalarSetting>().SelectMany(s => Expand(s.Text, folder, s.Place))];
        return all.Count > 0
            ? all
            : throw new ProblemException(new Problem("file/no-path", ProblemKind.Usage, "the list of paths is empty", path.Place, "name a file"));
    }

    private static IEnumerable<NamedPath> Expand(string text, string folder, Place place)
    {
        string full = Path.GetFullPath(text, folder);
        if (!Glob.IsPattern(text) || Path.Exists(full))
        {
            return [new NamedPath(full, text)];
        }

        // The folder to look in is as far as the path goes without a pattern.
        string pattern = full.Replace(Path.DirectorySeparatorChar, '/');
        string[] parts = pattern.Split('/');
        int plain = Array.FindIndex(parts, Glob.IsPattern);
        string from = string.Join('/', parts[..plain]) + "/";
        string below = string.Join('/', parts[plain..]);
        bool deep = below.Contains("**", StringComparison.Ordinal);
        var options = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true, RecurseSubdirectories = deep || below.Contains('/'), MaxRecursionDepth = deep ? 32 : below.Count(c => c == '/') };
        var glob = new Glob(below);
        List<NamedPath> found = Directory.Exists(from)
            ? [.. Directory.EnumerateFiles(from, "*", options)
                .Where(file => glob.Matches(Path.GetRelativePath(from, file).Replace(Path.DirectorySeparatorChar, '/')))
                .Order(StringComparer.Ordinal).Select(file => new NamedPath(file, Path.IsPathRooted(text) ? file : Path.GetRelativePath(folder, file)))]
            : [];
        return found.Count > 0
            ? found
            : throw new ProblemException(new Problem("file/no-match", ProblemKind.Refused, $"no file fits {text}", place, Directory.Exists(from) ? $"ls {from}" : $"the folder {from} is not there: check the path"));
    }
}
