using System.Text;
using System.Text.Unicode;

namespace Cairn.Adapters.DelimitedText;

/// <content>The rows behind the header: those that are handed on, and those that are refused.</content>
internal sealed partial class FileScan
{
    private readonly List<Refusal> refusals = [];

    private void Rows()
    {
        while (start < end)
        {
            if (AlwaysByRecord || Holds(format.Quote) || Holds(format.Escape) || !Fast())
            {
                ByRecord();
            }

            // Two bytes more, which its line end may have, and those that had to be there to know it for one.
            if (end - start <= format.LongestRow + 2L + records!.LookAhead || last)
            {
                return;
            }

            // The first row is longer than allowed and has not ended.
            if (NextLine(start) is int lineEnd and > 0)
            {
                RefuseFirstLine(lineEnd);
                TellRefusals();
            }
            else
            {
                refusals.Add(TooLong(line, table.Number++, start, end));
                TellRefusals();
                dropping = true;
                Advance(end, 0);
            }
        }
    }

    private bool Holds(string? mark) => mark is not null && text.AsSpan(start, end - start).IndexOf(Encoding.UTF8.GetBytes(mark)) >= 0;

    /// <summary>Takes all whole rows of unquoted text. False, with nothing taken, when some must be filled.</summary>
    private bool Fast()
    {
        int to = end;
        if (last && text[end - 1] != (byte)'\n')
        {
            // There is room behind every text; the row that ends with the file ends like the others.
            text[to++] = (byte)'\n';
        }

        long number = table.Number;
        fields.Found = free ??= handover!.Free();
        fields.Scan(text, start, to, (byte)format.Separator[0], table.Columns, format.Ragged == Ragged.Fill, ref number);
        if (format.Ragged == Ragged.Fill && fields.Odd.Exists(row => row.Fields < table.Columns && row.Number > 0))
        {
            return false;
        }

        table.Number = number;
        foreach (OddRow row in fields.Odd)
        {
            if (row.Number == 0)
            {
                table.Note(Noted.BlankLine, file.Name, line + row.LineAt);
            }
            else if (format.Ragged == Ragged.Refuse)
            {
                long at = line + row.LineAt;
                refusals.Add(row.End - row.Start > format.LongestRow ? TooLong(at, row.Number, row.Start, row.End) : RaggedRow(at, row.Number, row.Start, row.End, row.Fields));
            }
        }

        if (!Utf8.IsValid(text.AsSpan(start, fields.Rest - start)) || fields.Rest - start > format.LongestRow)
        {
            RefuseBadRows();
        }

        foreach (OddRow row in fields.Odd)
        {
            if (format.Ragged == Ragged.Fill && row.Number > 0 && !refusals.Exists(r => r.Number == row.Number))
            {
                table.Note(Noted.Longer, file.Name, line + row.LineAt);
            }
        }

        TellRefusals();
        if (ownText)
        {
            handover!.HandAndWait(text, free);
        }
        else if (free.Rows > 0)
        {
            handover!.Hand(text, free);
            free = null;
        }

        Advance(Math.Min(fields.Rest, end), fields.Lines);
        return true;
    }

    /// <summary>Takes rows that are too long or not UTF-8 out of those found by the fast scan.</summary>
    private void RefuseBadRows()
    {
        RowIndex found = fields.Found;
        int rows = found.Rows;
        int counted = start;
        long at = line;
        found.Rows = 0;
        for (int row = 0; row < rows; row++)
        {
            int from = found.RowStarts[row];
            int first = found.FirstField[row];
            int taken = found.Ends[first + table.Columns - 1];
            int to = taken + text.AsSpan(taken, fields.Rest - taken).IndexOf((byte)'\n');
            to -= to > taken && text[to - 1] == (byte)'\r' ? 1 : 0;
            bool tooLong = to - from > format.LongestRow;
            if (!tooLong && Utf8.IsValid(text.AsSpan(from, taken - from)))
            {
                found.Add(first, from, found.Numbers[row]);
                continue;
            }

            at += text.AsSpan(counted, from - counted).Count((byte)'\n');
            counted = from;
            refusals.Add(tooLong ? TooLong(at, found.Numbers[row], from, to) : InvalidText(at, found.Numbers[row], from, to));
        }
    }

    private void ByRecord()
    {
        RecordReader reader = records!;
        reader.Clear();
        bool valid = Utf8.IsValid(text.AsSpan(start, end - start));
        while (start < end)
        {
            int from = reader.Length;
            int firstField = reader.Fields;
            RecordOutcome outcome = reader.Read(text, start, end, last, out int next);
            if (outcome == RecordOutcome.NeedsMore)
            {
                break;
            }

            int rowEnd = next - LineEndBefore(next);
            if (outcome == RecordOutcome.Unclosed || (rowEnd - start > format.LongestRow && NextLine(start) < next))
            {
                reader.Back(from, firstField);
                int lineEnd = NextLine(start);
                RefuseFirstLine(lineEnd < 0 ? end : lineEnd);
                continue;
            }

            TakeRecord(reader, from, firstField, next, rowEnd, valid);
            if (reader.Length > format.BlockBytes)
            {
                Hand(reader);
            }
        }

        Hand(reader);
    }

