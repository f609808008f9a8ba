namespace Cairn.RedcapServer.Text;

/// <summary>Data that hold one item, as clients send it: an object of JSON with no array around it, XML whose root is the item itself, or the only one of several.</summary>
public static class OneItem
{
    /// <summary>A table of one row. Throws <see cref="DataFormatException"/> for data that are malformed, and for no item or more than one.</summary>
    public static TextTable Read(DataFormat format, string data, char delimiter)
    {
        string text = data.Trim('\uFEFF', ' ', '\r', '\n', '\t');
        TextTable table = format switch
        {
            DataFormat.Csv => CsvText.Read(text, delimiter),
            DataFormat.Json => JsonText.Read(text.StartsWith('{') ? $"[{text}]" : text),
            _ => Xml(text),
        };
        return table.Rows.Count == 1 ? table : throw new DataFormatException("The data must hold one item, and no more");
    }

    private static TextTable Xml(string text)
    {
        TextTable table = XmlRows.Read(text);
        if (table is not { Rows.Count: > 0, Columns.Count: 0 })
        {
            return table;
        }

        // What were taken for rows have no values within: they are the values.
        int root = text.StartsWith("<?xml", StringComparison.Ordinal) ? text.IndexOf("?>", StringComparison.Ordinal) + 2 : 0;
        return XmlRows.Read($"<items>{text[root..]}</items>");
    }
}
