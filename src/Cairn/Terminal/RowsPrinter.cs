namespace Cairn.Terminal;

/// <summary>Some rows of a table, as many columns as fit; cells are cut, never dropped without a word. A blank cell stays blank.</summary>
internal static class RowsPrinter
{
    private const int WidestCell = 24;
    private const string Gap = "  ";

    public static void Print(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string?>> rows, TextWriter to, Ink ink, int width, string indent)
    {
        string[] names = [.. columns.Select(Printable.Of)];
        string[][] cells = [.. rows.Select(r => r.Select(c => Printable.Of(c ?? "")).ToArray())];
        int[] widths = [.. names.Select((name, i) => Math.Min(WidestCell, cells.Select(r => TextWidth.Of(r[i])).Append(TextWidth.Of(name)).Max()))];
        int fit = Fitting(widths, width - indent.Length, out bool all);
        to.WriteLine(ink.Faint(Line(names, widths, fit, indent)));
        foreach (string[] row in cells)
        {
            to.WriteLine(Line(row, widths, fit, indent));
        }

        if (!all)
        {
            string rest = $"and {Amount.Of(columns.Count - fit, "more column")}: {string.Join(", ", names.Skip(fit))}";
            foreach (string line in HelpPrinter.Wrap(rest, width - indent.Length))
            {
                to.WriteLine(ink.Faint(indent + line));
            }
        }
    }

    private static int Fitting(int[] widths, int width, out bool all)
    {
        int used = 0;
        for (int i = 0; i < widths.Length; i++)
        {
            used += widths[i] + (i == 0 ? 0 : Gap.Length);
            if (used > width && i > 0)
            {
                all = false;
                return i;
            }
        }

        all = true;
        return widths.Length;
    }

    private static string Line(string[] cells, int[] widths, int fit, string indent) =>
        (indent + string.Join(Gap, Enumerable.Range(0, fit).Select(i => TextWidth.PadRight(TextWidth.Cut(cells[i], widths[i]), widths[i])))).TrimEnd();
}
