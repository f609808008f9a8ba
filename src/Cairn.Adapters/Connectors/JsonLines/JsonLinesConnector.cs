using Cairn.Adapters.Downloads;
using Cairn.Core.Flows;
using Cairn.Core.Settings;

namespace Cairn.Adapters.Connectors.JsonLines;

/// <summary>JSON lines (https://jsonlines.org): one object a line.</summary>
public sealed class JsonLinesConnector : ISourceConnector, IDestinationConnector
{
    public string Name => "json-lines";

    public string About => "Tables in JSON lines, one object a line, plain or gz; nested values stay JSON.";

    public ObjectShape SourceShape { get; } = SettingShape.Object("a json-lines source",
        [.. SourceFiles.Keys,
        new KeyShape("keys", SettingShape.ListOf(SettingShape.Text), "The keys that are columns, in this order. Without it: those of the first 20,000 lines of the first file, as met."),
        new KeyShape("longest_row", SettingShape.Text, "A longer line is refused, such as 64MB.", Default: "64MB")]);

    public ObjectShape DestinationShape { get; } = SettingShape.Object("a json-lines destination",
        new KeyShape("path", SettingShape.Text, "The file, gz when its name ends in .gz. Missing folders are made.", Required: true));

    public ISource OpenSource(SourceRequest request) => new JsonLinesSource(request);

    public IReadOnlyList<NameAt> Tables(string name, MapSetting settings) => [new NameAt(name, settings.Place)];

    public IDestination OpenDestination(DestinationRequest request) => new JsonLinesDestination(request);
}
