using System.IO.Compression;
using System.Text;
using Cairn.Core.Flows;

namespace Cairn.Adapters.Stores;

/// <summary>
/// A tab-separated table of a run's folder: a header line, then a line each row. A cell with a tab, a line break or a quote stands in quotes, with
/// its quotes doubled (RFC 4180, with tabs for commas).
/// </summary>
internal sealed class TextTable : IDisposable
{
    /// <summary>From this many cells on, a table is compressed.</summary>
    private const long Many = 500_000;
    private readonly Stream _to;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _used;

    public TextTable(string path, IReadOnlyList<string> columns)
    {
        var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        _to = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        Row([.. columns]);
    }

    /// <summary>Writes a whole table, as <c>.gz</c> when it is large.</summary>
    public static void WriteAll(string path, ITableRows rows)
    {
        bool large = rows.Count > Many / Math.Max(1, rows.Columns.Count);
        using var table = new TextTable(large ? path + ".gz" : path, [.. rows.Columns.Select(c => c.Name)]);
        using IRowReader reader = rows.Open(CancellationToken.None);
        while (reader.Next())
        {
            for (int c = 0; c < rows.Columns.Count; c++)
            {
                table.Cell(c, reader.Text(c));
            }

            table.Put((byte)'\n');
        }
    }

    public void Row(params ReadOnlySpan<string> cells)
    {
        for (int c = 0; c < cells.Length; c++)
        {
            Cell(c, Encoding.UTF8.GetBytes(cells[c]));
        }

        Put((byte)'\n');
    }

    public void Dispose()
    {
        try
        {
            Flush();
        }
        finally
        {
            _to.Dispose();
        }
    }

    private void Cell(int column, ReadOnlySpan<byte> text)
    {
        if (column > 0)
        {
            Put((byte)'\t');
        }

        if (text.IndexOfAny("\t\r\n\""u8) < 0)
        {
            Put(text);
            return;
        }

        Put((byte)'"');
        for (int quote; (quote = text.IndexOf((byte)'"')) >= 0; text = text[(quote + 1)..])
        {
            Put(text[..(quote + 1)]);
            Put((byte)'"');
        }

        Put(text);
        Put((byte)'"');
    }

    // A stream's own calls cost more than the few bytes of a cell; tables may have millions.
    private void Put(byte one)
    {
        if (_used == _buffer.Length)
        {
            Flush();
        }

        _buffer[_used++] = one;
    }

    private void Put(ReadOnlySpan<byte> text)
    {
        if (text.Length > _buffer.Length - _used)
        {
            Flush();
        }

        if (text.Length > _buffer.Length)
        {
            _to.Write(text);
            return;
        }

        text.CopyTo(_buffer.AsSpan(_used));
        _used += text.Length;
    }

    private void Flush()
    {
        _to.Write(_buffer, 0, _used);
        _used = 0;
    }
}
