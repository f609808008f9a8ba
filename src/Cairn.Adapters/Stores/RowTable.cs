namespace Cairn.Adapters.Stores;

/// <summary>The first rows of a table in a run's folder, and how many there are.</summary>
public sealed record RowTable(string Path, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, long Count)
{
    /// <summary>Null when there is no such file, compressed or not.</summary>
    public static RowTable? Read(string path, int limit)
    {
        string? found = File.Exists(path) ? path : File.Exists(path + ".gz") ? path + ".gz" : null;
        if (found is null)
        {
            return null;
        }

        using var table = new TextTableReader(found);
        var rows = new List<IReadOnlyList<string>>();
        long count = 0;
        while (table.Next() is { } row)
        {
            if (count++ < limit)
            {
                rows.Add(row);
            }
        }

        return new RowTable(found, table.Columns, rows, count);
    }
}
