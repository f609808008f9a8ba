using Cairn.Core.Flows;
using Cairn.Core.Settings;

namespace Cairn.Adapters.Connectors.Delimited;

/// <summary>Delimited text: csv, tsv and their kin.</summary>
public sealed class DelimitedConnector : ISourceConnector
{
    public string Name => "delimited";

    public string About => "Tables in delimited text files: csv, tsv, any delimiter, with quotes or without, any encoding, plain or gz.";

    public ObjectShape SourceShape { get; } = SettingShape.Object("a delimited source",
        DelimitedSettings.Path,
        new KeyShape("paths", SettingShape.ListOf(SettingShape.Text), "Several files, folders or patterns, read as one table in this order."),
        DelimitedSettings.Delimiter,
        DelimitedSettings.Quote,
        new KeyShape("escape", SettingShape.Text, "A character that makes a following separator, quote, line end or itself plain; usually \\.", Default: "none"),
        DelimitedSettings.Encoding,
        new KeyShape("header", SettingShape.Boolean, "The first row of each file names the columns.", Default: "true"),
        new KeyShape("skip_lines", SettingShape.Integer, "Lines at the start of each file that are left out, before the header.", Default: "0"),
        new KeyShape("columns", SettingShape.ListOf(SettingShape.Text), "The columns' names, instead of those of the header."),
        new KeyShape("ragged", SettingShape.OneOf("refuse", "fill"), "What is done with rows of fewer or more fields: refused one by one, or filled with blanks and cut.", Default: "refuse"),
        new KeyShape("longest_row", SettingShape.Text, "A longer row is refused, such as 64MB.", Default: "64MB"));

    public ISource OpenSource(SourceRequest request) => new DelimitedSource(request);
}
