using System.Text;
using System.Text.Json;

namespace Cairn.RedcapServer.Text;

/// <summary>Rows as a JSON array of flat objects.</summary>
public static class JsonText
{
    private const int Depth = 16;

    /// <summary>
    /// Values as text: numbers as written, true and false as 1 and 0, null as blank; an object within (rights by instrument) as <c>a:1,b:0</c>, an array as <c>a,b</c>.
    /// A single object, or anything else that is no array, holds no rows, as the API has it. Throws <see cref="DataFormatException"/> for text that is not JSON and for elements that are no objects.
    /// </summary>
    public static TextTable Read(string text)
    {
        using JsonDocument document = Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            return TextTable.Empty;
        }

        var columns = new List<string>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<string?[]>();
        foreach (JsonElement item in document.RootElement.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw new DataFormatException($"Element {rows.Count + 1} of the JSON array is not an object.");
            }

            var row = new string?[columns.Count];
            foreach (JsonProperty property in item.EnumerateObject())
            {
                if (!places.TryGetValue(property.Name, out int place))
                {
                    places.Add(property.Name, place = columns.Count);
                    columns.Add(property.Name);
                }

                if (place >= row.Length)
                {
                    Array.Resize(ref row, columns.Count);
                }

                row[place] = Value(property.Value);
            }

            rows.Add(row);
            TextTable.Bounded(rows.Count, columns.Count);
        }

        return new TextTable(columns, [.. rows.Select(r => Long(r, columns.Count))]);
    }

    /// <summary>The document of a text. Throws <see cref="DataFormatException"/> with line and place.</summary>
    public static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Depth });
        }
        catch (JsonException e)
        {
            throw new DataFormatException($"The data are not valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    /// <summary>A value as a text, as <see cref="Read"/> says.</summary>
    public static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.Object => string.Join(',', value.EnumerateObject().Select(p => $"{p.Name}:{Value(p.Value)}")),
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Value)),
        _ => "",
    };

    /// <summary>A text as a JSON string, in quotes.</summary>
    public static string Quoted(string text) => $"\"{Encoding.UTF8.GetString(JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes)}\"";

    private static string?[] Long(string?[] row, int length)
    {
        Array.Resize(ref row, length);
        return row;
    }
}
