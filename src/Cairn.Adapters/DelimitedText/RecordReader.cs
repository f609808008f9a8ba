using System.Buffers;
using System.Text;

namespace Cairn.Adapters.DelimitedText;

internal enum RecordOutcome
{
    Complete,

    /// <summary>The text ends before the record does.</summary>
    NeedsMore,

    /// <summary>A quote opened in it is not closed, or is closed by a quote of a later line that belongs elsewhere.</summary>
    Unclosed,
}

/// <summary>
/// Reads one record at a time with quotes, escapes, separators of any length and line ends of any kind, and writes its values, unquoted, one byte
/// apart, behind those of the records before. Slower than <see cref="FieldEnds"/>, which needs none of this.
/// </summary>
internal sealed class RecordReader
{
    private readonly byte[] separator;
    private readonly byte[]? quote;
    private readonly byte[]? escape;
    private readonly bool returnEnds;
    private readonly byte joint;
    private readonly int lookAhead;
    private readonly SearchValues<byte> unquotedStops;
    private readonly SearchValues<byte> quotedStops;

    public RecordReader(DelimitedFormat format, bool returnEnds)
    {
        separator = Encoding.UTF8.GetBytes(format.Separator);
        quote = format.Quote is null ? null : Encoding.UTF8.GetBytes(format.Quote);
        escape = format.Escape is null || format.Escape == format.Quote ? null : Encoding.UTF8.GetBytes(format.Escape);
        this.returnEnds = returnEnds;
        joint = separator is [< 128] ? separator[0] : (byte)0x1f;
        lookAhead = (quote?.Length ?? 0) + Math.Max(Math.Max(separator.Length, 2), Math.Max(quote?.Length ?? 0, escape?.Length ?? 0)) + (escape?.Length ?? 0);
        byte[] stops = returnEnds ? [separator[0], (byte)'\n', (byte)'\r'] : [separator[0], (byte)'\n'];
        unquotedStops = SearchValues.Create(escape is null ? stops : [.. stops, escape[0]]);
        quotedStops = SearchValues.Create(quote is null ? [] : escape is null ? [quote[0]] : [quote[0], escape[0]]);
    }

    /// <summary>The values of the records read, one byte apart.</summary>
    public byte[] Text = new byte[1 << 16];
    public readonly RowIndex Found = new();

    /// <summary>Bytes written to Text, fields written to Found.Ends.</summary>
    public int Length;
    public int Fields;

    /// <summary>So near the end of a text that goes on, a record is not read to its end.</summary>
    public int LookAhead => lookAhead;

    /// <summary>How many fields of the last record had text after their closing quote.</summary>
    public int TextAfterQuote;

    public void Clear()
    {
        Length = 0;
        Fields = 0;
        Found.Rows = 0;
    }

    /// <summary>Takes back what was written since.</summary>
    public void Back(int length, int fields)
    {
        Length = length;
        Fields = fields;
    }

