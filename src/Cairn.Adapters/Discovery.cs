using Cairn.Core.Flows;

namespace Cairn.Adapters;

/// <summary>
/// Finds every connector in this assembly: a public class with an empty constructor that is an <see cref="ISourceConnector"/>, an
/// <see cref="IDestinationConnector"/>, or both. Adding one is adding its folder; nothing else changes.
/// </summary>
public static class Discovery
{
    private static readonly Lazy<IReadOnlyList<object>> Found = new(Find);

    /// <summary>By name.</summary>
    public static IReadOnlyList<ISourceConnector> Sources => [.. Found.Value.OfType<ISourceConnector>().OrderBy(c => c.Name, StringComparer.Ordinal)];

    /// <summary>By name.</summary>
    public static IReadOnlyList<IDestinationConnector> Destinations =>
        [.. Found.Value.OfType<IDestinationConnector>().OrderBy(c => c.Name, StringComparer.Ordinal)];

    private static List<object> Find() =>
        [.. from type in typeof(Discovery).Assembly.GetTypes()
            where type is { IsClass: true, IsAbstract: false }
                && (typeof(ISourceConnector).IsAssignableFrom(type) || typeof(IDestinationConnector).IsAssignableFrom(type))
                && type.GetConstructor(Type.EmptyTypes) is not null
            select Activator.CreateInstance(type)];
}
