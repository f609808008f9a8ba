using System.Text;
using Cairn.Core;

namespace Cairn.Adapters.DelimitedText;

/// <summary>
/// Turns one file's text into rows, block by block: the lines skipped, the header, then rows, by the fast scan where the text needs no more,
/// record by record where it does. Rows go to the handover; without one only the first row can be read.
/// </summary>
internal sealed partial class FileScan(TableRead table, FileText file, IReadOnlyList<string>? header, FieldEnds fields, RowHandover? handover, CancellationToken stop)
{
    /// <summary>Where a line feed is looked for, to know what ends a line.</summary>
    private const int LineEndSample = 64 << 10;

    private readonly DelimitedFormat format = table.Format;
    private RecordReader? records;

    /// <summary>The index the next fast scan writes into.</summary>
    private RowIndex? free;
    private byte[] text = [];
    private int start;
    private int end;
    private bool last;

    /// <summary>The line at which text[start] stands, from 1, and its place in the text of the file, in bytes.</summary>
    private long line = 1;
    private long position = file.MarkLength;

    private bool? returnEnds;
    private int linesToSkip = table.Format.SkipLines;
    private bool headerToCome = table.Format.Header;
    private bool dropping;

    /// <summary>The text is not a block's but a buffer that the next block changes.</summary>
    private bool ownText;
    private long scanAgainAt;

    private bool AlwaysByRecord => returnEnds == true || format.Separator.Length != 1 || format.Separator[0] >= 128;

    public void Run(TextBlocks blocks, long? storedTotal)
    {
        var unfinished = new Unfinished();
        bool holding = false;
        do
        {
            stop.ThrowIfCancellationRequested();
            TextBlock block = blocks.Take();
            table.TextBytes += block.Length;
            Join(unfinished, block.Text, block.Start, block.Length, block.Last);
            if (holding)
            {
                handover!.Then(blocks.Release);
            }

            holding = true;
            ownText = text != block.Text;
            Scan();
            unfinished.Keep(text, start, end);
            table.Watch.Progress(block.StoredDone, storedTotal);
        }
        while (!last);
        if (headerToCome)
        {
            throw Headers.Empty(file.Name);
        }
    }

    /// <summary>Reads no further than the first row (the header, if there is one) and gives its fields; null when there is no row.</summary>
    public IReadOnlyList<string>? FirstRow()
    {
        var unfinished = new Unfinished();
        var block = new TextBlock(TableRead.Headroom(format), format.BlockBytes);
        headerToCome = true;
        IReadOnlyList<string>? first = null;
        do
        {
            stop.ThrowIfCancellationRequested();
            int length = file.Bytes.Read(block.Text.AsSpan(block.Start, format.BlockBytes));
            Join(unfinished, block.Text, block.Start, length, length < format.BlockBytes);
            if (DecideLineEnds() && SkipLines())
            {
                first = NextNames();
            }

            // The block is read into again.
            text = text[start..end];
            (start, end) = (0, text.Length);
            unfinished.Keep(text, start, end);
        }
        while (first is null && !last);
        return first;
    }

    private void Join(Unfinished unfinished, byte[] block, int from, int length, bool isLast)
    {
        unfinished.Join(block, from, length, out text, out start, out end);
        last = isLast;
    }

    private void Scan()
    {
        // A row that goes on and on is not scanned anew with every block.
        if (end - start < scanAgainAt && !last)
        {
            return;
        }

        int before = start;
        if (DecideLineEnds() && SkipLines() && Header() && Drop())
        {
            Rows();
        }

        scanAgainAt = start == before ? (end - start) * 5L / 4 : 0;
    }

    private bool DecideLineEnds()
    {
        if (returnEnds is not null)
        {
            return true;
        }

        ReadOnlySpan<byte> sample = text.AsSpan(start, Math.Min(end - start, LineEndSample));
        if (sample.Contains((byte)'\n'))
        {
            returnEnds = false;
        }
        else if (last || sample.Length == LineEndSample)
        {
            returnEnds = sample.Contains((byte)'\r');
        }
        else
        {
            return false;
        }

        records = new RecordReader(format, returnEnds.Value);
        return true;
    }

    private bool SkipLines()
    {
        while (linesToSkip > 0)
        {
            int lineEnd = NextLine(start);
            if (lineEnd < 0)
            {
                if (!last)
                {
                    return false;
                }

                lineEnd = end;
                linesToSkip = 1;
            }

            Advance(lineEnd, 1);
            linesToSkip--;
        }

        return true;
    }

    private bool Header()
    {
        if (!headerToCome)
        {
            return true;
        }

        if (NextNames() is not { } names)
        {
            return false;
        }

        headerToCome = false;
        if (header is not null && Headers.Difference(header, names) is { } difference)
        {
            throw new ProblemException(new Problem("delimited/headers-differ", ProblemKind.Refused, $"{file.Name} does not have the columns of the first file: {difference}",
                new FilePlace(file.Name, (int)(line - 1)), "read files of one kind only, or give each kind a table of its own"));
        }

        return true;
    }

    /// <summary>The next record as names; null when it is not all there yet.</summary>
    private IReadOnlyList<string>? NextNames()
    {
        // Blank lines may stand before the header.
        while (start < end && NextLine(start) is int blank and > 0 && blank - start <= 2 && text.AsSpan(start, blank - start).IndexOfAnyExcept((byte)'\r', (byte)'\n') < 0)
        {
            Advance(blank, 1);
        }

        if (start == end)
        {
            return null;
        }

        records!.Clear();
        RecordOutcome outcome = records.Read(text, start, end, last, out int next);
        if (outcome == RecordOutcome.Unclosed || (outcome == RecordOutcome.NeedsMore && end - start > format.LongestRow))
        {
            throw new ProblemException(new Problem("delimited/unclosed-quote", ProblemKind.Refused, $"{file.Name}: a quote opened in the header, line {line}, is not closed",
                new FilePlace(file.Name, (int)line), "write quote: none if quotes are data in this file"));
        }

        if (outcome == RecordOutcome.NeedsMore)
        {
            return null;
        }

        var names = new string[records.Fields];
        int from = 0;
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = Encoding.UTF8.GetString(records.Text, from, records.Found.Ends[i] - from);
            from = records.Found.Ends[i] + 1;
        }

        Advance(next, Lines(start, next));
        return names;
    }

    /// <summary>Drops what is left of a row longer than allowed; true when it has ended.</summary>
    private bool Drop()
    {
        if (dropping)
        {
            int lineEnd = NextLine(start);
            dropping = lineEnd < 0;
            Advance(dropping ? end : lineEnd, dropping ? 0 : 1);
        }

        return !dropping;
    }

    /// <summary>The place behind the next line end; -1 when there is none.</summary>
    private int NextLine(int from)
    {
        ReadOnlySpan<byte> rest = text.AsSpan(from, end - from);
        if (returnEnds != true)
        {
            return rest.IndexOf((byte)'\n') is int at and >= 0 ? from + at + 1 : -1;
        }

        int found = rest.IndexOfAny((byte)'\r', (byte)'\n');
        return found < 0 ? -1 : from + found + (rest[found..] is [(byte)'\r', (byte)'\n', ..] ? 2 : 1);
    }

    /// <summary>How many lines end in a part of the text, the end of the file counted as one.</summary>
    private long Lines(int from, int to)
    {
        long lines = 0;
        while (NextLine(from) is int next and > 0 && next <= to)
        {
            lines++;
            from = next;
        }

        return Math.Max(lines, 1);
    }

    private void Advance(int to, long lines)
    {
        position += to - start;
        start = to;
        line += lines;
    }
}
