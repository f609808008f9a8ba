using System.Globalization;
using Cairn.Core.Flows;

namespace Cairn.Terminal;

/// <summary>Named figures: numbers aligned, counts by value on their own lines, short lists as rows, each with what was expected where that differs.</summary>
internal sealed class FigurePrinter(TextWriter to, Ink ink, int width)
{
    private const int ValuesShown = 20;

    public void Print(IReadOnlyList<FigureValue> figures)
    {
        if (figures.Count == 0)
        {
            return;
        }

        int compared = figures.Count(f => f.Met is not null);
        string against = compared == 0 ? "" : $": {figures.Count(f => f.Met == true)} of {compared} as expected";
        to.WriteLine();
        to.WriteLine(ink.Strong("Figures" + against));
        int names = Math.Min(32, figures.Max(f => f.Name.Length));
        foreach (FigureValue figure in figures)
        {
            One(figure, names);
        }
    }

    private void One(FigureValue figure, int names)
    {
        string start = "  " + TextWidth.PadRight(TextWidth.Cut(Printable.Of(figure.Name), names), names) + "  ";
        string met = figure.Met switch
        {
            true => "",
            false => "   EXPECTED " + Brief(figure.Expected),
            null => "",
        };
        switch (figure.Value)
        {
            case IReadOnlyDictionary<string, long> counts:
                Counts(start, counts, met);
                break;
            case IReadOnlyList<IReadOnlyDictionary<string, string?>> rows:
                to.WriteLine(start + Amount.Of(rows.Count, "row") + met);
                if (rows.Count > 0)
                {
                    string[] columns = [.. rows[0].Keys];
                    RowsPrinter.Print(columns, [.. rows.Select(r => columns.Select(c => r.GetValueOrDefault(c)).ToArray())], to, ink, width, "      ");
                }

                break;
            default:
                to.WriteLine(start + Brief(figure.Value) + met);
                break;
        }
    }

    private void Counts(string start, IReadOnlyDictionary<string, long> counts, string met)
    {
        KeyValuePair<string, long>[] most = [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)];
        int numbers = most.Length == 0 ? 0 : most.Max(c => Amount.Count(c.Value).Length);
        to.WriteLine(start + Amount.Of(counts.Count, "value") + met);
        foreach (KeyValuePair<string, long> count in most.Take(ValuesShown))
        {
            to.WriteLine($"      {Amount.Count(count.Value).PadLeft(numbers)}  {TextWidth.Cut(Printable.Of(count.Key), width - numbers - 8)}");
        }

        if (most.Length > ValuesShown)
        {
            to.WriteLine($"      and {Amount.Of(most.Length - ValuesShown, "more value")}; all are in --json");
        }
    }

    private static string Brief(object? value) => value switch
    {
        null => "none",
        long number => Amount.Count(number),
        IReadOnlyDictionary<string, long> counts => string.Join(", ", counts.Select(c => $"{Printable.Of(c.Key)} {Amount.Count(c.Value)}")),
        IReadOnlyList<IReadOnlyDictionary<string, string?>> rows => Amount.Of(rows.Count, "row"),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => Printable.Of(value.ToString() ?? ""),
    };
}
