using System.Text;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Tables;

namespace Cairn.Adapters.DelimitedText;

/// <summary>What the files of one table share while it is read: the running row number, the counters, what was met.</summary>
internal sealed class TableRead(string table, DelimitedFormat format, int columns, Action<RowBatch> rows, IReadWatch watch)
{
    public const int Listed = 5;

    private readonly RowBatch batch = new() { Columns = columns, RowBytesIdentify = format.Quote is null && format.Escape is null && format.Separator.Length == 1 && format.Separator[0] < 128 };
    private readonly SortedDictionary<string, Seen> seen = new(StringComparer.Ordinal);

    /// <summary>Room before each block for a row left unfinished by the block before.</summary>
    public static int Headroom(DelimitedFormat format) => Math.Max(format.BlockBytes / 8, 1);

    public DelimitedFormat Format => format;
    public int Columns => columns;
    public string Table => table;
    public IReadWatch Watch => watch;

    /// <summary>The number of the next row.</summary>
    public long Number = 1;
    public long Refusals;
    public long Filled;
    public long TextBytes;

    /// <summary>Hands rows on to whoever takes them; on the taker's thread.</summary>
    public void Take(byte[] text, RowIndex found)
    {
        if (found.Rows == 0)
        {
            return;
        }

        batch.Text = text;
        batch.Ends = found.Ends;
        batch.FirstField = found.FirstField;
        batch.RowStarts = found.RowStarts;
        batch.Numbers = found.Numbers;
        batch.Rows = found.Rows;
        rows(batch);
    }

    public void Refuse(string file, long line, long number, string code, string reason, ReadOnlySpan<byte> text)
    {
        Refusals++;
        watch.Refused(new RefusedRow(table, file, line, number, code, reason, Beginning(text)));
    }

    /// <summary>Something that happened to a row that was taken all the same, or to a line that holds none.</summary>
    public void Note(string code, string file, long line)
    {
        if (!seen.TryGetValue(code, out Seen? met))
        {
            seen.Add(code, met = new Seen());
        }

        met.Count++;
        if (met.First.Count < Listed)
        {
            met.First.Add(new FilePlace(file, line > int.MaxValue ? int.MaxValue : (int)line));
        }
    }

    /// <summary>One finding for each kind of thing that was noted, with its first places.</summary>
    public IEnumerable<Problem> Findings() => seen.Select(pair => new Problem(pair.Key, ProblemKind.Finding, Words(pair.Key, pair.Value.Count), pair.Value.First[0])
    {
        Details = [.. pair.Value.First.Select(p => p.ToString()), .. pair.Value.Count > pair.Value.First.Count ? (string[])[$"and {pair.Value.Count - pair.Value.First.Count} more"] : []],
    });

    private string Words(string code, long count) => code switch
    {
        Noted.BlankLine => count == 1 ? $"{table}: a blank line was skipped" : $"{table}: {count} blank lines were skipped",
        Noted.Filled => $"{table}: {Rows(count)} fewer than {columns} fields; what is missing was filled with blanks",
        Noted.Longer => $"{table}: {Rows(count)} more than {columns} fields; those too many were left out",
        Noted.TextAfterQuote => $"{table}: {(count == 1 ? "a field has" : $"{count} fields have")} text after the closing quote; taken as written, with the quotes",
        _ => throw new InvalidOperationException(code),
    };

    private static string Rows(long count) => count == 1 ? "a row has" : $"{count} rows have";

    private static string Beginning(ReadOnlySpan<byte> text)
    {
        string start = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 800)]);
        return start.Length <= 200 ? start : start[..(char.IsHighSurrogate(start[199]) ? 199 : 200)];
    }

    private sealed class Seen
    {
        public long Count;
        public readonly List<FilePlace> First = [];
    }
}

/// <summary>The codes of things noted.</summary>
internal static class Noted
{
    public const string BlankLine = "delimited/blank-lines";
    public const string Filled = "delimited/short-rows-filled";
    public const string Longer = "delimited/long-rows-cut";
    public const string TextAfterQuote = "delimited/text-after-quote";
}
