using System.Globalization;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Archives;

/// <summary>One file that stands for an archive, plain or in gz; its reader opens it by its path.</summary>
internal sealed class SingleFileContainer(string path, string name, ArchiveLimits limits) : Container(path, name, limits)
{
    public override bool IsSingleFile => true;

    public override string PathOf(ArchiveMember member) => Path;

    public override void Dispose()
    {
    }

    private protected override List<ArchiveMember> List(CancellationToken stop)
    {
        var file = new FileInfo(Path);
        return [new ArchiveMember(file.Name, file.Length, file.LastWriteTimeUtc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))];
    }

    private protected override Stream Content(ArchiveMember member, CancellationToken stop) => File.OpenRead(Path);

    private protected override IReadOnlyList<DataVersion> Versions(CancellationToken stop) => [];
}
