using System.Collections;
using System.Globalization;

namespace Cairn.Core.Provenance;

/// <summary>A figure's value as named texts, so that two can be compared part by part: <c>provider.Botany</c>, <c>unmatched[0].id</c>.</summary>
internal static class FigureParts
{
    public static IEnumerable<(string Name, string? Value)> Of(string name, object? value) => value switch
    {
        null => [(name, "null")],
        string text => [(name, text)],
        IEnumerable<KeyValuePair<string, long>> counts => counts.Select(c => ($"{name}.{c.Key}", (string?)c.Value.ToString(CultureInfo.InvariantCulture))),
        IEnumerable<KeyValuePair<string, string?>> cells => cells.Select(c => ($"{name}.{c.Key}", c.Value ?? "null"))!,
        IEnumerable<KeyValuePair<string, object?>> parts => parts.SelectMany(p => Of($"{name}.{p.Key}", p.Value)),
        IEnumerable items => items.Cast<object?>().SelectMany((item, i) => Of($"{name}[{i}]", item)),
        IFormattable number => [(name, number.ToString(null, CultureInfo.InvariantCulture))],
        _ => [(name, value.ToString())],
    };
}
