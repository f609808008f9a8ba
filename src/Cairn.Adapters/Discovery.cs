using System.Diagnostics.CodeAnalysis;
using Cairn.Core.Flows;

namespace Cairn.Adapters;

/// <summary>
/// Finds every connector in this assembly: a public class with an empty constructor that is an <see cref="ISourceConnector"/>, an
/// <see cref="IDestinationConnector"/>, or both. Adding one is adding its folder; nothing else changes.
/// </summary>
public static class Discovery
{
    private const string Rooted = "Cairn.csproj roots this assembly (TrimmerRootAssembly), so that trimming removes none of its types";

    private static readonly Lazy<IReadOnlyList<object>> Found = new(Find);

    /// <summary>By name.</summary>
    public static IReadOnlyList<ISourceConnector> Sources => [.. Found.Value.OfType<ISourceConnector>().OrderBy(c => c.Name, StringComparer.Ordinal)];

    /// <summary>By name.</summary>
    public static IReadOnlyList<IDestinationConnector> Destinations =>
        [.. Found.Value.OfType<IDestinationConnector>().OrderBy(c => c.Name, StringComparer.Ordinal)];

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Rooted)]
    [UnconditionalSuppressMessage("Trimming", "IL2062", Justification = Rooted)]
    [UnconditionalSuppressMessage("Trimming", "IL2065", Justification = Rooted)]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = Rooted)]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = Rooted)]
    private static List<object> Find()
    {
        var found = new List<object>();
        foreach (Type type in typeof(Discovery).Assembly.GetTypes())
        {
            bool connects = typeof(ISourceConnector).IsAssignableFrom(type) || typeof(IDestinationConnector).IsAssignableFrom(type);
            if (connects && type is { IsClass: true, IsAbstract: false } && type.GetConstructor(Type.EmptyTypes) is not null)
            {
                found.Add(Activator.CreateInstance(type)!);
            }
        }

        return found;
    }
}
