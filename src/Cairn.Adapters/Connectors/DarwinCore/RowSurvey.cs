using Cairn.Core;
using Cairn.Core.Flows;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>
/// Reads the tables once before they are written: whether a file needs quotes decides how all of its rows are written, and the ids tell whether the
/// archive holds together.
/// </summary>
internal static class RowSurvey
{
    private static readonly System.Buffers.SearchValues<byte> NeedQuotes = System.Buffers.SearchValues.Create("\t\r\n"u8);

    public static List<Problem> Of(IReadOnlyList<WrittenTable> tables, CancellationToken stop)
    {
        var findings = new List<Problem>();
        var ids = new RowIds();
        foreach (WrittenTable table in tables)
        {
            Survey(table, ids, tables.Count > 1, findings, stop);
            if (table.Role == ArchiveTableRole.Core && tables.Count > 1)
            {
                ids.Seal();
                Tell(table, ids.Blank, "darwin-core/id-blank", "without an id, to which no extension row can belong", [], findings);
                Tell(table, ids.Repeated, "darwin-core/id-repeated", "whose id an earlier row has; the text guide asks for unique ids", [], findings);
            }
        }

        return findings;
    }

    private static void Survey(WrittenTable table, RowIds ids, bool tied, List<Problem> findings, CancellationToken stop)
    {
        using IRowReader rows = table.Rows.Open(stop);
        int columns = table.Rows.Columns.Count;
        long blank = 0;
        long orphans = 0;
        var first = new List<string>();
        for (long row = 1; rows.Next(); row++)
        {
            if ((row & 1023) == 0)
            {
                stop.ThrowIfCancellationRequested();
            }

            for (int c = 0; c < columns && !table.Quoted; c++)
            {
                // A line that holds nothing is no row to any reader, so a blank alone needs quotes too.
                ReadOnlySpan<byte> value = rows.Text(c);
                table.Quoted = value.IndexOfAny(NeedQuotes) >= 0 || (columns == 1 && value.IsEmpty);
            }

            if (!tied || table.IdColumn is not { } id)
            {
                continue;
            }

            ReadOnlySpan<byte> text = rows.Text(id);
            if (table.Role == ArchiveTableRole.Core)
            {
                ids.Add(text);
            }
            else if (text.IsEmpty)
            {
                blank++;
            }
            else if (!ids.Contains(text) && orphans++ < 5)
            {
                first.Add($"row {row}: {System.Text.Encoding.UTF8.GetString(text)}");
            }
        }

        Tell(table, blank, "darwin-core/coreid-blank", "that name no core row", [], findings);
        Tell(table, orphans, "darwin-core/orphans", "whose core row is not in the archive", first, findings);
    }

    private static void Tell(WrittenTable table, long count, string code, string what, List<string> details, List<Problem> findings)
    {
        if (count > 0)
        {
            findings.Add(new Problem(code, ProblemKind.Finding, $"{table.Name}: {(count == 1 ? "1 row" : $"{count:N0} rows")} {what}", new RowPlace(table.Name)) { Details = details });
        }
    }
}
