using System.Globalization;
using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>Compares figures with the values expected for one data set.</summary>
internal static class FigureComparison
{
    /// <summary>The figures, each with what was expected and whether it came out.</summary>
    public static IReadOnlyList<FigureValue> Compared(IReadOnlyList<FigureValue> figures, ExpectedFigures? expected) =>
        expected is null ? figures : [.. figures.Select(f => expected.Values[f.Name] is { } setting ? f with { Expected = Plain(setting), Met = Equal(f.Value, setting) } : f)];

    /// <summary>A problem for each figure that differs.</summary>
    public static IEnumerable<Problem> Problems(IReadOnlyList<FigureValue> figures, ExpectedFigures? expected)
    {
        if (expected is null)
        {
            yield break;
        }

        ProblemKind kind = expected.Stops ? ProblemKind.Refused : ProblemKind.Finding;
        foreach (FigureValue figure in figures.Where(f => f.Met == false))
        {
            yield return new Problem("expect/figure-differs", kind, $"{figure.Name} is {Text(figure.Value)}, expected {Text(figure.Expected)}{(expected.Stops ? "; nothing was written" : "")}", expected.Values[figure.Name]!.Place,
                "correct the data, or the file of expected figures if the new value is right");
        }
    }

    /// <summary>A figure's value as a person reads it.</summary>
    public static string Text(object? value) => value switch
    {
        null => "nothing",
        long number => number.ToString("N0", CultureInfo.InvariantCulture),
        IReadOnlyDictionary<string, long> counts => string.Join(", ", counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key} {c.Value:N0}"))),
        IReadOnlyDictionary<string, string?> row => string.Join(", ", row.Select(c => $"{c.Key} {c.Value ?? "(blank)"}")),
        IEnumerable<object> list => string.Join("; ", list.Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static bool Equal(object? value, Setting setting) => (value, setting) switch
    {
        (null, ScalarSetting { IsNull: true }) => true,
        (long number, ScalarSetting scalar) => decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal wanted) && wanted == number,
        (string text, ScalarSetting scalar) => text == scalar.Text,
        (IReadOnlyDictionary<string, long> counts, MapSetting map) => counts.Count == map.Entries.Count && map.Entries.All(e => counts.TryGetValue(e.Key, out long count) && Equal(count, e.Value)),
        (IReadOnlyDictionary<string, string?> row, MapSetting map) => row.Count == map.Entries.Count && map.Entries.All(e => row.TryGetValue(e.Key, out string? cell) && Equal(cell, e.Value)),
        (IEnumerable<object> list, ListSetting wanted) => list.Count() == wanted.Items.Count && list.Zip(wanted.Items).All(p => Equal(p.First, p.Second)),
        _ => false,
    };

    private static object? Plain(Setting setting) => setting switch
    {
        ScalarSetting { IsNull: true } => null,
        ScalarSetting { Quoted: false } scalar when long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
        ScalarSetting scalar => scalar.Text,
        MapSetting map when map.Entries.All(e => Plain(e.Value) is long) => map.Entries.ToDictionary(e => e.Key, e => (long)Plain(e.Value)!),
        MapSetting map => map.Entries.ToDictionary(e => e.Key, e => Plain(e.Value)?.ToString()),
        ListSetting list => list.Items.Select(Plain).ToList(),
        _ => null,
    };
}
