using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cairn.Core;

namespace Cairn.Adapters.Stores;

/// <summary>A place as <c>{"file", "line", "column"}</c>, or as <c>{"table", "row", "key", "field", "file", "line"}</c>; what is not known is left out.</summary>
internal sealed class PlaceJson : JsonConverter<Place>
{
    public override Place? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        string? table = null, key = null, field = null, file = null;
        long row = 0, line = 0, column = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "table": table = reader.GetString(); break;
                case "key": key = reader.GetString(); break;
                case "field": field = reader.GetString(); break;
                case "file": file = reader.GetString(); break;
                case "row": row = reader.GetInt64(); break;
                case "line": line = reader.GetInt64(); break;
                case "column": column = reader.GetInt64(); break;
                default: reader.Skip(); break;
            }
        }

        return table is not null ? new RowPlace(table, row, key, field, file, line) : new FilePlace(file ?? "", (int)line, (int)column);
    }

    public override void Write(Utf8JsonWriter writer, Place value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value is RowPlace row)
        {
            writer.WriteString("table", row.Table);
            Number(writer, "row", row.Row);
            Text(writer, "key", row.Key);
            Text(writer, "field", row.Field);
            Text(writer, "file", row.File);
            Number(writer, "line", row.Line);
        }
        else if (value is FilePlace place)
        {
            writer.WriteString("file", place.File);
            Number(writer, "line", place.Line);
            Number(writer, "column", place.Column);
        }

        writer.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Number(Utf8JsonWriter writer, string name, long value)
    {
        if (value > 0)
        {
            writer.WriteNumber(name, value);
        }
    }
}

internal sealed class FilePlaceJson : JsonConverter<FilePlace>
{
    private static readonly PlaceJson Any = new();

    public override FilePlace? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        Any.Read(ref reader, typeof(Place), options) as FilePlace;

    public override void Write(Utf8JsonWriter writer, FilePlace value, JsonSerializerOptions options) => Any.Write(writer, value, options);
}

/// <summary>Times in UTC with a Z, as exact as the file system gives them.</summary>
internal sealed class UtcJson : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetDateTimeOffset().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
}

/// <summary>
/// The value of a figure: a number, a text, null, a mapping, or a list. Read back, whole numbers are long, a mapping of whole numbers is
/// <c>IReadOnlyDictionary&lt;string, long&gt;</c>, and a mapping inside a list is <c>IReadOnlyDictionary&lt;string, string?&gt;</c>, as the report has them.
/// </summary>
internal sealed class FigureJson : JsonConverter<object>
{
    public override object? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        using JsonDocument value = JsonDocument.ParseValue(ref reader);
        return Of(value.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool yes: writer.WriteBooleanValue(yes); break;
            case long number: writer.WriteNumberValue(number); break;
            case int number: writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case double number: writer.WriteNumberValue(number); break;
            case IEnumerable<KeyValuePair<string, long>> counts: Mapping(writer, counts, options); break;
            case IEnumerable<KeyValuePair<string, string?>> cells: Mapping(writer, cells, options); break;
            case IEnumerable<KeyValuePair<string, object?>> parts: Mapping(writer, parts, options); break;
            case System.Collections.IEnumerable items:
                writer.WriteStartArray();
                foreach (object item in items)
                {
                    Write(writer, item, options);
                }

                writer.WriteEndArray();
                break;
            default: throw new JsonException($"a figure cannot be a {value.GetType().Name}");
        }
    }

    private void Mapping<T>(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, T>> parts, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((string key, T part) in parts)
        {
            writer.WritePropertyName(key);
            Write(writer, part!, options);
        }

        writer.WriteEndObject();
    }

    private static object? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetInt64(out long whole) ? (object)whole : value.GetDecimal(),
        JsonValueKind.Array => ListOf(value),
        JsonValueKind.Object => MappingOf(value),
        _ => null,
    };

    private static object ListOf(JsonElement value)
    {
        List<JsonElement> items = [.. value.EnumerateArray()];
        bool rows = items.TrueForAll(item => item.ValueKind == JsonValueKind.Object
            && item.EnumerateObject().All(p => p.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null));
        return rows
            ? items.ConvertAll<IReadOnlyDictionary<string, string?>>(item => item.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()))
            : items.ConvertAll(Of);
    }

    private static object MappingOf(JsonElement value) =>
        value.EnumerateObject().All(p => p.Value.TryGetWhole(out _))
            ? value.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt64())
            : value.EnumerateObject().ToDictionary(p => p.Name, p => Of(p.Value));
}

file static class Numbers
{
    public static bool TryGetWhole(this JsonElement value, out long whole)
    {
        whole = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out whole);
    }
}
