namespace Cairn.RedcapServer.Text;

/// <summary>The formats in which data come and go.</summary>
public enum DataFormat
{
    Csv,
    Json,
    Xml,
    Odm,
}

/// <summary>A table as it came in: every row as long as the columns; null where a row had nothing for a column, as JSON and XML allow.</summary>
public sealed record TextTable(IReadOnlyList<string> Columns, IReadOnlyList<string?[]> Rows)
{
    /// <summary>More cells than any honest import has: a short text can name many columns once and then hold many rows.</summary>
    private const long MostCells = 50_000_000;

    public static TextTable Empty { get; } = new([], []);

    /// <summary>Throws <see cref="DataFormatException"/> for a table that would take too much memory.</summary>
    public static void Bounded(long rows, long columns)
    {
        if (rows * Math.Max(columns, 8) > MostCells)
        {
            throw new DataFormatException($"The data have {rows} rows of {columns} columns, which is more than is taken at once.");
        }
    }

    /// <summary>The column's place; -1 when there is none.</summary>
    public int IndexOf(string column)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A row's value in a column; null when there is none.</summary>
    public string? Value(string?[] row, string column) => IndexOf(column) is var at and >= 0 ? row[at] : null;
}

/// <summary>Data that are not in the format they were said to be in: what is wrong, and where.</summary>
public sealed class DataFormatException(string message) : Exception(message);
