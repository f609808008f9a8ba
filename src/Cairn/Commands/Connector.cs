using Cairn.Adapters;
using Cairn.Core.Flows;

namespace Cairn.Commands;

/// <summary>What one name under <c>read</c> and <c>to</c> can do.</summary>
internal sealed record Connector(string Name, string About, ISourceConnector? Source, IDestinationConnector? Destination)
{
    /// <summary>By name.</summary>
    public static IReadOnlyList<Connector> All()
    {
        IReadOnlyList<ISourceConnector> sources = Discovery.Sources;
        IReadOnlyList<IDestinationConnector> destinations = Discovery.Destinations;
        return [.. from name in sources.Select(s => s.Name).Union(destinations.Select(d => d.Name)).Order(StringComparer.Ordinal)
                   let source = sources.FirstOrDefault(s => s.Name == name)
                   let destination = destinations.FirstOrDefault(d => d.Name == name)
                   select new Connector(name, source?.About ?? destination!.About, source, destination)];
    }
}
