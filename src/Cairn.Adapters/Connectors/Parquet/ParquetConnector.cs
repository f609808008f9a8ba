using Cairn.Adapters.Downloads;
using Cairn.Core.Flows;
using Cairn.Core.Settings;

namespace Cairn.Adapters.Connectors.Parquet;

/// <summary>Parquet files, read and written by DuckDB.</summary>
public sealed class ParquetConnector : ISourceConnector, IDestinationConnector
{
    public string Name => "parquet";

    public string About => "Tables in Parquet files; every value as text, until a type is declared.";

    public ObjectShape SourceShape { get; } = SettingShape.Object("a parquet source", SourceFiles.Keys);

    public ObjectShape DestinationShape { get; } = SettingShape.Object("a parquet destination",
        new KeyShape("path", SettingShape.Text, "The file. Missing folders are made.", Required: true),
        new KeyShape("compression", SettingShape.OneOf("zstd", "snappy", "gzip", "none"), "How its pages are compressed.", Default: "zstd"));

    public ISource OpenSource(SourceRequest request) => new ParquetSource(request);

    public IReadOnlyList<NameAt> Tables(string name, MapSetting settings) => [new NameAt(name, settings.Place)];

    public IDestination OpenDestination(DestinationRequest request) => new ParquetDestination(request);
}
