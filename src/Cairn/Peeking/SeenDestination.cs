using Cairn.Core.Flows;
using Cairn.Core.Settings;

namespace Cairn.Peeking;

/// <summary>A destination that is only looked at: the table is peeked at in the workbench, and nothing is written anywhere.</summary>
internal sealed class SeenDestination(PeekWish wish) : IDestinationConnector, IDestination
{
    string IDestinationConnector.Name => Name;

    public const string Name = "peek";

    public string About => "Shows a table.";

    public ObjectShape DestinationShape { get; } = SettingShape.Object("a peek");

    /// <summary>Null until the table was made.</summary>
    public Seen? Seen { get; private set; }

    public IReadOnlyList<NameAt> Tables(string name, MapSetting settings) => [new NameAt(name, settings.Place)];

    public IDestination OpenDestination(DestinationRequest request) => this;

    public DestinationState Look(CancellationToken stop) => new(Name, null);

    public DestinationReport Write(IReadOnlyDictionary<string, ITableRows> tables, CancellationToken stop)
    {
        (string table, ITableRows rows) = tables.Single();
        Seen = new Peek(new TableSource(rows), wish, null, stop).Look() with { Read = rows.Count, All = true };
        return new DestinationReport([], new Dictionary<string, long> { [table] = rows.Count });
    }

    public void Dispose()
    {
    }
}