    /// <summary>Adds blank fields to the record read last.</summary>
    public void AddBlanks(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Found.ReserveFields(Fields + 1);
            Found.Ends[Fields++] = Length;
            Put([joint]);
        }
    }

    /// <summary>Reads the record at text[at..end). Unless it is complete, nothing is written.</summary>
    /// <param name="last">Nothing comes after end.</param>
    /// <param name="next">Where the next record begins.</param>
    public RecordOutcome Read(byte[] text, int at, int end, bool last, out int next)
    {
        int length = Length;
        int fields = Fields;
        TextAfterQuote = 0;
        next = at;
        while (true)
        {
            (RecordOutcome outcome, bool ends) = quote is not null && StartsWith(text, next, end, quote)
                ? Quoted(text, ref next, end, last)
                : Unquoted(text, next, next, ref next, end, last);
            if (outcome != RecordOutcome.Complete)
            {
                Back(length, fields);
                next = at;
                return outcome;
            }

            Found.ReserveFields(Fields + 1);
            Found.Ends[Fields++] = Length;
            Put([joint]);
            if (ends)
            {
                return RecordOutcome.Complete;
            }
        }
    }

    /// <summary>A value that is taken as written from start on; its end is looked for from the place given.</summary>
    private (RecordOutcome Outcome, bool Ends) Unquoted(byte[] text, int start, int from, ref int next, int end, bool last)
    {
        int before = Length;
        while (true)
        {
            int found = text.AsSpan(from, end - from).IndexOfAny(unquotedStops);
            int stop = from + found;
            if (found < 0 || (!last && end - stop < lookAhead))
            {
                if (!last)
                {
                    // A quote may begin where the text ends.
                    Length = before;
                    return (RecordOutcome.NeedsMore, false);
                }

                if (found < 0)
                {
                    Put(text.AsSpan(start, end - start - (end > start && text[end - 1] == (byte)'\r' ? 1 : 0)));
                    next = end;
                    return (RecordOutcome.Complete, true);
                }
            }

            if (escape is not null && StartsWith(text, stop, end, escape))
            {
                int after = stop + escape.Length;
                int special = Special(text, after, end);
                Put(text.AsSpan(start, (special > 0 ? stop : after) - start));
                Put(text.AsSpan(after, special));
                start = from = after + special;
            }
            else if (LineEnd(text, stop, end) is int lineEnd and > 0)
            {
                int to = text[stop] == (byte)'\n' && stop > start && text[stop - 1] == (byte)'\r' ? stop - 1 : stop;
                Put(text.AsSpan(start, to - start));
                next = stop + lineEnd;
                return (RecordOutcome.Complete, true);
            }
            else if (StartsWith(text, stop, end, separator))
            {
                Put(text.AsSpan(start, stop - start));
                next = stop + separator.Length;
                return (RecordOutcome.Complete, false);
            }
            else
            {
                from = stop + 1;
            }
        }
    }

    private (RecordOutcome Outcome, bool Ends) Quoted(byte[] text, ref int next, int end, bool last)
    {
        int before = Length;
        int start = next;
        int at = start + quote!.Length;
        while (true)
        {
            int found = text.AsSpan(at, end - at).IndexOfAny(quotedStops);
            int stop = at + found;
            if (found < 0 || (!last && end - stop < lookAhead))
            {
                return (last ? RecordOutcome.Unclosed : RecordOutcome.NeedsMore, false);
            }

            Put(text.AsSpan(at, stop - at));
            if (escape is not null && StartsWith(text, stop, end, escape))
            {
                int special = Special(text, stop + escape.Length, end);
                at = stop + escape.Length + special;
                Put(special > 0 ? text.AsSpan(at - special, special) : escape);
                continue;
            }

            if (!StartsWith(text, stop, end, quote))
            {
                Put(text.AsSpan(stop, 1));
                at = stop + 1;
                continue;
            }

            int after = stop + quote.Length;
            if (StartsWith(text, after, end, quote))
            {
                Put(quote);
                at = after + quote.Length;
                continue;
            }

            if (after == end || (last && after + 1 == end && text[after] == (byte)'\r'))
            {
                next = end;
                return (RecordOutcome.Complete, true);
            }

            if (LineEnd(text, after, end) is int lineEnd and > 0)
            {
                next = after + lineEnd;
                return (RecordOutcome.Complete, true);
            }

            if (StartsWith(text, after, end, separator))
            {
                next = after + separator.Length;
                return (RecordOutcome.Complete, false);
            }

            if (text.AsSpan(start, stop - start).IndexOfAny((byte)'\n', returnEnds ? (byte)'\r' : (byte)'\n') >= 0)
            {
                return (RecordOutcome.Unclosed, false);
            }

            Length = before;
            TextAfterQuote++;
            return Unquoted(text, start, after, ref next, end, last);
        }
    }

    /// <summary>How many bytes a line end at this place has; 0 when there is none.</summary>
    private int LineEnd(byte[] text, int at, int end) => text[at] switch
    {
        (byte)'\n' => 1,
        (byte)'\r' when at + 1 < end && text[at + 1] == (byte)'\n' => 2,
        (byte)'\r' when returnEnds => 1,
        _ => 0,
    };

    /// <summary>How many bytes the thing has that an escape before it makes plain; 0 when it is nothing special.</summary>
    private int Special(byte[] text, int at, int end)
    {
        if (quote is not null && StartsWith(text, at, end, quote))
        {
            return quote.Length;
        }

        if (StartsWith(text, at, end, separator))
        {
            return separator.Length;
        }

        return StartsWith(text, at, end, escape!) ? escape!.Length : at < end ? LineEnd(text, at, end) : 0;
    }

    private static bool StartsWith(byte[] text, int at, int end, byte[] what) =>
        at < end && text[at] == what[0] && (what.Length == 1 || text.AsSpan(at, end - at).StartsWith(what));

    private void Put(ReadOnlySpan<byte> bytes)
    {
        if (Text.Length - Length < bytes.Length)
        {
            Array.Resize(ref Text, Math.Max(Text.Length * 2, Length + bytes.Length));
        }

        bytes.CopyTo(Text.AsSpan(Length));
        Length += bytes.Length;
    }
}
