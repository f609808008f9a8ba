using System.Text;
using System.Xml;

namespace Cairn.RedcapServer.Text;

/// <summary>Rows as XML: a root, an element for each row, in it an element for each value.</summary>
public static class XmlRows
{
    /// <summary>No document type, nothing fetched, bounded depth of nesting by the readers that use it.</summary>
    public static XmlReaderSettings Settings { get; } = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>
    /// Values with or without CDATA; elements within a value (rights by instrument) as <c>a:1,b:0</c>. The names of root and rows do not matter.
    /// Throws <see cref="DataFormatException"/> for text that is not well-formed, and for a document type.
    /// </summary>
    public static TextTable Read(string text)
    {
        var columns = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<Dictionary<string, string>>();
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t')), Settings);
            reader.MoveToContent();
            if (!reader.IsEmptyElement)
            {
                while (reader.Read())
                {
                    if (reader.NodeType == XmlNodeType.Element && reader.Depth == 1)
                    {
                        rows.Add(Row(reader, columns));
                        TextTable.Bounded(rows.Count, columns.Count);
                    }
                }
            }
        }
        catch (XmlException e)
        {
            throw new DataFormatException($"The data are not valid XML: line {e.LineNumber}, position {e.LinePosition}.");
        }

        return new TextTable([.. columns.Keys], [.. rows.Select(r => columns.Keys.Select(c => r.GetValueOrDefault(c)).ToArray())]);
    }

    /// <summary>A value as the content of an element: within CDATA, which is closed and opened again where the value holds its end.</summary>
    public static string CData(string value) =>
        value.Length == 0 ? "" : $"<![CDATA[{Clean(value).Replace("]]>", "]]]]><![CDATA[>", StringComparison.Ordinal)}]]>";

    /// <summary>The text without the characters that XML does not allow at all (XML 1.0, section 2.2).</summary>
    public static string Clean(string text)
    {
        foreach (char c in text)
        {
            if (!XmlConvert.IsXmlChar(c))
            {
                return Cleaned(text);
            }
        }

        return text;
    }

    private static string Cleaned(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean.Append(text[i++]).Append(text[i]);
            }
            else if (XmlConvert.IsXmlChar(text[i]))
            {
                clean.Append(text[i]);
            }
        }

        return clean.ToString();
    }

    private static Dictionary<string, string> Row(XmlReader reader, OrderedDictionary<string, int> columns)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal);
        if (reader.IsEmptyElement)
        {
            return row;
        }

        int depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == depth + 1)
            {
                string name = reader.LocalName;
                columns.TryAdd(name, columns.Count);
                row[name] = Value(reader);
            }
        }

        return row;
    }

    private static string Value(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            return "";
        }

        int depth = reader.Depth;
        var text = new StringBuilder();
        var within = new List<string>();
        reader.Read();
        while (!reader.EOF && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                // Reading an element's content leaves the reader behind the element.
                within.Add($"{reader.LocalName}:{reader.ReadElementContentAsString().Trim()}");
                text.Clear();
                continue;
            }

            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                text.Append(reader.Value);
            }

            reader.Read();
        }

        return within.Count > 0 ? string.Join(',', within) : text.ToString();
    }
}
