using System.Text;
using Cairn.Core;
using Cairn.Core.Flows;

namespace Cairn.Adapters.DelimitedText;

/// <summary>When values are put into quotes.</summary>
public enum Quoting
{
    /// <summary>Never: a value with the separator or a line end in it cannot be written, and is a problem.</summary>
    None,

    /// <summary>When a value holds the separator, a quote or a line end, or is all there is in its line and blank.</summary>
    Needed,

    /// <summary>Every value that is not blank.</summary>
    Always,
}

/// <summary>How delimited text is written.</summary>
public sealed record DelimitedOutput
{
    public string Separator { get; init; } = "\t";
    public Quoting Quoting { get; init; }
    public string Quote { get; init; } = "\"";
    public bool Header { get; init; } = true;
    public string LineEnd { get; init; } = "\n";

    /// <summary>Of UTF-16 and UTF-32 the byte-order mark is written too.</summary>
    public Encoding Encoding { get; init; } = new UTF8Encoding(false);
}

/// <summary>
/// Writes rows as delimited text. A blank is an empty cell. Values that the form cannot hold are collected and told at the end, all of them counted.
/// </summary>
public sealed class DelimitedWriter
{
    private const int Listed = 10;
    private const int BufferBytes = 256 << 10;

    private readonly Stream stream;
    private readonly DelimitedOutput output;
    private readonly string table;
    private readonly IReadOnlyList<TableColumn> columns;
    private readonly byte[] separator;
    private readonly byte[] quote;
    private readonly byte[] lineEnd;
    private readonly System.Buffers.SearchValues<byte> special;
    private readonly Encoding? encoding;
    private readonly List<string> unwritable = [];
    private byte[] buffer = new byte[BufferBytes + 1024];
    private int length;
    private long unwritableCount;

    public DelimitedWriter(Stream stream, DelimitedOutput output, string table, IReadOnlyList<TableColumn> columns)
    {
        this.stream = stream;
        this.output = output;
        this.table = table;
        this.columns = columns;
        separator = Encoding.UTF8.GetBytes(output.Separator);
        quote = output.Quoting == Quoting.None ? [] : Encoding.UTF8.GetBytes(output.Quote);
        lineEnd = Encoding.UTF8.GetBytes(output.LineEnd);
        special = System.Buffers.SearchValues.Create([separator[0], (byte)'\n', (byte)'\r', .. quote.Take(1)]);
        if (output.Encoding is not UTF8Encoding)
        {
            encoding = (Encoding)output.Encoding.Clone();
            encoding.EncoderFallback = EncoderFallback.ExceptionFallback;
            stream.Write(encoding.GetPreamble());
        }

        if (output.Header)
        {
            for (int i = 0; i < columns.Count; i++)
            {
                Cell(i, Encoding.UTF8.GetBytes(columns[i].Name));
            }
        }
    }

    /// <summary>Rows written, the header not counted.</summary>
    public long Rows { get; private set; }

    /// <summary>Writes all rows. What the stream throws is passed on.</summary>
    public void Write(IRowReader rows, CancellationToken stop)
    {
        while (rows.Next())
        {
            if ((Rows++ & 1023) == 0)
            {
                stop.ThrowIfCancellationRequested();
            }

            for (int i = 0; i < columns.Count; i++)
            {
                Cell(i, rows.Text(i));
            }
        }
    }

    /// <summary>Hands on what is still in the buffer. Throws <see cref="ProblemException"/> when values could not be written.</summary>
    public void End()
    {
        Drain();
        if (unwritableCount > 0)
        {
            throw new ProblemException(new Problem("write/values-do-not-fit", ProblemKind.Refused,
                $"{unwritableCount:N0} {(unwritableCount == 1 ? "value" : "values")} of {table} cannot be written as {Form()}; nothing was written", new RowPlace(table),
                encoding is null ? "write quote: '\"', or take these characters out with replace()" : "write encoding: utf-8")
            {
                Details = unwritableCount > Listed ? [.. unwritable, $"and {unwritableCount - Listed:N0} more"] : [.. unwritable],
            });
        }
    }

    private string Form() => encoding is null ? "text without quotes" : output.Quoting == Quoting.None ? $"{encoding.WebName} text without quotes" : $"{encoding.WebName} text";

    private void Cell(int column, ReadOnlySpan<byte> value)
    {
        if (column > 0)
        {
            Put(separator);
        }

        bool marked = value.IndexOfAny(special) >= 0 && NeedsQuotes(value);
        if (marked && output.Quoting == Quoting.None)
        {
            Unwritable(column, "holds the delimiter or a line break");
        }
        else if (marked || (output.Quoting == Quoting.Always && !value.IsEmpty) || (columns.Count == 1 && value.IsEmpty && output.Quoting != Quoting.None))
        {
            Quoted(value);
        }
        else
        {
            Put(value);
        }

        if (column == columns.Count - 1)
        {
            Put(lineEnd);
            if (length >= BufferBytes || encoding is not null)
            {
                Drain();
            }
        }
    }

    private bool NeedsQuotes(ReadOnlySpan<byte> value) => value.IndexOfAny((byte)'\n', (byte)'\r') >= 0 || value.IndexOf(separator) >= 0 || (quote.Length > 0 && value.IndexOf(quote) >= 0);

    private void Quoted(ReadOnlySpan<byte> value)
    {
        Put(quote);
        while (value.IndexOf(quote) is int at and >= 0)
        {
            Put(value[..(at + quote.Length)]);
            Put(quote);
            value = value[(at + quote.Length)..];
        }

        Put(value);
        Put(quote);
    }

    private void Unwritable(int column, string why)
    {
        if (unwritableCount++ < Listed)
        {
            unwritable.Add(column < 0 ? $"row {Rows}: {why}" : $"row {Rows}, {columns[column].Name}: {why}");
        }
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        if (buffer.Length - length < bytes.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + bytes.Length));
        }

        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    private void Drain()
    {
        ReadOnlySpan<byte> text = buffer.AsSpan(0, length);
        length = 0;
        if (encoding is null)
        {
            stream.Write(text);
            return;
        }

        try
        {
            stream.Write(encoding.GetBytes(Encoding.UTF8.GetString(text)));
        }
        catch (EncoderFallbackException e)
        {
            string character = e.CharUnknownHigh != '\0' ? $"{e.CharUnknownHigh}{e.CharUnknownLow}" : e.CharUnknown.ToString();
            Unwritable(-1, $"holds `{character}`, which {encoding.WebName} does not have");
        }
    }
}
