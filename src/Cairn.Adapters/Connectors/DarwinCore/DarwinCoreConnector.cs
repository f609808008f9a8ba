using Cairn.Core.Flows;
using Cairn.Core.Settings;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>Darwin Core archives: the form in which collections and surveys publish their records.</summary>
public sealed class DarwinCoreConnector : ISourceConnector, IDestinationConnector
{
    public string Name => "darwin-core";

    public string About => "Darwin Core archives: the core or an extension of a zip, tar.gz, folder or single file, read by its meta.xml.";

    public ObjectShape SourceShape { get; } = SettingShape.Object("a darwin-core source",
        new KeyShape("path", SettingShape.Text, "The archive: zip, tar, tar.gz, a folder, a data file that stands alone, or an https address.", Required: true),
        new KeyShape("table", SettingShape.Text, "Which table: core, the row type of an extension (Multimedia), or its file (verbatim.txt).", Default: "core"),
        new KeyShape("names", SettingShape.OneOf("short", "prefixed", "full"), "How columns are named: scientificName, dwc:scientificName, or by the whole term.", Default: "short"),
        new KeyShape("nulls", SettingShape.ListOf(SettingShape.Blankable), "Values that stand for blank, such as \\N; without it they stay as written."),
        new KeyShape("delimiter", SettingShape.Text, "What stands between fields, where the descriptor is wrong about it: tab, comma, semicolon, pipe, or the characters."),
        new KeyShape("quote", SettingShape.Text, "The quote character, or none, where the descriptor is wrong about it."),
        new KeyShape("encoding", SettingShape.Text, "The encoding, where the descriptor is wrong about it."),
        new KeyShape("largest_ratio", SettingShape.Integer, "Most bytes of content for one stored byte; a member that goes over it is refused as made to fill disks.", Default: "1000"),
        new KeyShape("largest_text", SettingShape.Integer, "Most bytes of content of one file; no limit without it."),
        new KeyShape("sha256", SettingShape.Text, "The checksum that the archive must have, in hex."));

    public ObjectShape DestinationShape { get; } = SettingShape.Object("a darwin-core destination",
        new KeyShape("path", SettingShape.Text, "The archive: a zip when its name ends in .zip, otherwise a folder. Missing folders are made.", Required: true),
        new KeyShape("core", TableShape("the core", "The column that identifies a row; without it id, or the row type's own (occurrenceID)."), "The table that the others belong to.", Required: true),
        new KeyShape("extensions", SettingShape.ListOf(TableShape("an extension", "The column that names the core row; without it coreid, or id.")), "Tables whose rows belong to rows of the core."),
        new KeyShape("terms", SettingShape.MapOf(SettingShape.Text), "The term of a column, by the column's name: a known short name, dc:rights, or a whole term. Others go by their own names."),
        new KeyShape("eml", SettingShape.Text, "A metadata document (EML), written as it is."),
        new KeyShape("title", SettingShape.Text, "The data set's title, where there is no metadata document."),
        new KeyShape("creator", SettingShape.Text, "The organisation that made it, where there is no metadata document."));

    public ISource OpenSource(SourceRequest request) => new DarwinCoreSource(request);

    public IReadOnlyList<NameAt> Tables(string name, MapSetting settings) => [.. DarwinCoreDestination.Wishes(settings).Select(w => w.Table)];

    public IDestination OpenDestination(DestinationRequest request) => new DarwinCoreDestination(request);

    private static ObjectShape TableShape(string name, string id) => SettingShape.Object(name,
        new KeyShape("table", SettingShape.Text, "A table of the flow.", Required: true),
        new KeyShape("row_type", SettingShape.Text, "The class its rows are of: Occurrence, Taxon, Multimedia, ac:Multimedia, or a whole name.", Required: true),
        new KeyShape("id", SettingShape.Text, id));
}
