using System.IO.Compression;
using System.Text;

namespace Cairn.Adapters.Stores;

/// <summary>Reads what <see cref="TextTable"/> wrote, row by row.</summary>
internal sealed class TextTableReader : IDisposable
{
    private readonly StreamReader _from;

    public TextTableReader(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 64 * 1024);
        _from = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file, Encoding.UTF8);
        Columns = Next() ?? [];
    }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>The table of this name in a folder, compressed or not; null when there is none.</summary>
    public static string? PathOf(string folder, string name)
    {
        string path = Path.Combine(folder, FileNames.Safe(name, 80) + ".tsv");
        return File.Exists(path) ? path : File.Exists(path + ".gz") ? path + ".gz" : null;
    }

    /// <summary>Null at the end.</summary>
    public IReadOnlyList<string>? Next()
    {
        int c = _from.Read();
        if (c < 0)
        {
            return null;
        }

        var cells = new List<string>();
        var cell = new StringBuilder();
        for (bool quoted = false; c >= 0; c = _from.Read())
        {
            if (c == '"')
            {
                // A doubled quote inside quotes is one; any other opens or closes them.
                if (quoted && _from.Peek() == '"')
                {
                    cell.Append((char)_from.Read());
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (c == '\t' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (c == '\n' && !quoted)
            {
                break;
            }
            else
            {
                cell.Append((char)c);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }

    public void Dispose() => _from.Dispose();
}
