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

    /// <summary>At least one. Throws <see cref="ProblemException"/> when a file is not there, or a pattern fits none.</summary>
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
        return Path.Exists(full) ? [new NamedPath(full, text)]
            : Glob.IsPattern(text) ? InputFiles.Fitting(full, place).Select(file => new NamedPath(file, Path.IsPathRooted(text) ? file : Path.GetRelativePath(folder, file)))
            : throw InputFiles.Missing(full, place);
    }
}
