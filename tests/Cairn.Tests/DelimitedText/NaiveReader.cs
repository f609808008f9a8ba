using System.Text;
using Cairn.Adapters.DelimitedText;

namespace Cairn.Tests.DelimitedText;

/// <summary>
/// The reader of delimited text as one would write it from the description of <see cref="DelimitedFormat"/>: over characters, the whole text at once,
/// one state after the other. The engine is held to it.
/// </summary>
internal sealed class NaiveReader(string text, DelimitedFormat format, int columns)
{
    /// <summary>Stands in the text for a byte that UTF-8 does not have.</summary>
    public const char Invalid = '\ue000';

    private readonly bool returnEnds = !text.Contains('\n') && text.Contains('\r');
    private int at;
    private long line = 1;

    public List<(long Number, string Cells)> Rows { get; } = [];
    public List<(long Number, long Line, string Code)> Refused { get; } = [];
    public long Filled { get; private set; }

    public NaiveReader Run()
    {
        long number = 1;
        while (at < text.Length)
        {
            int start = at;
            long startLine = line;
            List<string>? fields = Record();
            int firstLineEnd = start;
            while (firstLineEnd < text.Length && LineEnd(firstLineEnd) == 0)
            {
                firstLineEnd++;
            }

            int nextLine = firstLineEnd + (firstLineEnd < text.Length ? LineEnd(firstLineEnd) : 0);
            if (fields is null || (Bytes(start, at) > format.LongestRow && nextLine < at))
            {
                // An unclosed quote, or one closed too late: its first line alone is refused.
                at = nextLine;
                line = startLine + 1;
                Refused.Add((number++, startLine, Bytes(start, at) > format.LongestRow ? "delimited/row-too-long" : "delimited/unclosed-quote"));
                continue;
            }

            bool tooLong = Bytes(start, at) > format.LongestRow;

            for (int i = start; i < at; i++)
            {
                int ended = LineEnd(i);
                line += ended > 0 ? 1 : 0;
                i += Math.Max(0, ended - 1);
            }

            bool blank = columns > 1 && fields.Count == 1 && fields[0].Length == 0 && text[start] is '\r' or '\n';
            if (blank && columns > 1)
            {
                continue;
            }

            string? refusal = tooLong ? "delimited/row-too-long"
                : fields.Count != columns && format.Ragged == Ragged.Refuse ? "delimited/ragged-row"
                : fields.Take(columns).Any(f => f.Contains(Invalid)) ? "delimited/invalid-utf8" : null;
            if (refusal is not null)
            {
                Refused.Add((number++, startLine, refusal));
                continue;
            }

            if (fields.Count < columns)
            {
                Filled++;
                fields.AddRange(Enumerable.Repeat("", columns - fields.Count));
            }

            Rows.Add((number++, string.Join('\u2021', fields.Take(columns))));
        }

        return this;
    }

    /// <summary>Bytes of a row without its line end.</summary>
    private int Bytes(int from, int to)
    {
        if (to > from && text[to - 1] == '\n')
        {
            to -= to - 2 >= from && text[to - 2] == '\r' ? 2 : 1;
        }
        else if (to > from && text[to - 1] == '\r' && (returnEnds || to == text.Length))
        {
            to--;
        }

        return BytesOf(text[from..to]).Length;
    }

    public static byte[] BytesOf(string text)
    {
        string[] parts = text.Split(Invalid);
        return [.. parts.SelectMany((p, i) => i == 0 ? Encoding.UTF8.GetBytes(p) : [0xff, .. Encoding.UTF8.GetBytes(p)])];
    }

    private List<string>? Record()
    {
        var fields = new List<string>();
        while (true)
        {
            bool? ends = format.Quote is not null && At(at, format.Quote) ? Quoted(fields) : Plain(fields, at, at);
            if (ends is null)
            {
                return null;
            }

            if (ends.Value)
            {
                return fields;
            }
        }
    }

    private bool Plain(List<string> fields, int start, int from)
    {
        var value = new StringBuilder(text[start..from]);
        int i = from;
        while (true)
        {
            if (i == text.Length)
            {
                string last = value.ToString();
                fields.Add(last.EndsWith('\r') && i > start ? last[..^1] : last);
                at = i;
                return true;
            }

            if (format.Escape is { } escape && At(i, escape))
            {
                int special = Special(i + escape.Length);
                value.Append(special > 0 ? "" : escape).Append(text, i + escape.Length, special);
                i += escape.Length + special;
                start = special > 0 ? i : start;
            }
            else if (LineEnd(i) is int end and > 0)
            {
                fields.Add(value.ToString());
                at = i + end;
                return true;
            }
            else if (At(i, format.Separator))
            {
                fields.Add(value.ToString());
                at = i + format.Separator.Length;
                return false;
            }
            else
            {
                value.Append(text[i++]);
            }
        }
    }

    private bool? Quoted(List<string> fields)
    {
        int start = at;
        var value = new StringBuilder();
        int i = at + format.Quote!.Length;
        while (i < text.Length)
        {
            if (format.Escape is { } escape && escape != format.Quote && At(i, escape))
            {
                int special = Special(i + escape.Length);
                value.Append(special > 0 ? text.Substring(i + escape.Length, special) : escape);
                i += escape.Length + special;
                continue;
            }

            if (!At(i, format.Quote))
            {
                value.Append(text[i++]);
                continue;
            }

            int after = i + format.Quote.Length;
            if (At(after, format.Quote))
            {
                value.Append(format.Quote);
                i = after + format.Quote.Length;
                continue;
            }

            if (after == text.Length || (after == text.Length - 1 && text[after] == '\r') || LineEnd(after) > 0 || At(after, format.Separator))
            {
                bool ends = !(At(after, format.Separator) && after < text.Length);
                fields.Add(value.ToString());
                at = after == text.Length ? after : ends ? after + Math.Max(1, LineEnd(after)) : after + format.Separator.Length;
                return ends;
            }

            return text[start..i].AsSpan().IndexOfAny('\n', returnEnds ? '\r' : '\n') >= 0 ? null : Plain(fields, start, after);
        }

        return null;
    }

    private int LineEnd(int i) => text[i] == '\n' ? 1 : text[i] != '\r' ? 0 : i + 1 < text.Length && text[i + 1] == '\n' ? 2 : returnEnds ? 1 : 0;

    private int Special(int i) => i >= text.Length ? 0
        : format.Quote is not null && At(i, format.Quote) ? format.Quote.Length
        : At(i, format.Separator) ? format.Separator.Length
        : At(i, format.Escape!) ? format.Escape!.Length : LineEnd(i);

    private bool At(int i, string what) => i < text.Length && string.CompareOrdinal(text, i, what, 0, what.Length) == 0;
}
