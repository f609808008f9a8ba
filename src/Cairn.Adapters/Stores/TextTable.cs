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

    public TextTable(string path, IReadOnlyList<string> columns)
    {
        var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 64 * 1024);
        _to = path.EndsWith(".gz", StringComparison.Ordinal) ? new BufferedStream(new GZipStream(file, CompressionLevel.Fastest), 64 * 1024) : file;
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

            table._to.WriteByte((byte)'\n');
        }
    }

    public void Row(params ReadOnlySpan<string> cells)
    {
        for (int c = 0; c < cells.Length; c++)
        {
            Cell(c, Encoding.UTF8.GetBytes(cells[c]));
        }

        _to.WriteByte((byte)'\n');
    }

    public void Dispose() => _to.Dispose();

    private void Cell(int column, ReadOnlySpan<byte> text)
    {
        if (column > 0)
        {
            _to.WriteByte((byte)'\t');
        }

        if (text.IndexOfAny("\t\r\n\""u8) < 0)
        {
            _to.Write(text);
            return;
        }

        _to.WriteByte((byte)'"');
        for (int quote; (quote = text.IndexOf((byte)'"')) >= 0; text = text[(quote + 1)..])
        {
            _to.Write(text[..(quote + 1)]);
            _to.WriteByte((byte)'"');
        }

        _to.Write(text);
        _to.WriteByte((byte)'"');
    }
}
