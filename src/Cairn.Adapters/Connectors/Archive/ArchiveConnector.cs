using Cairn.Adapters.Files;
using Cairn.Core.Flows;
using Cairn.Core.Settings;

namespace Cairn.Adapters.Connectors.Archive;

/// <summary>Lists the files of archives, without unpacking them: bundles of images whose names are data.</summary>
public sealed class ArchiveConnector : ISourceConnector
{
    public string Name => "archive";

    public string About => "The names, sizes and times of the files in a zip, tar, tar.gz or folder, without unpacking it.";

    public ObjectShape SourceShape { get; } = SettingShape.Object("an archive source",
        new KeyShape("path", PathList.Shape, "The archive, folder or https address; a pattern such as bundles/*.zip, or a list, for several as one table.", Required: true),
        new KeyShape("list", SettingShape.Text, "Only files whose name fits this pattern; with a slash in it, whose whole path inside the archive does.", Default: "*"),
        new KeyShape("largest_ratio", SettingShape.Integer, "Most bytes of content for one stored byte; an archive that goes over it is refused as made to fill disks.", Default: "1000"),
        new KeyShape("sha256", SettingShape.Text, "The checksum that the archive must have, in hex."));

    public ISource OpenSource(SourceRequest request) => new ArchiveSource(request);
}
