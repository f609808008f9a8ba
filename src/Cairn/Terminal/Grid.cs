namespace Cairn.Terminal;

/// <summary>
/// Rows in aligned columns. A header that begins with <c>&gt;</c> aligns its column to the right. The last column is wrapped to fit the width;
/// other columns are cut when the width leaves no room.
/// </summary>
internal sealed class Grid(params string[] headers)
{
    private const string Gap = "  ";
    private readonly List<string[]> _rows = [];
    private readonly bool[] _right = [.. headers.Select(h => h.StartsWith('>'))];
    private readonly string[] _headers = [.. headers.Select(h => h.TrimStart('>'))];

    public string Indent { get; init; } = "";

    /// <summary>Columns whose text is cut in the middle (paths), by index.</summary>
    public IReadOnlyList<int> Paths { get; init; } = [];

    /// <summary>The last column is cut, not wrapped.</summary>
    public bool CutLast { get; init; }
    public int Count => _rows.Count;

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(Printable.Of)]);

    public void Print(TextWriter to, Ink ink, int width)
    {
        int[] widths = Fit(width - Indent.Length);
        if (_headers.Any(h => h.Length > 0))
        {
            to.WriteLine(ink.Faint(Line(_headers, widths)));
        }

        foreach (string[] row in _rows)
        {
            Row(to, row, widths);
        }
    }

    private void Row(TextWriter to, string[] row, int[] widths)
    {
        int last = widths.Length - 1;
        if (CutLast || _right[last])
        {
            to.WriteLine(Line(row, widths));
            return;
        }

        string[] cells = [.. row];
        foreach (string line in HelpPrinter.Wrap(row[last], widths[last]))
        {
            cells[last] = line;
            to.WriteLine(Line(cells, widths));
            Array.Fill(cells, "", 0, last);
        }
    }

    private string Line(string[] cells, int[] widths)
    {
        var padded = new string[widths.Length];
        for (int i = 0; i < widths.Length; i++)
        {
            string cell = i == widths.Length - 1 && !CutLast ? cells[i] : Paths.Contains(i) ? TextWidth.CutMiddle(cells[i], widths[i]) : TextWidth.Cut(cells[i], widths[i]);
            padded[i] = _right[i] ? TextWidth.PadLeft(cell, widths[i]) : TextWidth.PadRight(cell, widths[i]);
        }

        return (Indent + string.Join(Gap, padded)).TrimEnd();
    }

    private int[] Fit(int width)
    {
        int[] widths = [.. _headers.Select((h, i) => Math.Max(TextWidth.Of(h), _rows.Count == 0 ? 0 : _rows.Max(r => TextWidth.Of(r[i]))))];
        int over = widths.Sum() + (Gap.Length * (widths.Length - 1)) - width;
        while (over > 0)
        {
            // Numbers are never cut: half a number is a wrong number.
            int widest = Enumerable.Range(0, widths.Length).Where(i => !_right[i]).DefaultIfEmpty(-1).MaxBy(i => i < 0 ? 0 : widths[i]);
            if (widest < 0 || widths[widest] <= 8)
            {
                break;
            }

            int less = Math.Min(over, Math.Max(1, widths[widest] / 8));
            widths[widest] -= less;
            over -= less;
        }

        return widths;
    }
}
