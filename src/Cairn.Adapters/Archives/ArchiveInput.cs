using Cairn.Adapters.Downloads;
using Cairn.Adapters.Files;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;
using Cairn.Core.Settings;

namespace Cairn.Adapters.Archives;

/// <summary>An archive that a source names: on this machine, or fetched from an address.</summary>
/// <param name="Full">Where its bytes are.</param>
/// <param name="Name">As messages call it.</param>
internal sealed record ArchiveInput(string Full, string Name)
{
    private Downloaded? Download { get; init; }
    private string? Sha256 { get; init; }
    private Place? Sha256Place { get; init; }

    /// <summary>What was seen while it was fetched.</summary>
    public IReadOnlyList<Problem> Findings => Download?.Findings ?? [];

    /// <summary>Those the setting names, in order, fetched where need be. Throws <see cref="ProblemException"/>.</summary>
    public static IReadOnlyList<ArchiveInput> Find(Setting path, SourceRequest request, CancellationToken stop)
    {
        Setting? checksum = request.Settings["sha256"];
        string? sha256 = (checksum as ScalarSetting)?.Text;
        if (sha256 is not null && PathList.MayBeSeveral(path))
        {
            throw new ProblemException(new Problem("archive/setting", ProblemKind.Usage, "a checksum is of one file, and `path` may name several", checksum!.Place, "give each file a table of its own, and put them together with union"));
        }

        IEnumerable<Setting> items = path is ListSetting list ? list.Items : [path];
        return [.. items.SelectMany(item => item is ScalarSetting text && Downloads.Download.IsAddress(text.Text)
            ? [Fetched(Downloads.Download.Fetch(text.Text, request.Cache, sha256, text.Place, stop))]
            : PathList.Expand(item, request.Folder).Select(p => new ArchiveInput(p.Full, p.Name) { Sha256 = sha256, Sha256Place = checksum?.Place }))];
    }

    /// <summary>What to record of what was read. Throws <see cref="ProblemException"/> when it is not what was expected.</summary>
    public IReadOnlyList<DataVersion> Checked(IReadOnlyList<DataVersion> read)
    {
        if (Download is not null)
        {
            return [.. read.Select(Download.Version)];
        }

        if (Sha256 is null || read.Any(v => v.Sha256.Equals(Sha256, StringComparison.OrdinalIgnoreCase)))
        {
            return read;
        }

        throw new ProblemException(new Problem("file/wrong-checksum", ProblemKind.Refused, $"{Name} is not the file the flow expects", Sha256Place, "ask for the right release, or correct the checksum")
        {
            Details = [$"expected sha256 {Sha256.ToLowerInvariant()}", .. read.Take(5).Select(v => $"read sha256 {v.Sha256}, {v.Bytes} bytes")],
        });
    }

    // Messages call a fetched file by its address, not by its place in the cache.
    private static ArchiveInput Fetched(Downloaded download) => new(download.Path, download.Address) { Download = download };
}
