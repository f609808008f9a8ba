using Cairn.Adapters.Downloads;
using Cairn.Core.Flows;
using Cairn.Core.Settings;

namespace Cairn.Adapters.Connectors.Delimited;

/// <summary>Delimited text: csv, tsv and their kin.</summary>
public sealed class DelimitedConnector : ISourceConnector, IDestinationConnector
{
    public string Name => "delimited";

    public string About => "Tables in delimited text files: csv, tsv, any delimiter, with quotes or without, any encoding, plain or gz.";

    public ObjectShape SourceShape { get; } = SettingShape.Object("a delimited source",
        [.. SourceFiles.Keys,
        DelimitedSettings.Delimiter,
        DelimitedSettings.Quote,
        new KeyShape("escape", SettingShape.Text, "A character that makes a following separator, quote, line end or itself plain; usually \\.", Default: "none"),
        DelimitedSettings.Encoding,
        new KeyShape("header", SettingShape.Boolean, "The first row of each file names the columns.", Default: "true"),
        new KeyShape("skip_lines", SettingShape.Integer, "Lines at the start of each file that are left out, before the header.", Default: "0"),
        new KeyShape("columns", SettingShape.ListOf(SettingShape.Text), "The columns' names, instead of those of the header."),
        new KeyShape("ragged", SettingShape.OneOf("refuse", "fill"), "What is done with rows of fewer or more fields: refused one by one, or filled with blanks and cut.", Default: "refuse"),
        new KeyShape("longest_row", SettingShape.Text, "A longer row is refused, such as 64MB.", Default: "64MB")]);

    public ObjectShape DestinationShape { get; } = SettingShape.Object("a delimited destination",
        new KeyShape("path", SettingShape.Text, "The file, gz when its name ends in .gz. Missing folders are made.", Required: true),
        new KeyShape("delimiter", SettingShape.Text, DelimitedSettings.Delimiter.About),
        new KeyShape("quote", SettingShape.Text, "The quote character, put where needed; none; or auto: \" for comma and semicolon, otherwise none.", Default: "auto"),
        new KeyShape("header", SettingShape.Boolean, "The first row names the columns.", Default: "true"),
        new KeyShape("line_end", SettingShape.OneOf("lf", "crlf"), "What ends a line.", Default: "lf"),
        new KeyShape("encoding", SettingShape.Text, "The encoding's name, such as windows-1252.", Default: "utf-8"));

    public IReadOnlyList<NameAt> Tables(string name, MapSetting settings) => [new NameAt(name, settings.Place)];

    public IDestination OpenDestination(DestinationRequest request) => new DelimitedDestination(request);

    public ISource OpenSource(SourceRequest request) => new DelimitedSource(request);
}