    private void TakeRecord(RecordReader reader, int from, int firstField, int next, int to, bool valid)
    {
        int count = reader.Fields - firstField;
        long lines = Lines(start, next);
        if (count == 1 && reader.Length == from + 1 && table.Columns > 1 && text[start] is (byte)'\r' or (byte)'\n')
        {
            reader.Back(from, firstField);
            table.Note(Noted.BlankLine, file.Name, line);
            Advance(next, lines);
            return;
        }

        long number = table.Number++;
        Refusal? refusal = to - start > format.LongestRow ? TooLong(line, number, start, to)
            : count != table.Columns && format.Ragged == Ragged.Refuse ? RaggedRow(line, number, start, to, count)
            : !valid && !ValuesValid(reader, from, firstField, count) ? InvalidText(line, number, start, to)
            : null;
        if (refusal is not null)
        {
            refusals.Add(refusal.Value);
            reader.Back(from, firstField);
        }
        else
        {
            if (count < table.Columns)
            {
                reader.AddBlanks(table.Columns - count);
                table.Filled++;
                table.Note(Noted.Filled, file.Name, line);
            }
            else if (count > table.Columns)
            {
                table.Note(Noted.Longer, file.Name, line);
            }

            for (int i = 0; i < reader.TextAfterQuote; i++)
            {
                table.Note(Noted.TextAfterQuote, file.Name, line);
            }

            reader.Found.ReserveRows(reader.Found.Rows + 1);
            reader.Found.Add(firstField, from, number);
        }

        Advance(next, lines);
    }

    private void Hand(RecordReader reader)
    {
        TellRefusals();
        if (reader.Found.Rows > 0)
        {
            handover!.HandAndWait(reader.Text, reader.Found);
        }

        reader.Clear();
    }

    private bool ValuesValid(RecordReader reader, int from, int firstField, int count) =>
        Utf8.IsValid(reader.Text.AsSpan(from, reader.Found.Ends[firstField + Math.Min(count, table.Columns) - 1] - from));

    /// <summary>
    /// The first line of a record whose quote is not closed (or not within the longest row) is refused; reading goes on with the next line, so that a stray
    /// quote costs a line and not what follows it.
    /// </summary>
    private void RefuseFirstLine(int lineEnd)
    {
        int to = lineEnd - LineEndBefore(lineEnd);
        refusals.Add(to - start > format.LongestRow ? TooLong(line, table.Number++, start, to)
            : new Refusal(line, table.Number++, "delimited/unclosed-quote", "a quote opened in this line is not closed", start, to));
        Advance(lineEnd, 1);
    }

    /// <summary>How many bytes of line end stand before this place.</summary>
    private int LineEndBefore(int at)
    {
        int bytes = at > start && text[at - 1] is (byte)'\n' || (at > start && text[at - 1] == (byte)'\r' && (returnEnds == true || at == end)) ? 1 : 0;
        return bytes == 1 && at - 2 >= start && text[at - 1] == (byte)'\n' && text[at - 2] == (byte)'\r' ? 2 : bytes;
    }

    private Refusal TooLong(long at, long number, int from, int to) =>
        new(at, number, "delimited/row-too-long", $"is longer than {format.LongestRow:N0} bytes", from, to);

    private Refusal RaggedRow(long at, long number, int from, int to, int count) =>
        new(at, number, "delimited/ragged-row", $"has {count} {(count == 1 ? "field" : "fields")}, the {(format.Header ? "header" : "table")} has {table.Columns}", from, to);

    private Refusal InvalidText(long at, long number, int from, int to)
    {
        // A byte that could not be decoded from another encoding was made FF by the transcoder.
        int bad = from + Transcoder.FirstInvalid(text.AsSpan(from, to - from));
        return file.Encoding is UTF8Encoding
            ? new(at, number, "delimited/invalid-utf8", $"is not UTF-8 at byte {position + bad - start} of the text ({text[bad]:X2}), byte {bad - from + 1} of the row", from, to)
            : new(at, number, "delimited/undecodable", $"is not {file.Encoding.WebName} after character {Encoding.UTF8.GetCharCount(text, from, bad - from)} of the row", from, to);
    }

    private void TellRefusals()
    {
        if (refusals.Count > 0)
        {
            refusals.Sort((a, b) => a.Line.CompareTo(b.Line));
            foreach (Refusal refusal in refusals)
            {
                table.Refuse(file.Name, refusal.Line, refusal.Number, refusal.Code, refusal.Reason, text.AsSpan(refusal.Start, refusal.End - refusal.Start));
            }

            refusals.Clear();
        }
    }

    private readonly record struct Refusal(long Line, long Number, string Code, string Reason, int Start, int End);
}
