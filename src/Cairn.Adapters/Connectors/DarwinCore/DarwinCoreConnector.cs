using Cairn.Core.Flows;
using Cairn.Core.Settings;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>Darwin Core archives: the form in which collections and surveys publish their records.</summary>
public sealed class DarwinCoreConnector : ISourceConnector
{
    public string Name => "darwin-core";

    public string About => "Darwin Core archives: the core or an extension of a zip, tar.gz, folder or single file, read by its meta.xml.";

    public ObjectShape SourceShape { get; } = SettingShape.Object("a darwin-core source",
        new KeyShape("path", SettingShape.Text, "The archive: zip, tar, tar.gz, a folder, or a data file that stands alone.", Required: true),
        new KeyShape("table", SettingShape.Text, "Which table: core, the row type of an extension (Multimedia), or its file (verbatim.txt).", Default: "core"),
        new KeyShape("names", SettingShape.OneOf("short", "prefixed", "full"), "How columns are named: scientificName, dwc:scientificName, or by the whole term.", Default: "short"),
        new KeyShape("nulls", SettingShape.ListOf(SettingShape.Blankable), "Values that stand for blank, such as \\N; without it they stay as written."),
        new KeyShape("delimiter", SettingShape.Text, "What stands between fields, where the descriptor is wrong about it: tab, comma, semicolon, pipe, or the characters."),
        new KeyShape("quote", SettingShape.Text, "The quote character, or none, where the descriptor is wrong about it."),
        new KeyShape("encoding", SettingShape.Text, "The encoding, where the descriptor is wrong about it."),
        new KeyShape("largest_ratio", SettingShape.Integer, "Most bytes of content for one stored byte; a member that goes over it is refused as made to fill disks.", Default: "1000"),
        new KeyShape("largest_text", SettingShape.Integer, "Most bytes of content of one file; no limit without it."));

    public ISource OpenSource(SourceRequest request) => new DarwinCoreSource(request);
}
