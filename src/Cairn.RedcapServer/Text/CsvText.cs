using System.Text;

namespace Cairn.RedcapServer.Text;

/// <summary>Delimited text as the API takes and gives it.</summary>
public static class CsvText
{
    /// <summary>
    /// A header row and rows of the same length, quoted where needed, lines ended by LF, CR LF or CR; a blank line is passed over. Text without any row is an empty table.
    /// Throws <see cref="DataFormatException"/> for an open quote, text behind a closing quote, a row of another length, a blank or repeated column name.
    /// </summary>
    public static TextTable Read(string text, char delimiter)
    {
        var reader = new Reader(text.StartsWith('\uFEFF') ? text[1..] : text, delimiter);
        if (reader.Next() is not { } columns)
        {
            return TextTable.Empty;
        }

        for (int i = 0; i < columns.Count; i++)
        {
            columns[i] = columns[i].Trim();
            if (columns[i].Length == 0)
            {
                throw new DataFormatException($"Column {i + 1} of the CSV header has no name.");
            }
        }

        if (columns.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new DataFormatException($"The CSV header has the column '{twice.Key}' more than once.");
        }

        var rows = new List<string?[]>();
        while (reader.Next() is { } row)
        {
            if (row.Count != columns.Count)
            {
                throw new DataFormatException($"Line {reader.RowLine} of the CSV data has {row.Count} values, and the header {columns.Count} columns.");
            }

            rows.Add([.. row]);
            TextTable.Bounded(rows.Count, columns.Count);
        }

        return new TextTable(columns, rows);
    }

    /// <summary>A value, in quotes when it holds the delimiter, a quote, a line end, a tab or (<paramref name="spaces"/>) a space.</summary>
    public static void Write(TextWriter to, string value, char delimiter, bool quoted = false, bool spaces = true)
    {
        bool needed = quoted || value.AsSpan().IndexOfAny(spaces ? "\"\n\r\t " : "\"\n\r\t") >= 0 || value.Contains(delimiter, StringComparison.Ordinal);
        if (!needed)
        {
            to.Write(value);
            return;
        }

        to.Write('"');
        to.Write(value.Replace("\"", "\"\"", StringComparison.Ordinal));
        to.Write('"');
    }

    private sealed class Reader(string text, char delimiter)
    {
        private int _at;
        private int _line = 1;

        /// <summary>The line on which the last row began.</summary>
        public int RowLine { get; private set; }

        /// <summary>The next row that is not a blank line; null at the end.</summary>
        public List<string>? Next()
        {
            while (_at < text.Length && text[_at] is '\n' or '\r')
            {
                EndLine();
            }

            if (_at >= text.Length)
            {
                return null;
            }

            RowLine = _line;
            var row = new List<string>();
            while (true)
            {
                row.Add(_at < text.Length && text[_at] == '"' ? Quoted() : Plain());
                if (_at >= text.Length)
                {
                    return row;
                }

                if (text[_at] == delimiter)
                {
                    _at++;
                    continue;
                }

                EndLine();
                return row;
            }
        }

        private string Plain()
        {
            int from = _at;
            while (_at < text.Length && text[_at] != delimiter && text[_at] is not ('\n' or '\r'))
            {
                _at++;
            }

            return text[from.._at];
        }

        private string Quoted()
        {
            var value = new StringBuilder();
            int opened = _line;
            _at++;
            while (true)
            {
                if (_at >= text.Length)
                {
                    throw new DataFormatException($"A quotation mark opened on line {opened} of the CSV data is not closed.");
                }

                char c = text[_at++];
                if (c == '"')
                {
                    if (_at < text.Length && text[_at] == '"')
                    {
                        value.Append('"');
                        _at++;
                        continue;
                    }

                    break;
                }

                _line += c == '\n' ? 1 : 0;
                value.Append(c);
            }

            if (_at < text.Length && text[_at] != delimiter && text[_at] is not ('\n' or '\r'))
            {
                throw new DataFormatException($"Line {_line} of the CSV data has text behind a closing quotation mark.");
            }

            return value.ToString();
        }

        private void EndLine()
        {
            _at += text[_at] == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n' ? 2 : 1;
            _line++;
        }
    }
}
