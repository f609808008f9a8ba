using Cairn.Core;

namespace Cairn;

/// <summary>The folder the work belongs to: where cairn.yaml is, and where runs are kept.</summary>
/// <param name="Folder">Absolute path.</param>
/// <param name="IsMarked">True when the folder has a cairn.yaml or a .cairn; otherwise it is only where the command was given.</param>
internal sealed record Project(string Folder, bool IsMarked)
{
    public const string FileName = "cairn.yaml";
    public const string LocalFileName = "cairn.local.yaml";
    public const string StoreName = ".cairn";

    /// <summary>The folder named by the user, or the nearest one upward that is marked, or the current folder.</summary>
    public static Project Find(string currentFolder, string? named)
    {
        if (named is not null)
        {
            string folder = Path.GetFullPath(named, currentFolder);
            return Directory.Exists(folder)
                ? new Project(folder, Marked(folder))
                : throw new ProblemException(new Problem(
                    "usage/no-folder", ProblemKind.Usage, $"there is no folder `{named}` to be the project", Help: $"cairn init {named}"));
        }

        for (string? folder = currentFolder; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Marked(folder))
            {
                return new Project(folder, true);
            }
        }

        return new Project(currentFolder, false);
    }

    private static bool Marked(string folder) =>
        File.Exists(Path.Combine(folder, FileName)) || Directory.Exists(Path.Combine(folder, StoreName));
}
