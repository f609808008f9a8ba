using System.Globalization;
using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Stores;

/// <summary>
/// What a person asked the lineage of: a file, a file's row (<c>out/result.tsv#12</c>), <c>sha256:...</c>, or a run. Exactly one of Data and Run
/// is set.
/// </summary>
/// <param name="Notes">What to know first: the file has changed since it was recorded.</param>
public sealed record LineageStart(DataVersion? Data, RunSummary? Run, long? Row, IReadOnlyList<Problem> Notes)
{
    /// <param name="asked">As typed.</param>
    /// <param name="absolute">Makes a path absolute.</param>
    public static LineageStart Of(string asked, Func<string, string> absolute, RunIndex index, RunHistory history)
    {
        (string name, long? row) = SplitRow(asked, absolute);
        if (name.StartsWith("sha256:", StringComparison.OrdinalIgnoreCase))
        {
            return new LineageStart(ByHash(name[7..].ToLowerInvariant(), index), null, row, []);
        }

        string path = absolute(name);
        IReadOnlyList<DataUse> recorded = index.UsesAt(path);
        if (recorded.Count > 0 || File.Exists(path))
        {
            return ByPath(path, recorded, row, index);
        }

        string run = history.TryResolve(name) ?? throw new ProblemException(
            new Problem("lineage/not-recorded", ProblemKind.Usage, $"`{name}` is neither a file nor a run on record", Help: "cairn runs list"));
        return new LineageStart(null, index.Summary(run), row, []);
    }

    private static LineageStart ByPath(string path, IReadOnlyList<DataUse> recorded, long? row, RunIndex index)
    {
        DataVersion? latest = recorded.LastOrDefault()?.Data;
        if (!File.Exists(path))
        {
            return new LineageStart(latest, null, row, [new Problem("lineage/gone", ProblemKind.Finding, $"{Path.GetFileName(path)} is not there any more; this is the version last recorded", new FilePlace(path))]);
        }

        string now = FileHash.Of(path);
        if (recorded.LastOrDefault(u => u.Data.Sha256 == now) is { } same)
        {
            return new LineageStart(same.Data, null, row, []);
        }

        // Not known by its path: a copy of something recorded elsewhere.
        if (index.UsesOf(now).LastOrDefault() is { } copy && new FileInfo(path).Length > 0)
        {
            return new LineageStart(copy.Data with { Path = path }, null, row, [new Problem("lineage/copy", ProblemKind.Finding, $"{Path.GetFileName(path)} has the bytes recorded as {copy.Data.Path}", new FilePlace(path))]);
        }

        return latest is null
            ? throw new ProblemException(new Problem("lineage/not-recorded", ProblemKind.Usage, $"no run on record has read or written {path}, nor any file with its bytes", new FilePlace(path), "cairn runs list"))
            : new LineageStart(latest, null, row, [new Problem("lineage/changed", ProblemKind.Finding, $"{Path.GetFileName(path)} has changed since run {StorePaths.IdOf(recorded[^1].Run)}; this is the version recorded then", new FilePlace(path), $"cairn verify {path}")]);
    }

    internal static DataVersion ByHash(string start, RunIndex index)
    {
        IReadOnlyList<string> found = start.Length < 4 ? [] : index.HashesLike(start);
        return found.Count switch
        {
            1 => index.UsesOf(found[0])[^1].Data,
            0 => throw new ProblemException(new Problem("lineage/no-such-hash", ProblemKind.Usage, $"no run on record has read or written data with the hash sha256:{start}", Help: "give at least 4 digits; `cairn runs show` prints the hashes of a run")),
            _ => throw new ProblemException(new Problem("lineage/several-hashes", ProblemKind.Usage, $"sha256:{start} is the beginning of {found.Count} hashes", Help: "give more digits") { Details = [.. found] }),
        };
    }

    /// <summary>A file may have a # in its name: if it is there, it is meant.</summary>
    private static (string Name, long? Row) SplitRow(string asked, Func<string, string> absolute)
    {
        int mark = asked.LastIndexOf('#');
        return mark > 0 && !File.Exists(absolute(asked)) && long.TryParse(asked.AsSpan(mark + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long row) && row > 0
            ? (asked[..mark], row)
            : (asked, null);
    }
}
