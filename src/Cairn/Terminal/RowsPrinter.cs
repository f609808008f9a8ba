using Cairn.Core.Tables;

namespace Cairn.Terminal;

/// <summary>Some rows of a table, as many columns as fit; cells are cut, never dropped without a word. A blank cell stays blank.</summary>
internal static class RowsPrinter
{
    /// <summary>Rows beside each other where a line is a column.</summary>
    public const int RowsAbreast = 3;
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

    /// <summary>
    /// Rows with their numbers: a table when its columns fit; else, for a first look at a wide one, a line for each column with the values of the
    /// first rows beside it.
    /// </summary>
    public static void PrintNumbered(IReadOnlyList<string> columns, IReadOnlyList<SampledRow> rows, TextWriter to, Ink ink, int width)
    {
        if (Fits(columns, rows, width))
        {
            Print(["row", .. columns], [.. rows.Select(r => (IReadOnlyList<string?>)[Amount.Count(r.Number), .. r.Cells])], to, ink, width, "");
            return;
        }

        bool first = true;
        foreach (SampledRow[] few in rows.Chunk(RowsAbreast))
        {
            if (!first)
            {
                to.WriteLine();
            }

            first = false;
            var grid = new Grid(["column", .. few.Select(r => $"row {Amount.Count(r.Number)}")]) { CutLast = true };
            for (int i = 0; i < columns.Count; i++)
            {
                grid.Add([columns[i], .. few.Select(r => r.Cells[i] ?? "")]);
            }

            grid.Print(to, ink, width);
        }
    }

    /// <summary>Do the rows, with their numbers, stand side by side in this width?</summary>
    public static bool Fits(IReadOnlyList<string> columns, IReadOnlyList<SampledRow> rows, int width)
    {
        const int NumberColumn = 8;
        return NumberColumn + columns.Select((c, i) => Math.Min(WidestCell, rows.Select(r => TextWidth.Of(r.Cells[i] ?? "")).Append(TextWidth.Of(c)).Max()) + Gap.Length).Sum() <= width;
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
