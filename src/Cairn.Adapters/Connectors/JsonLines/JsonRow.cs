using System.Text;
using System.Text.Json;

namespace Cairn.Adapters.Connectors.JsonLines;

/// <summary>The values of one object by column: texts unescaped, numbers and nested values as written, null and what is missing blank.</summary>
internal sealed class JsonRow(IReadOnlyList<string> keys)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 512 };

    private readonly byte[][] names = [.. keys.Select(Encoding.UTF8.GetBytes)];
    private readonly Dictionary<string, int> columns = keys.Select((k, i) => (k, i)).ToDictionary(p => p.k, p => p.i, StringComparer.Ordinal);
    private readonly (int Start, int Length)[] cells = new (int, int)[keys.Count];
    private readonly bool[] met = new bool[keys.Count];
    private byte[] text = new byte[1 << 12];
    private int length;

    /// <summary>A key of the last object that is no column; null when there was none.</summary>
    public string? OtherKey { get; private set; }

    public ReadOnlySpan<byte> Cell(int column) => text.AsSpan(cells[column].Start, cells[column].Length);

    /// <summary>The keys of an object in their order; nothing when it is none.</summary>
    public static IEnumerable<string> KeysOf(ReadOnlySpan<byte> line)
    {
        var found = new List<string>();
        try
        {
            var json = new Utf8JsonReader(line, Options);
            if (json.Read() && json.TokenType == JsonTokenType.StartObject)
            {
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    found.Add(json.GetString()!);
                    json.Read();
                    json.Skip();
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // It is refused when it is read.
        }

        return found;
    }

    /// <summary>Reads a line. The code and the reason when it is not one object of keys that differ; null when it is.</summary>
    public (string Code, string Reason)? Read(ReadOnlySpan<byte> line)
    {
        Array.Clear(cells);
        Array.Clear(met);
        length = 0;
        OtherKey = null;
        try
        {
            var json = new Utf8JsonReader(line, Options);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
            {
                return ("jsonlines/no-object", "is JSON, but no object");
            }

            int next = 0;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                int column = ColumnOf(ref json, next);
                json.Read();
                if (column < 0)
                {
                    json.Skip();
                    continue;
                }

                if (met[column])
                {
                    return ("jsonlines/key-twice", $"has the key `{keys[column]}` twice");
                }

                met[column] = true;
                next = column + 1;
                Take(ref json, line, column);
            }

            // Reads to the end of the line, which must hold nothing more.
            json.Read();
            return null;
        }
        catch (JsonException e)
        {
            return ("jsonlines/not-json", $"is not JSON at byte {e.BytePositionInLine + 1}");
        }
        catch (InvalidOperationException)
        {
            return ("jsonlines/not-json", "has an escape that is no character");
        }
    }

    private int ColumnOf(ref Utf8JsonReader json, int likely)
    {
        if (likely < names.Length && json.ValueTextEquals(names[likely]))
        {
            return likely;
        }

        string key = json.GetString()!;
        if (columns.TryGetValue(key, out int column))
        {
            return column;
        }

        OtherKey ??= key;
        return -1;
    }

    private void Take(ref Utf8JsonReader json, ReadOnlySpan<byte> line, int column)
    {
        int start = (int)json.TokenStartIndex;
        int from = length;
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return;
            case JsonTokenType.String:
                Reserve(json.ValueSpan.Length);
                length += json.CopyString(text.AsSpan(length));
                break;
            default:
                json.Skip();
                ReadOnlySpan<byte> written = line[start..(int)json.BytesConsumed];
                Reserve(written.Length);
                written.CopyTo(text.AsSpan(length));
                length += written.Length;
                break;
        }

        cells[column] = (from, length - from);
    }

    private void Reserve(int bytes)
    {
        if (text.Length - length < bytes)
        {
            Array.Resize(ref text, Math.Max(text.Length * 2, length + bytes));
        }
    }
}
