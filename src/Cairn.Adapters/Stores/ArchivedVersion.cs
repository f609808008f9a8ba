using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Stores;

/// <summary>Which version a person means: by hash, or as one run knew a file.</summary>
public static class ArchivedVersion
{
    /// <param name="asked">A hash, the beginning of one, or <c>file@run</c>.</param>
    public static DataVersion Of(string asked, Func<string, string> absolute, RunIndex index, RunHistory history)
    {
        int at = asked.LastIndexOf('@');
        if (at <= 0)
        {
            string start = asked.StartsWith("sha256:", StringComparison.OrdinalIgnoreCase) ? asked[7..] : asked;
            return LineageStart.ByHash(start.ToLowerInvariant(), index);
        }

        string run = history.Resolve(asked[(at + 1)..]), path = absolute(asked[..at]);
        RunManifest manifest = history.Read(run);
        IReadOnlyList<DataVersion> all = [.. manifest.Outputs, .. manifest.Inputs];
        return all.FirstOrDefault(d => d.Path == path)
            ?? Only([.. all.Where(d => Path.GetFileName(d.Path) == asked[..at])])
            ?? throw new ProblemException(new Problem("archive/not-of-run", ProblemKind.Usage, $"run {manifest.Id} neither read nor wrote {asked[..at]}", Help: $"cairn runs show {manifest.Id}"));
    }

    private static DataVersion? Only(IReadOnlyList<DataVersion> found) => found.Count == 1 ? found[0] : null;
}
